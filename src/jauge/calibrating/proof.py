"""What a calibration brings, tried on ratings that it never saw."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jauge.scoring.agreement import cells_of, distance_of, level_of, spearman_of
from jauge.scoring.calibration import folds_of
from jauge.scoring.card import Change, Coverage
from jauge.scoring.conformal import Foretold, held, ranges
from jauge.scoring.resampling import is_few, resampled
from jauge.scoring.scorer_file import RangeRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jauge.calibrating.rated import Rated
    from jauge.scoring.agreement import Numbers
    from jauge.scoring.resampling import Drawn

LEAST_FOR_RANGES = 30
_MEASURES = (distance_of, spearman_of, level_of)


class Proof(NamedTuple):
    """Figures before and after on ratings not learnt from; None where none can be."""

    distance: Change | None = None
    spearman: Change | None = None
    level: Change | None = None
    coverage: Coverage | None = None
    ranges: tuple[RangeRow, ...] = ()
    is_few: bool = False

    @property
    def is_better(self) -> bool:
        """Say whether scores are closer to the ratings, in squared error."""
        return self.distance is not None and self.distance.difference < 0

    @property
    def is_sure(self) -> bool:
        """Say whether there are enough ratings, and the interval leaves no doubt."""
        change = self.distance
        return (
            change is not None
            and not self.is_few
            and not change.low <= 0 <= change.high
        )


def proved(rated: Rated, before: Numbers, after: Numbers) -> Proof:
    """Compare values before and after, by fits that never saw the conversation."""
    if np.isnan(after).any():
        return Proof()
    told = rated.evidence.judgements
    one, two = resampled(
        [cells_of(before, told), cells_of(after, told)],
        rated.customers,
        [_MEASURES, _MEASURES],
    )
    distance, spearman, level = map(_change, one, two)
    if len(told) < LEAST_FOR_RANGES:
        return Proof(distance, spearman, level, is_few=True)
    rows = [
        Foretold(int(value), count, float(judgement))
        for value, count, judgement in zip(after, rated.turns, told, strict=True)
    ]
    coverage = _covered(rows, rated.owners)
    few = is_few(rated.customers)
    return Proof(distance, spearman, level, coverage, ranges(rows), few)


def gained(rated: Rated, without: Numbers, with_it: Numbers) -> Change | None:
    """Say what something more does to the distance, of values by the same folds."""
    told = rated.evidence.judgements
    (one,), (two,) = resampled(
        [cells_of(without, told), cells_of(with_it, told)],
        rated.customers,
        [[distance_of], [distance_of]],
    )
    return _change(one, two)


def _change(before: Drawn, after: Drawn) -> Change | None:
    found = after.less(before).figure()
    if found.value is None or found.low is None or found.high is None:
        return None
    return Change(
        round(before.value, 4),
        round(after.value, 4),
        found.value,
        found.low,
        found.high,
    )


def _covered(rows: Sequence[Foretold], owners: Sequence[str]) -> Coverage:
    """Measure ranges on half of the owners, and try them on the other half."""
    halves: tuple[list[Foretold], list[Foretold]] = [], []
    for row, fold in zip(rows, folds_of(owners), strict=True):
        halves[fold % 2].append(row)
    inside = sum(
        held(ranges(one), other) for one, other in (halves, reversed(halves)) if one
    )
    return Coverage(inside, len(rows))
