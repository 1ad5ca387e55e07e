"""What is peculiar to Copilot Studio: traces around messages, rows and sessions."""

from __future__ import annotations

import json

from jauge.model.conversation import Action, Conversation, Handoff, Message, Rating
from jauge.model.rejected import Rejected
from jauge.sources import read


def activity(role: int, text: str, at: int = 1725905090, **more: object):
    said = {"type": "message", "from": {"id": "x", "role": role}, "text": text}
    return {**said, "timestamp": at, "id": f"a-{at}-{role}-{text}", **more}


def trace(kind: str, at: int = 1725905090, **value: object):
    said = {"type": "trace", "from": {"id": "", "role": 0}, "timestamp": at}
    return {**said, "valueType": kind, "value": value}


def row(name: str, *activities: object) -> dict[str, object]:
    about = {"conversationtranscriptid": "t", "schematype": "powervirtualagents"}
    return {**about, "name": name, "content": json.dumps({"activities": activities})}


def events_of(tmp_path, *rows: object):
    path = tmp_path / "rows.json"
    path.write_text(json.dumps(rows))
    (made,) = read(path)
    assert isinstance(made, Conversation)
    return made.events


def test_an_unknown_intent_that_a_generated_answer_meets_is_no_fallback(tmp_path):
    _, answer, _, sorry = events_of(
        tmp_path,
        row(
            "c",
            activity(1, "a question"),
            trace("UnknownIntent", userQuery="a question"),
            activity(0, "an answer"),
            trace("GPTAnswer", gptAnswerState="Answered"),
            activity(1, "another"),
            trace("UnknownIntent", userQuery="another"),
            trace("GPTAnswer", gptAnswerState="SystemError"),
            activity(0, "Sorry?"),
        ),
    )

    assert (answer.fallback, sorry.fallback) == (False, True)


def test_one_conversation_over_several_rows_is_put_together(tmp_path):
    first = row("c", activity(1, "hi", 10), activity(0, "hello", 11))
    second = row("c", activity(1, "bye", 20))

    events = events_of(tmp_path, second, first)

    assert [event.text for event in events] == ["hi", "hello", "bye"]


def test_one_escalation_is_one_request_however_often_it_is_told(tmp_path):
    events = events_of(
        tmp_path,
        row(
            "c",
            activity(1, "a human please"),
            trace("EscalationRequested"),
            {**activity(0, ""), "type": "event", "name": "handoff.initiate"},
            trace("HandOff"),
            trace("SessionInfo", outcome="Escalated"),
        ),
    )

    assert [event.state for event in events[1:]] == ["requested"]


def test_a_card_sent_back_is_a_click_and_a_thumb_a_thumb(tmp_path):
    card = {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "Size?"}]}
    kind = "application/vnd.microsoft.card.adaptive"
    shown = activity(0, "", attachments=[{"contentType": kind, "content": card}])
    sent = activity(1, "", value={"size": "M"})
    thumb = {"actionName": "feedback", "actionValue": {"reaction": "dislike"}}
    invoke = {"type": "invoke", "timestamp": 1725905099, "value": thumb}

    question, click, down = events_of(tmp_path, row("c", shown, sent, invoke))

    assert question.text == "Size?"
    assert (click.action, down.action) == ("click", "thumbs_down")


def test_a_role_that_is_no_number_is_never_guessed(tmp_path):
    (event,) = events_of(
        tmp_path, row("c", {**activity(1, "who?"), "from": {"id": "x", "role": True}})
    )

    assert event.role == "unknown"


def test_content_saved_alone_is_read_and_content_that_is_no_json_is_refused(tmp_path):
    alone, broken = tmp_path / "content.json", tmp_path / "rows.json"
    alone.write_text(json.dumps({"activities": [activity(1, "hi")]}))
    broken.write_text(json.dumps([{**row("c"), "content": "{cut"}]))

    (made,), (refused,) = read(alone), read(broken)

    assert [event.text for event in made.events] == ["hi"]
    assert isinstance(refused, Rejected)
    assert refused.path == "$.content"


def test_a_session_download_has_its_start_its_topic_and_its_outcome(tmp_path):
    path = tmp_path / "sessions.csv"
    path.write_text(
        "SessionId,StartDateTime,InitialUserMessage,TopicName,ChatTranscript,"
        "SessionOutcome,TopicId\n"
        's-1,2026-09-14T08:02:11Z,x,Suivi,"User says: où ; quand ?;Bot says: ici;'
        'Bot says: là;",Escalated,t\n',
        encoding="utf-8-sig",
    )

    (made,) = read(path)

    said = [(one.role, one.text) for one in made.events if isinstance(one, Message)]
    assert said == [("user", "où ; quand ?"), ("bot", "ici"), ("bot", "là")]
    assert str(made.events[0].at) == "2026-09-14 08:02:11+00:00"
    assert made.events[1].at is None
    assert made.events[0].flow == "Suivi"
    assert isinstance(made.events[-1], Handoff)


def test_what_the_bot_understood_is_not_put_on_an_agents_answer(tmp_path):
    _, agent, _, bot = events_of(
        tmp_path,
        row(
            "c",
            activity(1, "thanks"),
            trace("IntentRecognition", intentTitle="thanks", score=0.9),
            activity(0, "You are welcome", channelData={"fromAgent": True}),
            activity(1, "bye"),
            trace("IntentRecognition", intentTitle="bye", score=0.8),
            activity(0, "Goodbye"),
        ),
    )

    assert (agent.role, agent.intent) == ("agent", None)
    assert (bot.intent, bot.confidence) == ("bye", 0.8)


def test_a_rating_has_its_scale_and_a_click_needs_an_offer(tmp_path):
    offer = {"actions": [{"type": "imBack", "title": "Oui", "value": "oui"}]}
    events = events_of(
        tmp_path,
        row(
            "c",
            activity(1, "oui"),
            activity(0, "Sûr ?", suggestedActions=offer),
            activity(1, "oui", 1725905091),
            trace("CSATSurveyResponse", 1725905092, score=4),
        ),
    )

    assert [type(event) for event in events] == [Message, Message, Action, Rating]
    assert events[2].target == "Oui"
    assert (events[3].worst, events[3].best) == (1, 5)
