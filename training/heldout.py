"""What the fit says of conversations whose set it never saw: the figures to report."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

from jauge.scoring.conformal import Foretold
from jauge.scoring.logistic import MICRO, log_odds_of, points_at, to_micro
from training.tone import TWINS

if TYPE_CHECKING:
    from training.features import Shown
    from training.fit import Fit, Fitted
    from training.gathering import Seen

_HALF = 0.5


def base_of(fitted: Fitted) -> int:
    """Round the level of a fit to the whole base of a scorer."""
    return math.floor(float(points_at(to_micro(fitted.level))) + _HALF)


class HeldOut:
    """For each set, the fit of all others (and without its twin)."""

    def __init__(self, fit: Fit) -> None:
        self._fit = fit

    @functools.cache  # noqa: B019 - as many as there are sets, for the whole run
    def fitted(self, name: str) -> Fitted:
        """Fit without a set."""
        return self._fit.fit({name, TWINS.get(name, name)})

    def log_odds(self, name: str, found: Shown) -> float:
        """Give the log-odds of a conversation of a set, with the base."""
        fitted = self.fitted(name)
        return log_odds_of(base_of(fitted)) / MICRO + fitted.log_odds(found)

    def value(self, name: str, found: Shown) -> int:
        """Give the value of a conversation of a set."""
        micro = to_micro(self.log_odds(name, found))
        return math.floor(float(points_at(micro)) + _HALF)

    def foretold(self, one: Seen) -> Foretold:
        """Put the value beside the reader's judgement, in points."""
        value = self.value(one.set, one.shown)
        return Foretold(value, one.shown.turns, (one.judgement - 1) * 25)
