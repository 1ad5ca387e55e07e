"""Part a thread that goes on for months into its conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from jauge.model.conversation import Action, Conversation, Message

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from jauge.model.conversation import Event

_BEGINNING = (Message, Action)


def parted(events: Iterable[Event], gap: timedelta | None) -> list[list[Event]]:
    """Part events where nothing happens for longer than `gap`.

    A rating or a close that comes late belongs to what it is about.
    """
    if gap is None:
        return [list(events)]
    parts: list[list[Event]] = [[]]
    last: datetime | None = None
    for event in events:
        if _is_apart(event, last, gap) and parts[-1]:
            parts.append([])
        parts[-1].append(event)
        last = event.at or last
    return parts


def _is_apart(event: Event, last: datetime | None, gap: timedelta) -> bool:
    if last is None or event.at is None or not isinstance(event, _BEGINNING):
        return False
    return event.at - last > gap


def part_id(whole: str, number: int) -> str:
    """Name a part: the first has the id of the thread.

    >>> part_id("82078", 0), part_id("82078", 1)
    ('82078', '82078#2')
    """
    return whole if number == 0 else f"{whole}#{number + 1}"


def cut(conversation: Conversation, gap: timedelta) -> list[Conversation]:
    """Cut a conversation after each silence longer than `gap`; all but the last close.

    One that is not cut is given as it is.
    """
    parts = parted(conversation.events, gap)
    if len(parts) == 1:
        return [conversation]
    return [
        replace(
            conversation,
            id=part_id(conversation.id, number),
            events=tuple(events),
            closed=conversation.closed or number < len(parts) - 1,
        )
        for number, events in enumerate(parts)
    ]


def is_open(conversation: Conversation, at: datetime, gap: timedelta) -> bool:
    """Say whether a conversation went on at a time: less than `gap` after its end.

    Where events have no time, what the record says stands.
    """
    moments = [event.at for event in conversation.events if event.at is not None]
    return at - max(moments) <= gap if moments else not conversation.closed
