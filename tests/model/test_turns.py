"""Turns: what one side says and does before the other answers."""

import pytest

from jauge.model.turns import turns_of
from jauge.testing import conversation


def told(*lines) -> list[tuple[str, tuple[int, ...]]]:
    return [
        (turn.role.value, turn.events) for turn in turns_of(conversation(*lines).events)
    ]


def test_consecutive_events_of_one_role_are_one_turn():
    assert told("bot: a", "bot: b", "user: c", {"action": "click"}, "bot: d") == [
        ("bot", (0, 1)),
        ("user", (2, 3)),
        ("bot", (4,)),
    ]


@pytest.mark.parametrize(
    "between",
    [
        "system: joined",
        {"rating": 3},
        {"handoff": "refused"},
        {"close": True},
        {"action": "widget_close"},
        {"action": "link", "role": "bot"},
    ],
)
def test_what_is_no_talk_divides_no_turn(between):
    assert told("user: a", between, "user: b") == [("user", (0, 2))]


@pytest.mark.parametrize("role", ["agent", "unknown"])
def test_somebody_else_speaking_divides_a_turn(role):
    assert told("user: a", f"{role}: b", "user: c") == [
        ("user", (0,)),
        (role, (1,)),
        ("user", (2,)),
    ]


def test_turns_are_numbered_by_side_and_name_their_messages():
    chat = conversation("bot: a", "user: b", {"action": "click"}, "bot: c", "user: d")

    turns = turns_of(chat.events)

    assert [turn.number for turn in turns] == [0, 0, 1, 1]
    assert turns[1].messages == ((1, chat.events[1]),)


def test_no_event_is_no_turn():
    assert turns_of(()) == ()


@pytest.mark.parametrize("end", range(1, 7))
def test_turns_go_on_from_those_that_are_known(end):
    chat = conversation(
        "bot: hi", "bot: you?", "user: a", "user: b", "bot: c", "bot: d"
    )
    whole = turns_of(chat.events)
    known = turns_of(chat.events[:end])[:-1]

    assert turns_of(chat.events, known) == whole
