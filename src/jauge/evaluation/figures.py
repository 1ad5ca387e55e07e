"""Figures of a group of conversations, each with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jauge.evaluation.findings import Baseline, Bin, Group, Raters
from jauge.scoring.agreement import (
    Indexes,
    Numbers,
    auc_of,
    bins_of,
    calibration_error_of,
    cells_of,
    distance_of,
    error_by_chance,
    judgement_in,
    level_of,
    spearman_of,
)
from jauge.scoring.resampling import LEAST_OF_A_KIND, Figure, is_few, resampled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from jauge.evaluation.findings import By, Missing
    from jauge.scoring.agreement import Cells

    Chosen = NDArray[np.bool_]

_DIGITS = 2
_FEW = Figure(why="few")
_ONE_KIND = Figure(why="one_kind")


class Columns(NamedTuple):
    """Numbers of conversations, one entry each; `told` is the judgement."""

    value: Numbers
    told: Numbers
    counts: Numbers
    vader: Numbers
    customers: Indexes

    def where(self, chosen: Chosen) -> Columns:
        """Choose conversations; their customers are numbered from 0."""
        return Columns(
            self.value[chosen],
            self.told[chosen],
            self.counts[chosen],
            self.vader[chosen],
            np.unique(self.customers[chosen], return_inverse=True)[1],
        )


def group_of(
    by: By, name: str, columns: Columns, below: float, baselines: tuple[Baseline, ...]
) -> Group:
    """Take the figures of a group; it has one conversation at least."""
    cells = cells_of(columns.value, columns.told)
    bins = bins_of(cells)
    spearman, auc, level, distance, error = _figures(cells, bins, columns, below)
    return Group(
        by=by,
        name=name,
        conversations=len(columns.value),
        customers=len(np.unique(columns.customers)),
        dissatisfied=int((columns.told < below).sum()),
        mean_score=_mean(columns.value),
        mean_judgement=_mean(columns.told),
        spearman=spearman,
        auc=auc,
        level=level,
        distance=distance,
        calibration_error=error,
        calibration_error_by_chance=None
        if error.value is None
        else round(error_by_chance(cells, bins), _DIGITS),
        baselines=baselines,
    )


def _figures(
    cells: Cells, bins: Indexes, columns: Columns, below: float
) -> tuple[Figure, Figure, Figure, Figure, Figure]:
    if is_few(columns.customers):
        return _FEW, _FEW, _FEW, _FEW, _FEW
    measures = (
        spearman_of,
        auc_of(below),
        level_of,
        distance_of,
        calibration_error_of(bins),
    )
    ((spearman, auc, level, distance, error),) = resampled(
        [cells], columns.customers, [measures]
    )
    return (
        spearman.figure(),
        auc.figure() if _has_both(columns.told, below) else _ONE_KIND,
        level.figure(),
        distance.figure(),
        error.figure(centred=True),
    )


def _has_both(told: Numbers, below: float) -> bool:
    lows = int((told < below).sum())
    return min(lows, len(told) - lows) >= LEAST_OF_A_KIND


def baselines_of(
    columns: Columns, below: float, *, with_vader: bool
) -> tuple[Baseline, ...]:
    """Compare the score with simpler ways; VADER on what it can read alone."""
    missing: Missing | None = None
    english = ~np.isnan(columns.vader)
    if not with_vader:
        missing = "not_installed"
    elif not english.any():
        missing = "no_english"
    vader = (
        Baseline(name="vader", missing=missing)
        if missing
        else _order("vader", columns.where(english), below)
    )
    return _order("counts", columns, below), vader, _mean_of(columns)


def _order(name: str, columns: Columns, below: float) -> Baseline:
    """Compare with a way that only puts conversations in order."""
    size = len(columns.value)
    if is_few(columns.customers):
        order = (_FEW, _FEW, _FEW, _FEW)
    else:
        theirs = columns.counts if name == "counts" else columns.vader
        tables = [cells_of(one, columns.told) for one in (columns.value, theirs)]
        measures = (spearman_of, auc_of(below))
        ours, other = resampled(tables, columns.customers, [measures, measures])
        both = _has_both(columns.told, below)
        order = (
            other[0].figure(),
            other[1].figure() if both else _ONE_KIND,
            ours[0].less(other[0]).figure(),
            ours[1].less(other[1]).figure() if both else _ONE_KIND,
        )
    return Baseline(
        name="counts" if name == "counts" else "vader",
        conversations=size,
        spearman=order[0],
        auc=order[1],
        spearman_gain=order[2],
        auc_gain=order[3],
    )


def _mean_of(columns: Columns) -> Baseline:
    """Compare with saying the mean judgement of every conversation."""
    size = len(columns.value)
    if is_few(columns.customers):
        return Baseline(
            name="mean", conversations=size, distance=_FEW, distance_gain=_FEW
        )
    said = np.full(size, columns.told.mean())
    tables = [cells_of(one, columns.told) for one in (columns.value, said)]
    ((ours,), (other,)) = resampled(tables, columns.customers, [[distance_of]] * 2)
    return Baseline(
        name="mean",
        conversations=size,
        distance=other.figure(),
        distance_gain=other.less(ours).figure(),
    )


def curve_of(columns: Columns) -> tuple[Bin, ...]:
    """Give the calibration curve; empty when there is too little for one."""
    if is_few(columns.customers):
        return ()
    cells = cells_of(columns.value, columns.told)
    bins = bins_of(cells)
    numbers = range(int(bins.max()) + 1)
    measures = [judgement_in(bins, number) for number in numbers]
    (judgements,) = resampled([cells], columns.customers, [measures])
    return tuple(
        _bins(columns.value, cells, bins, [one.figure() for one in judgements])
    )


def _bins(
    value: Numbers, cells: Cells, bins: Indexes, judgements: list[Figure]
) -> Iterator[Bin]:
    for number, judgement in enumerate(judgements):
        levels = cells.values[bins == number]
        inside = value[(value >= levels[0]) & (value <= levels[-1])]
        yield Bin(
            low=int(levels[0]),
            high=int(levels[-1]),
            conversations=len(inside),
            mean_score=_mean(inside),
            judgement=judgement,
        )


def raters_of(by: By, name: str, columns: Columns) -> Raters:
    """Say who rates; the judgement is not a number where there is none."""
    is_rated = ~np.isnan(columns.told)
    difference = Figure(why="same") if is_rated.all() or not is_rated.any() else _FEW
    if not is_few(columns.customers) and _has_both(is_rated.astype(float), 1):
        cells = cells_of(columns.value, is_rated.astype(float))
        ((drawn,),) = resampled([cells], columns.customers, [[_difference]])
        difference = drawn.figure()
    return Raters(
        by=by,
        name=name,
        scored=len(is_rated),
        rated=int(is_rated.sum()),
        mean_score_rated=_mean(columns.value[is_rated]) if is_rated.any() else None,
        mean_score_others=None if is_rated.all() else _mean(columns.value[~is_rated]),
        difference=difference,
    )


def _difference(cells: Cells, counts: Numbers) -> Numbers:
    """Give the mean number of those told 1 less that of those told 0."""
    weight = cells.told[cells.at_told]
    values = cells.values[cells.at_value]
    rated, others = counts * weight, counts * (1 - weight)
    with np.errstate(invalid="ignore"):
        means = [(one * values).sum(1) / one.sum(1) for one in (rated, others)]
    return np.asarray(means[0] - means[1])


def _mean(numbers: Numbers) -> float:
    return round(float(numbers.mean()), _DIGITS)
