"""Scorers that never saw a sector: how learnt heads are tried on their own data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jauge.scorers import build_scorer
from jauge.text.heads import Head
from jauge.text.similarity import ALIKE
from training.data import sector_of
from training.heads import Bench, Learnt, labelled, learnt, train

if TYPE_CHECKING:
    from jauge.scorer import Scorer
    from training.data import Labelled


class Crossfit:
    """For each conversation, the shipped scorer with heads that never saw its like."""

    def __init__(self) -> None:
        self._base = build_scorer()
        found = train(Bench(labelled()))
        folds = {fold for head in found.values() for fold in head.without}
        self._scorers = {fold: self._with(learnt(found, fold)) for fold in folds}
        # What no head learns from needs nothing left out.
        self._whole = self._with(learnt(found))

    def scorer(self, chat: Labelled) -> Scorer:
        """Give the scorer that never saw the sector of a conversation."""
        return self._scorers.get(sector_of(chat), self._whole)

    def lists_alone(self) -> Scorer:
        """Give the scorer whose heads say nothing."""
        heads = self._base.tables.heads.heads
        return self._with(
            Learnt({name: Head(0, {}) for name in heads}, {"user": {}, "bot": {}})
        )

    def _with(self, found: Learnt) -> Scorer:
        found.heads[ALIKE] = self._base.tables.heads.heads[ALIKE]
        heads = found.put_together("tried")
        return replace(self._base, tables=replace(self._base.tables, heads=heads))
