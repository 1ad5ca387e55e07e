"""Measure ranges: how far judgements lie from the values of comparable conversations.

Split conformal prediction on values that never saw their judgement, scaled by value and
number of customer turns (Vovk et al. 2005; Lei et al. 2018,
https://arxiv.org/abs/1604.04173): plain, it would promise too much for short ones.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from jauge.scoring.interval import RangeTable
from jauge.scoring.scorer_file import RangeRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

COVERAGE = 0.8
TURNS = (2, 4, 1_000_000)
VALUES = (35, 50, 65, 100)
_LEAST = 40


class Foretold(NamedTuple):
    """A conversation: its value, its customer turns, and the judgement in points."""

    value: int
    turns: int
    judgement: float


def offsets(residuals: Iterable[float]) -> tuple[int, int]:
    """Give how far below and above the range reaches, half of what is left out a side.

    >>> offsets([-30, -20, -10, -5, 0, 5, 10, 20, 30])
    (30, 30)
    """
    ordered = sorted(residuals)
    rank = math.ceil((len(ordered) + 1) * (1 + COVERAGE) / 2)
    high = ordered[min(rank, len(ordered)) - 1]
    low = ordered[max(len(ordered) - rank, 0)]
    return max(0, math.ceil(-low)), max(0, math.ceil(high))


def ranges(rows: Sequence[Foretold]) -> tuple[RangeRow, ...]:
    """Measure the offsets by customer turns and value.

    A thin cell takes those of its row of turns, a thin row those of all.
    """
    table = []
    least_turns = 0
    for turns in TURNS:
        row = [one for one in rows if least_turns < one.turns <= turns]
        here = row if len(row) >= _LEAST else rows
        least_value = -1
        for value in VALUES:
            cell = [one for one in row if least_value < one.value <= value]
            used = cell if len(cell) >= _LEAST else here
            below, above = offsets(one.judgement - one.value for one in used)
            table.append(RangeRow(turns, value, min(100, below), min(100, above)))
            least_value = value
        least_turns = turns
    return tuple(table)


def held(table: Sequence[RangeRow], rows: Iterable[Foretold]) -> int:
    """Count the judgements that lie inside the ranges of a table."""
    found = RangeTable(table)
    inside = 0
    for one in rows:
        low, high = found.around(one.value, one.turns)
        inside += low <= one.judgement <= high
    return inside
