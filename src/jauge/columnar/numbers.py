"""Averages, intervals and changes of many conversations at once, from columns."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from msgspec import Struct

from jauge.columnar.arrays import NEVER, Ints
from jauge.columnar.facts import DIMENSIONS
from jauge.columnar.periods import EPOCH
from jauge.model.score import BANDS, REASONS
from jauge.report.overview import BIN, NEGATIVE, Cost, Overview, strip_of
from jauge.report.summary import Mean, by_count, student95

if TYPE_CHECKING:
    from datetime import datetime

    from jauge.columnar.arrays import Codings, Mask
    from jauge.columnar.columns import Columns, View

_TOP = 100
_LEVEL = 20
_BINS = _TOP // BIN


class Change(NamedTuple):
    """A difference in points, now less before, with its 95% interval."""

    value: float
    low: float
    high: float


class Sums(Struct, frozen=True):
    """Values added up by customer: how many each has, and their sum."""

    counts: Ints
    totals: Ints

    @property
    def count(self) -> int:
        """How many values there are."""
        return int(self.counts.sum())

    @property
    def mean(self) -> float:
        """Their average; there must be one."""
        return int(self.totals.sum()) / self.count


def sums_of(values: Codings, owners: Codings, length: int) -> Sums:
    """Add up values by customer, of whom there are `length` in all."""
    counts = np.bincount(owners, minlength=length)
    totals = np.bincount(owners, weights=values, minlength=length)
    return Sums(counts, totals.astype(np.int64))


def mean_in(sums: Sums) -> Mean | None:
    """Average as `report.summary.mean_of` does; the interval counts customers.

    >>> mean_in(Sums(np.array([1, 1, 1]), np.array([50, 60, 70])))
    Mean(value=60.0, low=35.15..., high=84.84...)
    """
    number = sums.count
    if not number:
        return None
    customers = int(np.count_nonzero(sums.counts))
    if customers == 1:
        return Mean(sums.mean, 0.0, 100.0)
    # Whole numbers to the end: nothing is lost when large sums nearly cancel out.
    total = int(sums.totals.sum())
    squares = (
        number**2 * _dot(sums.totals, sums.totals)
        - 2 * number * total * _dot(sums.totals, sums.counts)
        + total**2 * _dot(sums.counts, sums.counts)
    ) / number**2
    error = math.sqrt(squares * customers / (customers - 1)) / number
    margin = student95(customers) * error
    return Mean(sums.mean, max(0.0, sums.mean - margin), min(100.0, sums.mean + margin))


def _dot(one: Ints, two: Ints) -> int:
    return int(np.dot(one, two))


def change_of(now: Sums, before: Sums) -> Change | None:
    """Set two averages side by side, in points from 0 to 100; None where one is not.

    A customer who stands on both sides counts once: the interval is that of the
    difference of each customer's parts (cluster-robust, as in `mean_in`).
    """
    if not now.count or not before.count:
        return None
    value = now.mean - before.mean
    parts = _off(now) - _off(before)
    customers = int(np.count_nonzero(now.counts + before.counts))
    if customers == 1:
        return Change(value, float(-_TOP), float(_TOP))
    squares = float(np.square(parts).sum()) * customers / (customers - 1)
    margin = student95(customers) * math.sqrt(squares)
    return Change(
        value, max(float(-_TOP), value - margin), min(float(_TOP), value + margin)
    )


def _off(sums: Sums) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Give how far each customer pulls the average from where it is."""
    return (sums.totals - sums.counts * sums.mean) / sums.count


def scores_in(columns: Columns, view: View, mask: Mask) -> Sums:
    """Add up the scores of the rows of a mask; those without one are left out."""
    here = mask & view.has_value
    return sums_of(view.value[here], columns.customers[here], columns.customer_count)


def agents_in(columns: Columns, mask: Mask) -> Sums:
    """Count 100 for each conversation that went to an agent, 0 for the others."""
    taken = columns.facets["status"].having(["agent"])[mask]
    owners = columns.customers[mask]
    return sums_of(_TOP * taken.astype(np.int32), owners, columns.customer_count)


def overview_of(columns: Columns, view: View, mask: Mask) -> Overview:
    """Give the numbers that `report.overview.Tally` gives for the rows of a mask."""
    here = mask & view.has_value
    values = view.value[here]
    sums = scores_in(columns, view, mask)
    dimensions = dict(
        zip(DIMENSIONS, view.dimensions[:, here].sum(1).tolist(), strict=True)
    )
    unscored = columns.facets["status"].counts(mask & ~here)[1:].tolist()
    reasons = {
        str(one): count for one, count in zip(REASONS, unscored, strict=True) if count
    }
    first, last = times_in(columns, mask)
    named = here & columns.is_named
    return Overview(
        mean=mean_in(sums),
        strip=strip_of(int(view.base[here].sum()), dimensions, len(values)),
        customers=len(np.unique(columns.customers[named])),
        named=int(np.count_nonzero(named)),
        negative=int(np.count_nonzero(values < NEGATIVE)),
        bins=_counted(values // BIN, _BINS),
        levels=_counted(values // _LEVEL, len(BANDS)),
        costly=_costly(view, here),
        reasons=tuple(by_count(reasons)),
        first=first,
        last=last,
    )


def _counted(places: Codings, length: int) -> tuple[int, ...]:
    found = np.bincount(np.minimum(places, length - 1), minlength=length)
    return tuple(found.tolist())


def _costly(view: View, mask: Mask) -> tuple[Cost, ...]:
    names = view.signals.values
    here = mask[view.signals.rows]
    codes = view.signals.codes[here]
    conversations = np.bincount(codes, minlength=len(names)).tolist()
    tenths = np.bincount(codes, weights=view.tenths[here], minlength=len(names))
    found = [
        Cost(name, int(total), count)
        for name, total, count in zip(
            names, tenths.tolist(), conversations, strict=True
        )
        if total < 0
    ]
    return tuple(sorted(found, key=lambda cost: (cost.tenths, cost.signal)))


def times_in(
    columns: Columns, mask: Mask | None = None
) -> tuple[datetime | None, datetime | None]:
    """Give the first and the last time that rows tell, in UTC."""
    started, ended = columns.started, columns.ended
    is_told = started != NEVER
    if mask is not None:
        is_told = is_told & mask
    if not is_told.any():
        return None, None
    return _moment(started[is_told].min()), _moment(ended[is_told].max())


def _moment(microseconds: np.int64) -> datetime:
    return EPOCH + timedelta(microseconds=int(microseconds))
