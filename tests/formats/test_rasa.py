"""What is peculiar to Rasa: sessions, payloads, tables, events that come twice."""

from __future__ import annotations

import json

from jauge.model.conversation import Action, Handoff, Message
from jauge.sources import read


def tracker(path, *events: dict[str, object]):
    numbered = [{"timestamp": 10.0 + n, **one} for n, one in enumerate(events)]
    path.write_text(json.dumps({"sender_id": "s", "events": numbered}))
    return [*read(path)]


def test_a_started_session_is_another_conversation(tmp_path):
    start = {"event": "session_started"}
    found = tracker(
        tmp_path / "a.json",
        start, start, {"event": "user", "text": "hi"}, {"event": "bot", "text": "yes?"},
        start, {"event": "user", "text": "again"}, start,
    )  # fmt: skip

    assert [(one.id, len(one.events)) for one in found] == [("s", 2), ("s#2", 1)]


def test_a_payload_is_no_text_of_the_customer(tmp_path):
    parsed = {"intent": {"name": "greet", "confidence": 1.0}}
    (chat,) = tracker(
        tmp_path / "a.json",
        {"event": "user", "text": "/get_started"},
        {"event": "user", "text": '/greet{"x": 1}', "parse_data": parsed},
        {"event": "user", "text": "/home", "parse_data": parsed},
    )

    open_, click, said = chat.events
    assert isinstance(open_, Action)
    assert (open_.action, click.action) == ("widget_open", "click")
    assert isinstance(said, Message)


def test_a_hand_off_told_by_an_action_and_a_pause_is_one(tmp_path):
    (chat,) = tracker(
        tmp_path / "a.json",
        {"event": "user", "text": "human"},
        {"event": "action", "name": "action_human_handoff"},
        {"event": "pause"},
    )

    assert [type(one) for one in chat.events] == [Message, Handoff]


def test_a_row_without_its_data_refuses_the_conversation(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,sender_id,type_name,data\n1,s,user,nothing\n")

    (refused,) = read(path)

    assert (refused.path, refused.claimed_id) == ("$.data", None)
