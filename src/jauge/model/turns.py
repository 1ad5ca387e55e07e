"""Turns: consecutive messages and actions of one role, derived from the events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from jauge.model.conversation import SYSTEM, USER, Action, Message, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jauge.model.conversation import Event

_ROLES = tuple(Role)
# Opening or closing the window is no part of the talk.
WIDGET = frozenset({"widget_open", "widget_close"})


class Turn(Struct, frozen=True, gc=False):
    """Consecutive events of one role.

    `number` counts the turns of its own side from 0; `events` are indexes; `messages`
    are those of them that are messages, with their indexes.
    """

    role: Role
    number: int
    events: tuple[int, ...]
    messages: tuple[tuple[int, Message], ...]


def speaks(event: Event) -> Role | None:
    """Give the role whose turn an event belongs to, or None when it is no turn.

    Ratings, hand-offs, closes and system events neither count nor divide a turn.
    """
    if type(event) is Message:
        return None if event.role is SYSTEM else event.role
    if type(event) is Action and event.action not in WIDGET:
        return event.role if event.role is USER else None
    return None


def turns_of(events: Sequence[Event], known: Sequence[Turn] = ()) -> tuple[Turn, ...]:
    """Group events into turns; `known` are the first of them, which are taken as such.

    >>> from jauge.model.conversation import Conversation
    >>> chat = Conversation.of([("bot", "Hi"), ("bot", "Can I help?"), ("user", "x")])
    >>> [(turn.role.value, turn.events) for turn in turns_of(chat.events)]
    [('bot', (0, 1)), ('user', (2,))]
    """
    turns = list(known)
    counts = dict.fromkeys(_ROLES, 0) | {turn.role: turn.number + 1 for turn in known}
    start = known[-1].events[-1] + 1 if known else 0
    last: Role | None = None
    indexes: list[int] = []
    messages: list[tuple[int, Message]] = []
    for index, event in enumerate(events[start:], start):
        role = speaks(event)
        if role is None:
            continue
        if role is not last:
            if last is not None:
                turns.append(Turn(last, counts[last], tuple(indexes), tuple(messages)))
                counts[last] += 1
            last, indexes, messages = role, [], []
        indexes.append(index)
        if type(event) is Message:
            messages.append((index, event))
    if last is not None:
        turns.append(Turn(last, counts[last], tuple(indexes), tuple(messages)))
    return tuple(turns)
