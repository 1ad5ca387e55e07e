"""Events as the short lines of test cases, which `jauge.testing` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from jauge.model.conversation import Action, Event, Handoff, Message, Rating

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

_LEFT_OUT = frozenset({"type", "at", "id"})


def chat_lines(events: Iterable[Event]) -> Iterator[str | dict[str, object]]:
    """Give a line for each event; times are in seconds from the first one.

    >>> from jauge.model.conversation import Close, Role
    >>> list(chat_lines([Message(role=Role.USER, text="hi"), Close()]))
    ['user: hi', {'close': True}]
    """
    first: datetime | None = None
    for event in events:
        first = first or event.at
        line = _line(event)
        if event.at is not None and first is not None:
            seconds = (event.at - first).total_seconds()
            line["at"] = int(seconds) if seconds.is_integer() else seconds
        text = event.text if isinstance(event, Message) else ""
        is_short = len(line) == 1 and text and text == text.strip()
        yield (
            f"{event.role}: {text}" if is_short and isinstance(event, Message) else line
        )


def _line(event: Event) -> dict[str, object]:
    fields = msgspec.to_builtins(event)
    rest = {name: fields[name] for name in fields if name not in _LEFT_OUT}
    if isinstance(event, Message):
        role = rest.pop("role")
        return {role: rest.pop("text", ""), **rest}
    if isinstance(event, Handoff):
        return {"handoff": rest.pop("state"), **rest}
    if isinstance(event, Rating):
        return {"rating": rest.pop("value"), **rest}
    if isinstance(event, Action):
        return {"action": rest.pop("action"), **rest}
    return {"close": True, **rest}
