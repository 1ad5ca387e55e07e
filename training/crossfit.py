"""Scorers that never saw a sector or a set: how what is learnt is tried on its data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jauge.scorers import build_scorer
from jauge.text.heads import Head
from jauge.text.similarity import ALIKE
from training.crowd import USS
from training.data import sector_of
from training.heads import Bench, Learnt, labelled, learnt, train
from training.tone import TWINS, tone_bench

if TYPE_CHECKING:
    from jauge.scorer import Scorer
    from training.data import Labelled


class Crossfit:
    """For each set, the shipped scorer with heads and tones that never saw its like."""

    def __init__(self) -> None:
        self._base = build_scorer()
        found = train(Bench(labelled()))
        folds = {fold for head in found.values() for fold in head.without}
        tones = tone_bench()
        self._scorers = {fold: self._with(learnt(found, fold)) for fold in folds}
        # What no head learns from needs nothing left out.
        self._whole = self._with(learnt(found))
        for name in USS:
            held = self._scorers.get(name, self._whole)
            tables = replace(held.tables, tones=tones.tones({name}))
            self._scorers[name] = replace(held, tables=tables)
        self._scorers[TWINS["uss-redial"]] = self._scorers["uss-redial"]

    def scorer(self, chat: Labelled) -> Scorer:
        """Give the scorer that never saw the sector of a conversation."""
        return self.without(sector_of(chat))

    def without(self, name: str) -> Scorer:
        """Give the scorer that never saw a sector or a set."""
        return self._scorers.get(name, self._whole)

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
