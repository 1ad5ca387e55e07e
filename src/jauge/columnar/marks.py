"""What people said of conversations: read or settled, reviewed, objected to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from jauge.columnar.arrays import Codes, Pairs, places_in

if TYPE_CHECKING:
    from jauge.columnar.arrays import Ints

STATES = ("new", "read", "follow_up", "settled")
REVIEWS = ("none", "reviewed", "objected")


class Marks(Protocol):
    """Conversations by their numbers; what was told once does not change in place."""

    @property
    def states(self) -> Mapping[int, str]:
        """The state of those that are not new."""

    @property
    def reviewed(self) -> Collection[int]:
        """Those that someone has reviewed."""

    @property
    def objected(self) -> Collection[int]:
        """Those of which someone called a point false."""


class NoMarks(NamedTuple):
    """No conversation was ever looked at."""

    states: Mapping[int, str] = {}
    reviewed: Collection[int] = ()
    objected: Collection[int] = ()


NONE_YET = NoMarks()


def states_of(numbers: Ints, marks: Marks) -> Codes:
    """Give the state of each row."""
    codes = np.zeros(len(numbers), dtype=np.int32)
    places = {state: place for place, state in enumerate(STATES)}
    known = {one: places.get(state, 0) for one, state in marks.states.items()}
    if known:
        at, is_there = places_in(numbers, np.array(list(known), dtype=np.int64))
        told = np.array(list(known.values()), dtype=np.int32)
        codes[at[is_there]] = told[is_there]
    return Codes(STATES, codes)


def reviews_of(numbers: Ints, marks: Marks) -> Pairs:
    """Give what people did with each row; nothing is a value too."""
    is_so = np.zeros((len(REVIEWS), len(numbers)), dtype=bool)
    for line, found in zip(is_so[1:], (marks.reviewed, marks.objected), strict=True):
        at, is_there = places_in(numbers, np.array(list(found), dtype=np.int64))
        line[at[is_there]] = True
    is_so[0] = ~is_so.any(0)
    codes, rows = np.nonzero(is_so)
    return Pairs(REVIEWS, rows.astype(np.int32), codes.astype(np.int32), len(numbers))
