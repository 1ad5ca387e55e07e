"""How well numbers agree with judgements: order, level, and both; numpy only.

All measures are of *counts*: how many conversations have each pair of a number and a
judgement. There are few pairs, so a thousand samples drawn anew are one matrix.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable

Numbers = NDArray[np.float64]
Indexes = NDArray[np.intp]

DISSATISFIED = 50.0
MOST_BINS = 10
LEAST_IN_BIN = 10


class Cells(NamedTuple):
    """The pairs of a number and a judgement that occur, in order of both.

    `values` and `told` are the distinct numbers and judgements, rising; `at_value` and
    `at_told` index them, one entry a pair; `of` is the pair of each conversation.
    """

    values: Numbers
    told: Numbers
    at_value: Indexes
    at_told: Indexes
    of: Indexes

    @property
    def counts(self) -> Numbers:
        """How many conversations have each pair: one row of it, as if drawn."""
        return np.bincount(self.of, minlength=len(self.at_value))[None].astype(float)


def cells_of(values: Numbers, told: Numbers) -> Cells:
    """Find the distinct pairs of numbers and judgements."""
    values, at_value = np.unique(values, return_inverse=True)
    told, at_told = np.unique(told, return_inverse=True)
    pairs, of = np.unique(at_value * len(told) + at_told, return_inverse=True)
    return Cells(values, told, pairs // len(told), pairs % len(told), of)


def spearman_of(cells: Cells, counts: Numbers) -> Numbers:
    """Correlate ranks, ties at the mean of theirs (Spearman 1904; Kendall 1948, ch. 3).

    Not a number where all numbers or all judgements are the same.
    """
    size = counts.sum(1, keepdims=True)
    of_values = _by_level(counts, cells.at_value)
    by_told = np.argsort(cells.at_told, kind="stable")
    of_told = _by_level(counts[:, by_told], cells.at_told[by_told])
    x, y = _midranks(of_values), _midranks(of_told)
    middle = (size + 1) / 2
    x, y = x - middle, y - middle
    shared = (counts * x[:, cells.at_value] * y[:, cells.at_told]).sum(1)
    spread = (of_values * x * x).sum(1) * (of_told * y * y).sum(1)
    with np.errstate(invalid="ignore"):
        return np.where(spread > 0, shared / np.sqrt(spread), np.nan)


def _by_level(counts: Numbers, level: Indexes) -> Numbers:
    """Add counts of one level, which stand together."""
    starts = np.flatnonzero(np.diff(level, prepend=-1))
    return np.add.reduceat(counts, starts, axis=1)


def _midranks(counts: Numbers) -> Numbers:
    """Give the mean rank, from 1, of each level; levels rise."""
    return np.cumsum(counts, axis=1) - counts / 2 + 0.5


def auc_of(below: float) -> Callable[[Cells, Numbers], Numbers]:
    """Make the measure of how often a dissatisfied one has the lower number.

    Of two conversations, one judged below `below` and one not; equal numbers count
    half: the area under the ROC curve (Hanley & McNeil 1982, Radiology 143:29). Not a
    number where one of the two kinds is missing.
    """

    def auc(cells: Cells, counts: Numbers) -> Numbers:
        is_low = (cells.told < below)[cells.at_told]
        low = _by_level(counts * is_low, cells.at_value)
        high = _by_level(counts * ~is_low, cells.at_value)
        lows, highs = low.sum(1), high.sum(1)
        above = highs[:, None] - np.cumsum(high, axis=1)
        won = (low * (above + high / 2)).sum(1)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(won / (lows * highs))

    return auc


def level_of(cells: Cells, counts: Numbers) -> Numbers:
    """Give the mean of number less judgement: above zero, numbers are too high."""
    return np.asarray((counts * _differences(cells)).sum(1) / counts.sum(1))


def distance_of(cells: Cells, counts: Numbers) -> Numbers:
    """Give the root of the mean squared difference: how far off one conversation is.

    Squares are least for the expected judgement (Brier 1950); saying always the mean
    has the standard deviation of the judgements.
    """
    squares = (counts * _differences(cells) ** 2).sum(1)
    return np.asarray(np.sqrt(squares / counts.sum(1)))


def _differences(cells: Cells) -> Numbers:
    return cells.values[cells.at_value] - cells.told[cells.at_told]


def bins_of(cells: Cells) -> Indexes:
    """Cut the numbers into bins of nearly equal count; give the bin of each level.

    Up to ten, of at least ten conversations each; equal numbers share a bin. Bins of
    equal count are steadier than bins of equal width (Nguyen & O'Connor 2015).
    """
    counts = np.bincount(cells.at_value[cells.of])
    size = int(counts.sum())
    wanted = max(1, min(MOST_BINS, size // LEAST_IN_BIN))
    middle = np.cumsum(counts) - counts / 2
    bins = (middle * wanted / max(1, size)).astype(np.intp)
    return np.unique(bins, return_inverse=True)[1]


def calibration_error_of(bins: Indexes) -> Callable[[Cells, Numbers], Numbers]:
    """Make the measure of how far mean number and mean judgement of bins are apart.

    In points, weighted by the size of the bin: the expected calibration error (Naeini
    et al. 2015; Guo et al. 2017, https://arxiv.org/abs/1706.04599).
    """

    def error(cells: Cells, counts: Numbers) -> Numbers:
        sums = _by_level(counts * _differences(cells), bins[cells.at_value])
        return np.asarray(np.abs(sums).sum(1) / counts.sum(1))

    return error


def judgement_in(bins: Indexes, wanted: int) -> Callable[[Cells, Numbers], Numbers]:
    """Make the measure of the mean judgement in one bin."""

    def mean(cells: Cells, counts: Numbers) -> Numbers:
        inside = counts * (bins[cells.at_value] == wanted)
        with np.errstate(invalid="ignore"):
            sums = (inside * cells.told[cells.at_told]).sum(1)
            return np.asarray(sums / inside.sum(1))

    return mean


def error_by_chance(cells: Cells, bins: Indexes) -> float:
    """Say what calibration error a perfectly calibrated score would show here.

    Within a bin judgements vary, so their mean is off by chance: by √(2/π) standard
    errors on average, if the mean is normal.
    """
    counts = cells.counts[0]
    bin_of = bins[cells.at_value]
    size = np.bincount(bin_of, counts)
    off = _differences(cells)
    mean = np.bincount(bin_of, counts * off) / size
    squares = np.bincount(bin_of, counts * (off - mean[bin_of]) ** 2)
    errors = np.sqrt(squares / np.maximum(size - 1, 1) / size)
    return float((size * errors).sum() / size.sum() * math.sqrt(2 / math.pi))


def spearman(values: Numbers, told: Numbers) -> float:
    """Correlate the ranks of two rows of numbers.

    >>> spearman(np.array([1.0, 2, 3, 4]), np.array([1.0, 2, 4, 3]))
    0.8
    """
    cells = cells_of(values, told)
    return float(spearman_of(cells, cells.counts)[0])


def auc(values: Numbers, told: Numbers, below: float = DISSATISFIED) -> float:
    """Give how often a conversation judged below `below` has the lower number.

    >>> auc(np.array([10.0, 60, 60, 90]), np.array([0.0, 25, 75, 100]))
    0.875
    """
    cells = cells_of(values, told)
    return float(auc_of(below)(cells, cells.counts)[0])
