"""What is kept of what a platform tells: each event once, parted at its breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.importers.telling import Break, LeftOut
from jauge.model.conversation import Action, Message, Rating

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from jauge.importers.telling import Told
    from jauge.model.conversation import Event
    from jauge.settings import ReadOptions

_TURNS = (Message, Action)


def noted(
    told: Iterable[Told], options: ReadOptions, *, wordless: bool
) -> list[Event | Break]:
    """Keep the events, each once; say what is left out."""
    kept: list[Event | Break] = []
    seen: set[object] = set()
    for one in told:
        if isinstance(one, LeftOut):
            options.leave_out(one.kind)
        elif isinstance(one, Break):
            kept.append(one)
        elif _is_told_before(one, seen):
            options.leave_out("duplicate")
        elif not wordless and _is_empty(one):
            options.leave_out("empty")
        else:
            kept.append(one)
    return kept


def _is_empty(event: Event) -> bool:
    return isinstance(event, Message) and not (
        event.text or event.media or event.choices
    )


def _is_told_before(event: Event, seen: set[object]) -> bool:
    mark: object = event
    if event.id:
        # Sources that give one id to several messages give them other words.
        mark = (type(event), event.id, getattr(event, "text", ""))
    elif not isinstance(event, Rating):
        return False
    known = mark in seen
    seen.add(mark)
    return known


def sessions(
    told: Sequence[Event | Break],
) -> list[list[tuple[datetime | None, Event]]]:
    """Part at the breaks; one before anything was said parts nothing."""
    if Break not in map(type, told):
        return [[(event.at, event) for event in told if not isinstance(event, Break)]]
    parts: list[list[tuple[datetime | None, Event]]] = [[]]
    for one in told:
        if not isinstance(one, Break):
            parts[-1].append((one.at, one))
        elif any(isinstance(event, _TURNS) for _, event in parts[-1]):
            parts.append([])
    if len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts
