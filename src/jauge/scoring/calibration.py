"""Fit a scorer to ratings: one MAP for level, slope and weights, today's as its prior.

A fractional logit (Papke & Wooldridge 1996) on what each signal already gives: a rating
of 75 is three quarters of a yes. The prior is worth as many ratings as its constants
say, so few ratings hardly move a weight and many do:

    z = level + Σ factor_k · share_k        factor_k ≥ 0: no signal changes its side

`share_k` is today's log-odds of a signal. Factors stay near their common slope, the
slope near 1. A signal that these conversations never show follows the slope alone.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jauge.scoring.logistic import MICRO, log_odds_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Mask = NDArray[np.bool_]
    Places = NDArray[np.intp] | Mask

# How many ratings the prior is worth (`scoring.md` section 3; the level: measured).
LEVEL_RATINGS = 5
SLOPE_RATINGS = 50
WEIGHT_RATINGS = 300
# A mean is moved as slowly as the slope.
MEAN_RATINGS = 50
# What is too rare to be told apart counts as spread so far, in log-odds: else one hit
# of a rare signal would move its weight without end.
LEAST_SPREAD = 0.05
FOLDS = 10
_CONSTANT = 1e-9
_STEPS = 60
_HALVINGS = 30
_STILL = 1e-10
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Evidence:
    """What each signal gives in each conversation, and how it was judged, 0 to 100.

    `shares` has a row a conversation and a column a signal, in log-odds under today's
    weights; NaN where the source cannot show the signal.
    """

    shares: Numbers
    judgements: Numbers

    def part(self, kept: Places) -> Evidence:
        """Give the conversations at some places."""
        return Evidence(self.shares[kept], self.judgements[kept])


class Level(NamedTuple):
    """Where a scorer stands: a base, and a factor for each of today's weights.

    `means` are the mean contributions, already times the factors.
    """

    base: int
    slope: float
    factors: tuple[float, ...]
    means: tuple[float, ...]

    def values(self, shares: Numbers) -> Numbers:
        """Give the values of conversations, as the scorecard makes them."""
        return _whole(100 * chance_of(self.log_odds(shares)))

    def log_odds(self, shares: Numbers) -> Numbers:
        """Give the log-odds of conversations; what is hidden moves the base."""
        hidden = np.isnan(shares)
        moved = np.where(hidden, np.array(self.means), 0.0).sum(axis=1)
        start = log_odds_of(self.base) / MICRO
        base = np.where(moved == 0, self.base, _whole_base(start + moved))
        seen = np.where(hidden, 0.0, shares * np.array(self.factors)).sum(axis=1)
        log_odds: Numbers = np.log(base / (100 - base)) + seen
        return log_odds

    def moved(self, log_odds: float) -> Level:
        """Give the level with a base that is higher by some log-odds."""
        start = log_odds_of(self.base) / MICRO
        return self._replace(base=int(_whole_base(np.array([start + log_odds]))[0]))

    def with_signal(self, mean: float) -> Level:
        """Give the level with one more signal, of a mean contribution, as it is."""
        factors, means = (*self.factors, 1.0), (*self.means, mean)
        return self._replace(factors=factors, means=means)


def today(base: int, means: Sequence[float]) -> Level:
    """Give where a scorer stands before any rating."""
    return Level(base, 1.0, (1.0,) * len(means), tuple(means))


def fitted(evidence: Evidence, start: Level) -> Level:
    """Fit level, slope and weights to what was judged; `start` where nothing was."""
    if not len(evidence.judgements):
        return start
    means = _means(evidence.shares, np.array(start.means))
    shares = np.where(np.isnan(evidence.shares), means, evidence.shares)
    problem = _Problem.of(shares, evidence.judgements / 100, start.base)
    level, slope, factors = problem.solved()
    base = _whole_base(np.array([level - factors @ shares.mean(axis=0)]))
    return Level(
        base=int(base[0]),
        slope=round(float(slope), _DIGITS),
        factors=_rounded(factors),
        means=_rounded(means * factors),
    )


def unseen(evidence: Evidence, start: Level, owners: Sequence[str]) -> Numbers:
    """Give the values by fits that never saw a conversation, nor its owner's others.

    NaN where there is one owner alone.
    """

    def values_of(inside: Mask) -> Numbers:
        return fitted(evidence.part(~inside), start).values(evidence.shares[inside])

    return by_folds(owners, values_of)


def by_folds(owners: Sequence[str], values_of: Callable[[Mask], Numbers]) -> Numbers:
    """Give all values, fold by fold of owners: `values_of` has those of one.

    NaN where there is one owner alone: nothing is outside to learn from.
    """
    values = np.full(len(owners), np.nan)
    folds = np.array(folds_of(owners))
    for fold in np.unique(folds):
        inside = folds == fold
        if not inside.all():
            values[inside] = values_of(inside)
    return values


def folds_of(owners: Sequence[str]) -> list[int]:
    """Deal owners into folds by the hash of their names, whatever their order.

    >>> folds_of(["a", "b", "a"])
    [1, 0, 1]
    """
    names = sorted(set(owners), key=lambda name: hashlib.sha256(name.encode()).digest())
    dealt = {name: place % FOLDS for place, name in enumerate(names)}
    return [dealt[owner] for owner in owners]


def _means(shares: Numbers, start: Numbers) -> Numbers:
    seen = ~np.isnan(shares)
    total = np.where(seen, shares, 0.0).sum(axis=0) + MEAN_RATINGS * start
    means: Numbers = total / (seen.sum(axis=0) + MEAN_RATINGS)
    return means


def _rounded(numbers: Numbers) -> tuple[float, ...]:
    return tuple(round(float(number), _DIGITS) for number in numbers)


def _whole_base(log_odds: Numbers) -> Numbers:
    return np.clip(_whole(100 * chance_of(log_odds)), 1, 99)


def _whole(points: Numbers) -> Numbers:
    return np.floor(points + 0.5)


def chance_of(log_odds: Numbers) -> Numbers:
    """Give the chance, 0 to 1, of log-odds."""
    # Beyond 700 the exponential overflows; the chance is 0 or 1 long before.
    chance: Numbers = 1 / (1 + np.exp(-np.clip(log_odds, -700, 700)))
    return chance


@dataclass(frozen=True, slots=True)
class _Problem:
    """A penalised logit in (level, slope, factors of the columns that vary).

    `pulls` is the precision of the prior: its penalty is ½ (θ - at)ᵀ pulls (θ - at).
    """

    columns: Numbers
    judged: Numbers
    varies: NDArray[np.bool_]
    at: Numbers
    pulls: Numbers

    @classmethod
    def of(cls, shares: Numbers, judged: Numbers, base: int) -> _Problem:
        """Put the prior beside what was seen."""
        spread = shares.std(axis=0)
        varies = spread > _CONSTANT
        centred = (shares - shares.mean(axis=0))[:, varies]
        count, kinds = centred.shape
        total = shares.sum(axis=1) + log_odds_of(base) / MICRO
        # What one rating tells of z, at the level that the ratings suggest.
        mean = (judged.sum() + LEVEL_RATINGS * chance_of(total).mean()) / (
            count + LEVEL_RATINGS
        )
        tells = mean * (1 - mean)
        held = WEIGHT_RATINGS * np.maximum(spread[varies], LEAST_SPREAD) ** 2
        pulls = np.diag(np.concatenate([[LEVEL_RATINGS, 0.0], held]))
        # (factor - slope)² in both, and the slope's own.
        pulls[1, 1] = held.sum() + SLOPE_RATINGS * max(total.var(), LEAST_SPREAD**2)
        pulls[1, 2:] = pulls[2:, 1] = -held
        return cls(
            # The slope acts through the factors alone.
            columns=np.column_stack([np.ones(count), np.zeros(count), centred]),
            judged=judged,
            varies=varies,
            at=np.concatenate([[total.mean()], np.ones(1 + kinds)]),
            pulls=tells * pulls,
        )

    def solved(self) -> tuple[float, float, Numbers]:
        """Give level, slope and all factors at the least cost, no factor below 0.

        Projected Newton steps (Bertsekas 1982): what stands at 0 and would go below
        waits there. The cost is convex, so there is one answer.
        """
        place = self.at
        for _ in range(_STEPS):
            moved = self._step(place)
            if np.abs(moved - place).max() < _STILL:
                break
            place = moved
        factors = np.full(len(self.varies), place[1])
        factors[self.varies] = place[2:]
        return float(place[0]), float(place[1]), factors

    def _step(self, place: Numbers) -> Numbers:
        chance = chance_of(self.columns @ place)
        slope = self.columns.T @ (chance - self.judged) + self.pulls @ (place - self.at)
        bend = (self.columns.T * (chance * (1 - chance))) @ self.columns + self.pulls
        free = np.ones(len(place), dtype=bool)
        free[2:] = (place[2:] > 0) | (slope[2:] < 0)
        way = np.zeros(len(place))
        way[free] = -np.linalg.solve(bend[np.ix_(free, free)], slope[free])
        cost = self._cost(place)
        for halving in range(_HALVINGS):
            moved = place + way / 2**halving
            moved[2:] = np.maximum(moved[2:], 0.0)
            if self._cost(moved) <= cost:
                return np.asarray(moved)
        return place

    def _cost(self, place: Numbers) -> float:
        log_odds = self.columns @ place
        misses = np.logaddexp(0, log_odds) - self.judged * log_odds
        off = place - self.at
        return float(misses.sum() + off @ self.pulls @ off / 2)
