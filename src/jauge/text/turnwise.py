"""What each turn of a side shows, looked at once while a conversation goes on."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jauge.model.conversation import Role
    from jauge.model.signal import Signal
    from jauge.model.turns import Turn
    from jauge.text.reading import Reading

    Look = Callable[[Reading, int, Turn], Iterable[Signal]]


def in_turns(reading: Reading, name: str, role: Role, look: Look) -> Iterable[Signal]:
    """Ask of each turn of a role what it shows, by the name of the signal.

    What `look` finds in a turn, given its index, must depend on that turn and those
    before it alone: it stays in `reading.shown` as long as all of them are read as they
    were.
    """
    shown = reading.shown.setdefault(name, [])
    for at in range(len(shown), len(reading.turns)):
        turn = reading.turns[at]
        shown.append(tuple(look(reading, at, turn)) if turn.role is role else ())
    return itertools.chain.from_iterable(shown)
