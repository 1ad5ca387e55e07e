"""Columns in memory: codes instead of names, and pairs instead of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]
Codings = NDArray[np.int32]
# In columns of times: none is known.
NEVER = int(np.iinfo(np.int64).min)
NONE = -1


class Codes(NamedTuple):
    """One value a row: `codes` counts from 0 in `values`; −1 is none."""

    values: tuple[str, ...]
    codes: Codings

    def having(self, chosen: Iterable[str]) -> Mask:
        """Say of each row whether it has one of the values."""
        # The last place is that of −1.
        is_in = np.array([*_is_in(self.values, chosen), False])
        return np.asarray(is_in[self.codes])

    def counts(self, mask: Mask) -> Ints:
        """Count the rows of a mask by value."""
        found = np.bincount(self.codes[mask] + 1, minlength=len(self.values) + 1)
        return found[1:]


class Pairs(NamedTuple):
    """Any number of values a row: `rows` and `codes` side by side, no pair twice."""

    values: tuple[str, ...]
    rows: Codings
    codes: Codings
    # Of all rows, those without a value too.
    length: int

    def having(self, chosen: Iterable[str]) -> Mask:
        """Say of each row whether it has one of the values."""
        is_in = np.array(_is_in(self.values, chosen), dtype=bool)
        mask = np.zeros(self.length, dtype=bool)
        mask[self.rows[is_in[self.codes]]] = True
        return mask

    def counts(self, mask: Mask) -> Ints:
        """Count the rows of a mask by value."""
        here = self.codes[mask[self.rows]]
        return np.bincount(here, minlength=len(self.values))


Coded = Codes | Pairs


def _is_in(values: Sequence[str], chosen: Iterable[str]) -> list[bool]:
    wanted = set(chosen)
    return [value in wanted for value in values]


def coded(found: Iterable[str]) -> Codes:
    """Code names, in order of the names.

    >>> coded(["sms", "email", "sms"]).values
    ('email', 'sms')
    """
    places: dict[str, int] = {}
    first = [places.setdefault(one, len(places)) for one in found]
    values = sorted(places)
    order = np.empty(len(values), dtype=np.int32)
    order[[places[one] for one in values]] = np.arange(len(values))
    return Codes(tuple(values), order[np.array(first, dtype=np.int64)])


def places_in(numbers: Ints, sought: Ints) -> tuple[Ints, Mask]:
    """Find numbers in rising numbers: their places, and which of them are there."""
    at = np.searchsorted(numbers, sought)
    is_there = at < len(numbers)
    is_there[is_there] = numbers[at[is_there]] == sought[is_there]
    return at, is_there
