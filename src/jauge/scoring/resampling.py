"""Intervals by drawing customers anew: how far a figure moves by chance.

The percentile bootstrap (Efron & Tibshirani 1993, ch. 13) over customers, not over
conversations: those of one customer are alike (Cameron, Gelbach & Miller 2008).
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from msgspec import Struct

from jauge.scoring.agreement import Cells, Indexes, Numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Measure = Callable[[Cells, Numbers], Numbers]

DRAWS = 1000
LEAST = 30
LEAST_CUSTOMERS = 10
LEAST_OF_A_KIND = 5
_SEED = 0
_ENDS = (0.025, 0.975)
_DIGITS = 4
# Numbers in one matrix: some megabytes.
_BLOCK = 1_000_000

Why = Literal["few", "same", "one_kind"]


class Figure(Struct, frozen=True):
    """A figure with its 95 % interval, or why there is none.

    `few`: fewer than 30 conversations or 10 customers; `same`: all scores or all
    judgements are equal; `one_kind`: fewer than 5 dissatisfied, or 5 others.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    why: Why | None = None


class Drawn(NamedTuple):
    """A figure, and what it was in each of the samples drawn."""

    value: float
    draws: Numbers

    def less(self, other: Drawn) -> Drawn:
        """Give the paired difference: both figures of the same samples."""
        return Drawn(self.value - other.value, self.draws - other.draws)

    def figure(self, *, centred: bool = False) -> Figure:
        """Give the figure with its interval.

        `centred` is for a figure that chance can only raise, and drawing raises once
        more: the interval is moved back by that much (Efron & Tibshirani, ch. 10).
        """
        draws = self.draws[~np.isnan(self.draws)]
        if math.isnan(self.value) or not len(draws):
            return Figure(why="same")
        if centred:
            draws = np.maximum(draws - (draws.mean() - self.value), 0)
        low, high = np.quantile(draws, _ENDS)
        value, low, high = (
            round(float(one), _DIGITS) for one in (self.value, low, high)
        )
        return Figure(value, low, high)


def resampled(
    tables: Sequence[Cells], customers: Indexes, measures: Sequence[Sequence[Measure]]
) -> list[list[Drawn]]:
    """Take the measures of each table, and of the same samples of customers of all.

    `customers` is the customer of each conversation.
    """
    draws = np.empty((sum(map(len, measures)), DRAWS))
    random = np.random.default_rng(_SEED)
    widest = max(len(table.at_value) for table in tables)
    step = max(1, _BLOCK // widest)
    for start in range(0, DRAWS, step):
        size = min(step, DRAWS - start)
        drawn = _counts(tables, customers, size, random)
        draws[:, start : start + size] = list(_taken(tables, drawn, measures))
    whole = _taken(tables, [table.counts for table in tables], measures)
    rows = (Drawn(float(one[0]), row) for one, row in zip(whole, draws, strict=True))
    return [list(itertools.islice(rows, len(row))) for row in measures]


def _counts(
    tables: Sequence[Cells], customers: Indexes, size: int, random: np.random.Generator
) -> list[Numbers]:
    """Draw customers with replacement, `size` times; count the pairs of each table."""
    counts = [np.empty((size, len(table.at_value))) for table in tables]
    many = int(customers.max()) + 1
    for row in range(size):
        times = np.bincount(random.integers(0, many, many), minlength=many)
        weights = times[customers].astype(float)
        for table, held in zip(tables, counts, strict=True):
            held[row] = np.bincount(table.of, weights, len(table.at_value))
    return counts


def _taken(
    tables: Sequence[Cells],
    counts: Sequence[Numbers],
    measures: Sequence[Sequence[Measure]],
) -> Iterator[Numbers]:
    for table, held, row in zip(tables, counts, measures, strict=True):
        for measure in row:
            yield measure(table, held)


def is_few(customers: Indexes) -> bool:
    """Say whether conversations of these customers are too few to tell anything."""
    return len(customers) < LEAST or len(np.unique(customers)) < LEAST_CUSTOMERS
