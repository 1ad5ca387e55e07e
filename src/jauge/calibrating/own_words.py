"""Fit a scorer with a table of own words beside its signals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jauge.calibrating.proof import gained
from jauge.scoring.agreement import Numbers
from jauge.scoring.calibration import Level, by_folds, fitted
from jauge.scoring.card import Change
from jauge.scoring.own_words import Left, Table, learnt
from jauge.text.phrases import SIDES, Side

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from jauge.calibrating.rated import Rated

# Fewer ratings tell nothing of single words.
LEAST_RATINGS = 300
_DIGITS = 4


class Worded(NamedTuple):
    """Where a scorer stands that has tables of own words, after its other signals."""

    level: Level
    tables: Mapping[Side, Table]

    def values(self, rated: Rated) -> Numbers:
        """Give the values of conversations, as the scorecard makes them."""
        columns = [
            table.shares(rated.said[side])[:, None]
            for side, table in self.tables.items()
        ]
        return self.level.values(np.hstack([rated.evidence.shares, *columns]))


class WordsTried(NamedTuple):
    """What own words do to the distance, and the values by folds that have them."""

    change: Change
    values: Numbers

    @property
    def is_kept(self) -> bool:
        """Say whether they bring scores closer to the ratings, without doubt."""
        return self.change.high < 0


def words_tried(rated: Rated, start: Level, without: Numbers) -> WordsTried | None:
    """Try own words beside the values without; None where too little is rated."""
    if len(rated.owners) < LEAST_RATINGS or np.isnan(without).any():
        return None
    values = unseen_with_words(rated, start)
    change = gained(rated, without, values)
    return None if change is None else WordsTried(change, values)


def fitted_with_words(rated: Rated, start: Level) -> Worded:
    """Fit level, slope and weights, then the words of one side after the other."""
    evidence = rated.evidence
    level = fitted(evidence, start)
    log_odds = level.log_odds(evidence.shares)
    tables: dict[Side, Table] = {}
    for side in SIDES:
        left = Left(evidence.judgements / 100, log_odds)
        found = learnt(rated.said[side], rated.owners, left)
        if found is not None:
            table, moved = found
            shares = table.shares(rated.said[side])
            mean = round(float(np.nanmean(shares)), _DIGITS)
            level = level.moved(moved).with_signal(mean)
            log_odds = log_odds + moved + np.where(np.isnan(shares), mean, shares)
            tables[side] = table
    return Worded(level, tables)


def unseen_with_words(rated: Rated, start: Level) -> Numbers:
    """Give the values by fits that never saw a conversation, nor its owner's others.

    The words, too, are chosen and learnt without them. NaN where there is one owner.
    """

    def values_of(inside: NDArray[np.bool_]) -> Numbers:
        found = fitted_with_words(rated.part(~inside), start)
        return found.values(rated.part(inside))

    return by_folds(rated.owners, values_of)
