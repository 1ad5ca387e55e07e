"""Put what was told into the order of time, as far as the times tell it."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

Thing = TypeVar("Thing")


def in_order(timed: Sequence[tuple[datetime | None, Thing]]) -> list[Thing]:
    """Order by time, ties as in the file; all as in the file if a time lacks.

    What is told newest first is turned round before it is sorted, so that ties are.

    >>> from datetime import UTC, datetime
    >>> first, second = (datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2))
    >>> in_order([(second, "c"), (first, "b"), (first, "a")])
    ['a', 'b', 'c']
    """
    moments = [at.timestamp() for at, _ in timed if at is not None]
    if len(moments) < len(timed) or len(moments) < 2:  # noqa: PLR2004 - a pair
        return [thing for _, thing in timed]
    if all(map(operator.le, moments, moments[1:])):
        return [thing for _, thing in timed]
    ordered = list(zip(moments, (thing for _, thing in timed), strict=True))
    if all(map(operator.ge, moments, moments[1:])):
        ordered.reverse()
    return [thing for _, thing in sorted(ordered, key=operator.itemgetter(0))]
