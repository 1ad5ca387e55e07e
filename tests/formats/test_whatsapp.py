"""What is peculiar to WhatsApp: the customer's side only, states, forms, batches."""

from __future__ import annotations

import json
from collections import Counter

import jauge
from jauge.model.rejected import Rejected
from jauge.settings import ReadOptions
from jauge.sources import read_all
from tests.formats.exports import reads, told

NUMBER = {"display_phone_number": "331", "phone_number_id": "100"}


def call(field: str = "messages", *more: object, **value: object) -> dict[str, object]:
    change = {"field": field, "value": {"metadata": NUMBER, **value}}
    return {
        "object": "whatsapp_business_account",
        "entry": [{"changes": [change, *more]}],
    }


def message(number: int, kind: str, **facts: object) -> dict[str, object]:
    made = {"from": "336", "id": f"w{number}", "timestamp": str(1789372931 + number)}
    return {**made, "type": kind, **facts}


def status(number: int, word: str, at: int = 0) -> dict[str, object]:
    made = {"id": f"s{number}", "status": word, "recipient_id": "336"}
    return {**made, "timestamp": str(1789372931 + at)}


def text(number: int, body: str = "hi") -> dict[str, object]:
    return message(number, "text", text={"body": body})


def test_a_sent_message_is_told_once_without_words(tmp_path):
    left = Counter()
    states = [status(1, "sent", 1), status(1, "delivered", 2), status(1, "read", 3)]
    calls = (
        call(messages=[text(0)]),
        call(statuses=states),
        call(statuses=[status(2, "failed", 4), status(3, "delivered", 5)]),
    )
    (plain,) = reads(tmp_path, *calls, left=left)
    (named,) = reads(tmp_path, *calls, roles={"100": "bot"})
    (by_number,) = reads(tmp_path, *calls, roles={"331": "bot"})

    assert told(plain) == [("user", "hi"), ("unknown", ""), ("unknown", "")]
    assert told(named) == told(by_number) == [("user", "hi"), ("bot", ""), ("bot", "")]
    assert left == {"status": 3}


def test_nothing_is_said_of_the_words_of_the_bot(tmp_path):
    calls = (call(messages=[text(0, "merci")]), call(statuses=[status(1, "sent", 2)]))
    (chat,) = reads(tmp_path, *calls, roles={"100": "bot"})
    score = jauge.score(chat)

    assert {"bot_fallback", "bot_repeats", "user_ignores_choices"} <= set(
        score.unavailable
    )
    assert not [one for one in score.contributions if one.signal == "bot_tone"]


def test_what_people_type_in_the_app_has_words_and_is_told_once(tmp_path):
    echo = {**text(1, "Ann here"), "from": "331", "to": "336"}
    (chat,) = reads(
        tmp_path,
        call(statuses=[{**status(1, "sent", 1), "id": "w1"}]),
        call("smb_message_echoes", message_echoes=[echo]),
    )

    assert told(chat) == [("agent", "Ann here")]


def test_clicks_media_and_captions_are_read_as_seen(tmp_path):
    row = {"type": "list_reply", "list_reply": {"id": "r", "title": "Tomorrow"}}
    (chat,) = reads(
        tmp_path,
        call(
            messages=[
                message(1, "interactive", interactive=row),
                message(2, "button", button={"text": "Yes", "payload": "Y"}),
                message(3, "image", image={"caption": "Look", "id": "1"}),
                message(4, "document", document={"id": "1"}),
                message(5, "location", location={"latitude": 1}),
                message(6, "audio", audio={"voice": True}),
                message(7, "request_welcome"),
            ]
        ),
    )

    assert told(chat) == [
        ("quick_reply", "Tomorrow"),
        ("quick_reply", "Yes"),
        ("user", "Look"),
        ("user", ""),
        ("user", ""),
        ("user", ""),
        ("widget_open", None),
    ]
    media = [event.media for event in chat.events[2:6]]
    assert media == [("image",), ("file",), ("location",), ("audio",)]


def form(number: int, **answers: object) -> dict[str, object]:
    reply = {"name": "flow", "response_json": json.dumps(answers)}
    return message(
        number, "interactive", interactive={"type": "nfm_reply", "nfm_reply": reply}
    )


def test_a_form_gives_a_rating_only_under_a_name_that_says_so(tmp_path):
    (chat,) = reads(
        tmp_path,
        call(
            messages=[
                form(1, csat="4", comment="bien"),
                form(2, delivery_rating="4", purchase_rating="2"),
                form(3, rating="great"),
            ]
        ),
    )

    assert told(chat) == [("rating", 4, "bien"), ("form", None), ("form", None)]
    assert chat.events[0].best is None


def test_reactions_unsupported_and_system_messages_are_no_turns(tmp_path):
    left = Counter()
    (chat,) = reads(
        tmp_path,
        call(
            messages=[
                message(1, "reaction", reaction={"emoji": "x"}),
                message(2, "unsupported", errors=[{}]),
                message(3, "system", system={"body": "changed number"}),
                message(4, "interactive"),
                message(5, "order", order={}),
            ]
        ),
        left=left,
    )

    assert chat.events == ()
    assert left == {"reaction": 1, "other": 3, "system": 1}


def test_one_call_of_two_numbers_and_customers_is_taken_apart(tmp_path):
    other = {**text(2, "bonjour"), "from": "337"}
    second = {
        "value": {"metadata": {"phone_number_id": "200"}, "messages": [text(3, "ho")]}
    }
    found = reads(tmp_path, call("messages", second, messages=[text(1), other]))

    assert [told(one) for one in found] == [
        [("user", "hi")],
        [("user", "bonjour")],
        [("user", "ho")],
    ]


def test_a_call_may_name_the_customer_by_the_contact_only(tmp_path):
    one = text(1)
    del one["from"]
    (chat,) = reads(tmp_path, call(messages=[one], contacts=[{"user_id": "US.1"}]))

    assert chat.id == "US.1"


def test_a_call_about_templates_is_of_no_conversation(tmp_path):
    left = Counter()
    found = reads(
        tmp_path, call(messages=[text(1)]), call("template_status"), left=left
    )

    assert (len(found), left) == (1, {"system": 1})


def test_what_a_call_repeats_in_its_pieces_is_bounded(tmp_path):
    """A hostile call names a number of a megabyte beside thousands of messages."""
    number = {"phone_number_id": "9" * 1_000_000}
    entry = {"value": {"metadata": number, "messages": [text(n) for n in range(500)]}}
    path = tmp_path / "export.json"
    whole = {"object": "whatsapp_business_account", "entry": [{"changes": [entry]}]}
    path.write_text(json.dumps(whole))

    found = [*read_all([str(path)], ReadOptions())]

    refused = [one for one in found if isinstance(one, Rejected)]
    assert [one.reason for one in refused] == ["its pieces repeat too much"]
    assert sum(len(one.events) for one in found if one not in refused) < 20
