"""`jauge explain`: which conversation it finds, what it says of one it cannot show."""

from __future__ import annotations

import pytest

GOOD = (
    '{"id": "good", "events": [{"type": "message", "role": "bot", "text": "Hello!"},'
    ' {"type": "message", "role": "user", "text": "where is my parcel"}]}\n'
)
TABLE = "id;role;texte;date\n1;Lia;Bonjour;02/11/2026 14:00\n2;Lia;Bonjour;demain\n"


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ('{"id": "c-1", "events": 7}', "$.events: Expected `array`, got `int`"),
        ('{"id": "c-1", "events": [', "not JSON"),
    ],
)
def test_explain_says_why_a_conversation_was_rejected(jauge, here, record, reason):
    (here / "chats.jsonl").write_text(f"{GOOD}{record}\n")

    run = jauge("explain", "chats.jsonl", "--id", "c-1")

    assert run.status == 2
    assert run.err.startswith(f"jauge: c-1: was rejected: {reason}")
    assert run.err.endswith(" (chats.jsonl:2)\n")


def test_explain_tells_of_a_rejected_conversation_in_a_table(jauge, here):
    (here / "chats.csv").write_text(TABLE)

    run = jauge("explain", "chats.csv", "--id", "2")

    assert run.err.endswith(
        "jauge: 2: was rejected: 'demain' is not a time that is known (chats.csv:3)\n"
    )


def test_an_event_that_has_the_id_is_no_conversation(jauge, here):
    (here / "chats.jsonl").write_text('{"events": [{"id": "e-1"}]}\n')

    run = jauge("explain", "chats.jsonl", "--id", "e-1")

    assert "e-1: no such conversation among 1" in run.err


def test_a_dimension_that_nothing_touched_is_a_plain_zero(jauge, here):
    (here / "good.jsonl").write_text(GOOD)

    shown = jauge("explain", "good.jsonl", "--id", "good").out.decode()

    assert "+0.0" not in shown
    assert "response time" in shown


def test_a_good_one_goes_before_a_rejected_one_of_the_same_id(jauge, here):
    (here / "chats.jsonl").write_text('{"id": "good", "events": 7}\n' + GOOD)

    run = jauge("explain", "chats.jsonl", "--id", "good")

    assert (run.status, run.err) == (0, "")
