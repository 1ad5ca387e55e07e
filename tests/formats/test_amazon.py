"""What is peculiar to Amazon Lex and Amazon Connect."""

from __future__ import annotations

import json

from jauge.model.conversation import Close, Handoff
from jauge.settings import ReadOptions
from jauge.sources import read

VENDOR = "application/vnd.amazonaws.connect."


def line(asked: str, *said: object, **more: object) -> dict[str, object]:
    return {
        "sessionId": "s-1",
        "requestId": f"r-{asked}",
        "timestamp": "2026-09-14T08:00:00Z",
        "inputTranscript": asked,
        "bot": {"id": "B1", "name": "demo", "localeId": "fr_FR"},
        "messages": list(said),
        **more,
    }


def lex(tmp_path, *lines: object):
    path = tmp_path / "lex.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    (made,) = read(path)
    return made


def connect(tmp_path, *items: object, options: ReadOptions | None = None):
    path = tmp_path / "chat.json"
    path.write_text(json.dumps({"ContactId": "c-1", "Transcript": items}))
    (made,) = read(path, options)
    return made.events


def item(role: str, kind: str, content: object = "", **more: object):
    words = content if isinstance(content, str) else json.dumps(content)
    said = {"ParticipantRole": role, "ContentType": kind, "Content": words}
    return {"Id": f"{role}{kind}{words}{more}", "Type": "MESSAGE", **said, **more}


def test_a_confidence_is_a_number_though_the_log_writes_a_string(tmp_path):
    known = {"nluConfidence": "0.93", "intent": {"name": "track"}}
    said = {"contentType": "PlainText", "content": "Where?"}

    _, answer = lex(tmp_path, line("parcel", said, interpretations=[known])).events

    assert (answer.intent, answer.confidence, answer.fallback) == ("track", 0.93, None)


def test_a_card_that_repeats_the_text_is_its_card_another_is_its_own(tmp_path):
    text = {"contentType": "PlainText", "content": "Choose a size for your shirt"}
    buttons = [{"text": "M", "value": "m"}]
    cards = [
        {"contentType": "ImageResponseCard", "imageResponseCard": card}
        for card in (
            {"title": "Choose a size…", "buttons": buttons},
            {"title": "Sale", "subtitle": "ends today"},
        )
    ]

    _, first, second = lex(tmp_path, line("shirt", text, *cards)).events

    assert (first.text, first.choices) == ("Choose a size for your shirt", ("M",))
    assert second.text == "Sale\nends today"


def test_ssml_is_read_as_what_is_heard_and_a_session_is_told_with_its_locale(tmp_path):
    said = {"contentType": "SSML", "content": "<speak>Bonjour</speak>"}

    made = lex(tmp_path, line("allô", said, inputMode="Speech"))

    assert made.events[1].text == "Bonjour"
    assert (made.language, made.channel) == ("fr-FR", "voice")


def test_other_lines_of_a_log_group_are_left_out(tmp_path):
    said = {"contentType": "PlainText", "content": "Where?"}
    path = tmp_path / "events.json"
    wrapped = [
        {"eventId": "1", "timestamp": 1, "message": json.dumps(line("parcel", said))},
        {"eventId": "2", "timestamp": 2, "message": "START RequestId: 7"},
    ]
    path.write_text(json.dumps({"events": wrapped}))

    (made,) = read(path, ReadOptions(format="amazon_lex"))

    assert len(made.events) == 2


def test_one_session_of_two_bots_is_two_conversations(tmp_path):
    path = tmp_path / "lex.jsonl"
    other = {**line("b"), "bot": {"id": "B2"}}
    path.write_text("\n".join(map(json.dumps, (line("a"), other))))

    assert len([*read(path)]) == 2


def test_system_messages_are_no_turns_but_those_of_a_lex_bot_are(tmp_path):
    events = connect(
        tmp_path,
        item("SYSTEM", "text/plain", "You are in a queue", ParticipantId="p-1"),
        item("SYSTEM", "text/plain", "Hi, I am a bot", DisplayName="BOT"),
        item("CUSTOMER", "text/markdown", "a * b"),
        item("WHO", "text/markdown", "**hm**"),
    )

    told = [(event.role, event.text) for event in events]
    assert told == [("bot", "Hi, I am a bot"), ("user", "a * b"), ("unknown", "hm")]


def test_a_system_participant_is_the_bot_where_the_user_says_so(tmp_path):
    said = item("SYSTEM", "text/plain", "Hello", ParticipantId="p-1")

    (event,) = connect(tmp_path, said, options=ReadOptions(roles={"p-1": "bot"}))

    assert event.role == "bot"


def test_events_of_a_chat_are_hand_offs_ends_or_no_turns(tmp_path):
    events = connect(
        tmp_path,
        item("CUSTOMER", VENDOR + "event.participant.joined"),
        item("CUSTOMER", "text/plain", "help"),
        item("AGENT", VENDOR + "event.participant.joined"),
        item("AGENT", VENDOR + "event.message.read"),
        item("", VENDOR + "event.transfer.failed"),
        item("", VENDOR + "event.chat.ended"),
    )

    assert [one.state for one in events if isinstance(one, Handoff)] == [
        "accepted",
        "refused",
    ]
    assert isinstance(events[-1], Close)
    assert len(events) == 4


def test_what_cannot_be_read_of_a_template_is_a_card(tmp_path):
    (event,) = connect(tmp_path, item("CUSTOM_BOT", "application/json", {"x": 1}))

    assert event.media == ("card",)


def test_a_voice_transcript_has_roles_by_its_participants_and_no_times(tmp_path):
    path = tmp_path / "voice.json"
    said = {"ParticipantId": "A", "Content": "Hello", "BeginOffsetMillis": 10}
    people = [{"ParticipantId": "A", "ParticipantRole": "AGENT"}]
    about = {"ContactId": "v-1"}
    path.write_text(
        json.dumps(
            {
                "Channel": "VOICE",
                "CustomerMetadata": about,
                "Participants": people,
                "Transcript": [said],
            }
        )
    )

    (made,) = read(path)

    assert (made.channel, made.events[0].role) == ("voice", "agent")
    assert made.events[0].at is None
