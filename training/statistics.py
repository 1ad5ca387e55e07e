"""Figures with intervals: one measure of two rows, drawn again over conversations.

Percentile bootstrap (Efron & Tibshirani 1993), 1,000 draws, seeded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.stats import rankdata

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    # Takes rows of values and of judgements, gives one figure a row.
    Measure = Callable[[Numbers, Numbers], Numbers]

DRAWS = 1000
_AT_ONCE = 50


class Figure(NamedTuple):
    """A measure and its 95 % interval; `drawn` holds it for each draw."""

    value: float
    low: float
    high: float
    drawn: Numbers

    def __str__(self) -> str:
        """Write it as `.78 [.73 .82]`."""
        return f"{short(self.value)} [{short(self.low)} {short(self.high)}]"


def short(value: float) -> str:
    """Write a share without its leading zero."""
    return f"{value:.3f}".replace("0.", ".", 1)


def figure_of(value: float, drawn: Numbers) -> Figure:
    """Make a figure of what was drawn."""
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return Figure(value, float(low), float(high), drawn)


def measured(values: Numbers, told: Numbers, measure: Measure) -> Figure:
    """Measure, with its interval."""
    random = np.random.default_rng(0)
    size = len(values)
    drawn = []
    for _ in range(DRAWS // _AT_ONCE):
        at = random.integers(0, size, (_AT_ONCE, size))
        drawn.append(measure(values[at], told[at]))
    whole = measure(values[None], told[None])[0]
    return figure_of(float(whole), np.concatenate(drawn))


def mean_of(figures: Sequence[Figure]) -> Figure:
    """Give the mean of the figures of several sets, each drawn by itself."""
    drawn = np.mean([figure.drawn for figure in figures], axis=0)
    return figure_of(float(np.mean([figure.value for figure in figures])), drawn)


def difference(one: Figure, other: Figure) -> Figure:
    """Subtract a figure of the same conversations, drawn alike."""
    return figure_of(one.value - other.value, one.drawn - other.drawn)


def spearman(values: Numbers, told: Numbers) -> Numbers:
    """Correlate ranks, row by row (Spearman 1904)."""
    ranks, others = rankdata(values, axis=1), rankdata(told, axis=1)
    return pearson(ranks, others)


def pearson(values: Numbers, told: Numbers) -> Numbers:
    """Correlate row by row."""
    x = values - values.mean(1, keepdims=True)
    y = told - told.mean(1, keepdims=True)
    spread = np.sqrt((x * x).sum(1) * (y * y).sum(1))
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Numbers = (x * y).sum(1) / spread
    return found


def auc(values: Numbers, dissatisfied: Numbers) -> Numbers:
    """Give how often a dissatisfied one has the lower value (Hanley & McNeil 1982)."""
    ranks = rankdata(-values, axis=1)
    low = dissatisfied.sum(1)
    high = dissatisfied.shape[1] - low
    won = (ranks * dissatisfied).sum(1) - low * (low + 1) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Numbers = won / (low * high)
    return found
