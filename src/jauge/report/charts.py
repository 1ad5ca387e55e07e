"""The geometry of the pictures of a page: numbers in, places of shapes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TOP = 100
_GRID = 20
_LEAST = 0.6


class Scale(Struct, frozen=True):
    """From `low` to `high`, drawn from 0 to 100."""

    low: float = 0
    high: float = _TOP

    def at(self, value: float) -> float:
        """Give the place of a value.

        >>> Scale(50, 80).at(65)
        50.0
        """
        return round(_TOP * (value - self.low) / (self.high - self.low), 2)

    @property
    def marks(self) -> list[float]:
        """The places of the whole twenties."""
        return [self.at(value) for value in range(0, _TOP + 1, _GRID)]


class Bar(Struct, frozen=True):
    """A bar along an axis: where it starts, and how long it is."""

    start: float
    size: float


class Step(Struct, frozen=True):
    """A step of the way from the base to a score; points in tenths."""

    name: str
    tenths: int
    bar: Bar
    end: float


def columns(counts: Sequence[int], height: float) -> list[Bar]:
    """Give columns of counts, the tallest `height` high; `start` is the top of one.

    >>> [bar.size for bar in columns([1, 4, 0], 44)]
    [11.0, 44.0, 0.0]
    """
    most = max(counts, default=0) or 1
    sizes = [round(height * count / most, 2) for count in counts]
    return [Bar(round(height - size, 2), size) for size in sizes]


def between(low: float, high: float, scale: Scale) -> Bar:
    """Give the bar between two values; one of no length is still seen."""
    start = scale.at(min(low, high))
    return Bar(start, max(round(scale.at(max(low, high)) - start, 2), _LEAST))


def scale_of(base: int, tenths: Mapping[str, int]) -> Scale:
    """Give the scale that holds every step; the way may leave 0 to 100 for a while.

    The base is in tenths, as the points are.
    """
    places, run = [0.0, float(_TOP)], base
    for points in tenths.values():
        run += points
        places.append(run / 10)
    return Scale(min(places), max(places))


def steps(base: int, tenths: Mapping[str, int], scale: Scale) -> list[Step]:
    """Give the steps from the base to the score, one a dimension; all in tenths.

    >>> way = {"ease": -100, "sentiment": 50}
    >>> [(step.bar.start, step.end) for step in steps(600, way, scale_of(600, way))]
    [(50.0, 50.0), (50.0, 55.0)]
    """
    found, run = [], base
    for name, points in tenths.items():
        bar = between(run / 10, (run + points) / 10, scale)
        run += points
        found.append(Step(name, points, bar, scale.at(run / 10)))
    return found
