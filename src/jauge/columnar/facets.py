"""Facets: which rows each choice leaves, and how many every other value would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from jauge.columnar.columns import BINS, HANDOFFS, RATINGS, STATUSES
from jauge.columnar.facts import DIMENSIONS
from jauge.columnar.marks import REVIEWS, STATES
from jauge.model.score import BANDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jauge.columnar.arrays import Coded, Mask

MOST_OPTIONS = 50
# These are listed whole, and in their own order.
NATURAL: dict[str, tuple[str, ...]] = {
    "level": BANDS,
    "bin": BINS,
    "dimension": DIMENSIONS,
    "status": STATUSES,
    "rating": RATINGS,
    "handoff": HANDOFFS,
    "state": STATES,
    "review": REVIEWS,
}


class Option(Struct, frozen=True):
    """A value of a facet: how many rows it would leave, and whether it is chosen."""

    value: str
    count: int
    is_on: bool


class Facet(Struct, frozen=True):
    """The values of a facet; `more` are not listed, as they are rarer."""

    options: tuple[Option, ...]
    more: int = 0


def facet_of(
    name: str,
    found: Coded,
    mask: Mask,
    chosen: Sequence[str],
    most: int | None = MOST_OPTIONS,
) -> Facet:
    """Count the values of a facet among the rows of a mask; `most` None lists all."""
    counts = dict(zip(found.values, found.counts(mask).tolist(), strict=True))
    counts.update((value, 0) for value in chosen if value not in counts)
    options = [Option(value, count, value in chosen) for value, count in counts.items()]
    natural = NATURAL.get(name)
    if natural is not None:
        return Facet(tuple(options))
    there = [one for one in options if one.count or one.is_on]
    there.sort(key=lambda one: (-one.count, one.value))
    listed = [
        one
        for place, one in enumerate(there)
        if most is None or place < most or one.is_on
    ]
    return Facet(tuple(listed), len(there) - len(listed))


class Masks:
    """The rows that each filter leaves, and what all but one of them leave."""

    def __init__(self, length: int) -> None:
        self._every = np.ones(length, dtype=bool)
        self._masks: dict[str, Mask] = {}

    def put(self, name: str, mask: Mask) -> None:
        """Add a filter."""
        self._masks[name] = mask

    def all(self, *, but: str = "") -> Mask:
        """Give the rows that all filters leave, or all but one."""
        left = self._every
        for name, mask in self._masks.items():
            if name != but:
                left = left & mask
        return left


def chosen_of(found: Coded, values: Sequence[str], *, must_all: bool = False) -> Mask:
    """Say of each row whether it has one of the values, or all of them."""
    if not must_all:
        return found.having(values)
    return np.asarray(np.logical_and.reduce([found.having([one]) for one in values]))
