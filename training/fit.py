"""One additive fit of all judged sets: the size of the weights, level and slope.

- Weights: ridge towards the priors of `priors.toml`, each kept on the side of zero that
  its signal declares, and at half its prior or more; judgements are centred and scaled
  within their set, so that no set teaches its level. Raters' sets count 1 each,
  readers' .3, a sector and language of own-chats .12.
- Slope: fractional logit (Papke & Wooldridge 1996) on the judgements of careful
  readers, 1 to 5 as 0, 25, … 100, one intercept a set and language; own-chats, what
  the scorer is for, count as much as the public sets together.
- Level: the mean intercept of own-chats in French and in English.
- No signal is worth more than `MOST_POINTS` by one hit in eight turns of its side; an
  apology, which is form as often as news, no more than `MOST_OF_FORM`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.optimize import brentq, lsq_linear, minimize_scalar

from jauge.scoring.scorecard import DAMPING, LAST_TURNS
from training.crowd import ONLY_MEASURED
from training.features import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from training.features import Shown
    from training.gathering import Seen

    Numbers = NDArray[np.float64]

STRICTNESS = 0.3
MOST_POINTS = 16.0
MOST_OF_FORM = {"bot_apologizes": 10.0}
# What no set shows is no proof that a signal says nothing.
LEAST_OF_PRIOR = 0.5
_TURNS = 8
_COUNTS = {"raters": 1.0, "reader": 0.3, "own": 0.12}
# Points of one unit of log-odds in the middle of the scale.
_POINTS = 25.0
# A column that hardly ever shows must not look certain.
_LEAST_SPREAD = {"rate": 0.02, "end": 0.1, "fact": 0.15}
ONE_HIT = {"rate": 1 / (_TURNS + DAMPING), "end": 1 / LAST_TURNS, "fact": 1.0}


class Fitted(NamedTuple):
    """Weights in log-odds, signed, and the intercept of each group of the readers."""

    weights: Mapping[Kind, float]
    intercepts: Mapping[str, float]

    @property
    def level(self) -> float:
        """The log-odds of a conversation that shows nothing, as own-chats have it."""
        return float(
            np.mean([at for group, at in self.intercepts.items() if "own" in group])
        )

    def log_odds(self, found: Shown) -> float:
        """Add up what a conversation shows, without the level."""
        return math.fsum(
            [self.weights.get(kind, 0.0) * size for kind, size in found.parts.items()]
        )


class SetSums(NamedTuple):
    """What the fit needs of a set, centred and scaled: products, moments, variances."""

    weight: float
    products: Numbers
    moments: Numbers
    variances: Numbers


class Fit:
    """The fits of all sets but some: what each set says is added up once."""

    def __init__(self, priors: Mapping[Kind, float], seen: Sequence[Seen]) -> None:
        self.kinds = tuple(priors)
        self._priors = np.array(list(priors.values()))
        self._seen = [one for one in seen if one.set not in ONLY_MEASURED]
        self._columns = np.array(
            [
                [one.shown.parts.get(kind, 0.0) for kind in self.kinds]
                for one in self._seen
            ]
        )
        rows: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for at, one in enumerate(self._seen):
            rows[one.set, one.language, one.judge].append(at)
        self.sums = {key: self._sums(at, _COUNTS[key[2]]) for key, at in rows.items()}

    def _sums(self, rows: list[int], weight: float) -> SetSums:
        columns = self._columns[rows]
        told = np.array([self._seen[at].judgement for at in rows])
        variances = columns.var(0)
        columns = columns - columns.mean(0)
        told = (told - told.mean()) / told.std()
        size = weight / len(rows)
        return SetSums(
            weight, size * columns.T @ columns, size * columns.T @ told, variances
        )

    def fit(self, without: Collection[str] = ()) -> Fitted:
        """Learn from all sets but some."""
        kept = [at for at, one in enumerate(self._seen) if one.set not in without]
        seen, columns = [self._seen[at] for at in kept], self._columns[kept]
        sums = [one for key, one in self.sums.items() if key[0] not in without]
        weights = self.direction(sums)
        slope, intercepts = _slope(seen, columns @ weights)
        for _ in range(3):
            weights = self._capped(weights, slope)
            slope, intercepts = _slope(seen, columns @ weights)
        final = self._capped(weights, slope) * slope
        return Fitted(dict(zip(self.kinds, final.tolist(), strict=True)), intercepts)

    def direction(self, sums: Sequence[SetSums]) -> Numbers:
        """Fit the weights of some sets, up to one common factor.

        The squared errors are least, near the priors and on their side of zero.
        """
        total = sum(one.weight for one in sums)
        products = np.sum([one.products for one in sums], axis=0) / total
        moments = np.sum([one.moments for one in sums], axis=0) / total
        least = np.array([_LEAST_SPREAD[kind] for _, kind in self.kinds])
        spread = np.maximum(
            np.sqrt(np.mean([one.variances for one in sums], axis=0)), least
        )
        prior = self._priors
        prior = prior * (prior @ moments) / (prior @ products @ prior)
        held = STRICTNESS * np.diag(spread**2)
        root = np.linalg.cholesky(products + held)
        target = np.linalg.solve(root, moments + held @ prior)
        low = np.where(prior > 0, LEAST_OF_PRIOR * prior, -np.inf)
        high = np.where(prior > 0, np.inf, LEAST_OF_PRIOR * prior)
        found: Numbers = lsq_linear(root.T, target, (low, high), tol=1e-12).x
        return found

    def _capped(self, weights: Numbers, slope: float) -> Numbers:
        """Hold each signal to what one hit may be worth."""
        worth: dict[str, float] = defaultdict(float)
        for (name, kind), weight in zip(self.kinds, weights, strict=True):
            worth[name] += abs(weight) * ONE_HIT[kind] * slope * _POINTS
        return np.array(
            [
                weight * min(1.0, MOST_OF_FORM.get(name, MOST_POINTS) / worth[name])
                for (name, _), weight in zip(self.kinds, weights, strict=True)
            ]
        )


def _slope(seen: Sequence[Seen], sums: Numbers) -> tuple[float, dict[str, float]]:
    """Find the common slope and the intercepts that the readers' judgements want."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(seen):
        if one.judge != "raters":
            groups[one.group].append(at)
    told = np.array([(one.judgement - 1) / 4 for one in seen])
    own = sum(group.startswith("own ") for group in groups)
    public = len(groups) - own

    def intercept(rows: list[int], slope: float) -> float:
        def left(start: float) -> float:
            return float((_chance(start + slope * sums[rows]) - told[rows]).sum())

        return float(brentq(left, -20.0, 20.0))

    def loss(slope: float) -> float:
        total = 0.0
        for group, rows in groups.items():
            count = public / own if group.startswith("own ") else 1.0
            chance = _chance(intercept(rows, slope) + slope * sums[rows])
            chance = np.clip(chance, 1e-9, 1 - 1e-9)
            fits = told[rows] * np.log(chance) + (1 - told[rows]) * np.log(1 - chance)
            total -= float(fits.mean()) * count
        return total

    slope = float(minimize_scalar(loss, bounds=(0.1, 30.0), method="bounded").x)
    return slope, {group: intercept(rows, slope) for group, rows in groups.items()}


def _chance(log_odds: Numbers) -> Numbers:
    return 1 / (1 + np.exp(-log_odds))
