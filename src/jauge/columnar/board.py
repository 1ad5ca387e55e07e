"""Columns with one view of their scores: facets, order and search, each found once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from jauge.columnar.arrays import NEVER, NONE, Codes, Pairs
from jauge.columnar.columns import BINS
from jauge.columnar.facts import DIMENSIONS
from jauge.columnar.query import ABSENT
from jauge.columnar.search import holding
from jauge.model.score import BANDS
from jauge.text.fold import fold

if TYPE_CHECKING:
    from jauge.columnar.arrays import Coded, Ints, Mask
    from jauge.columnar.columns import Columns, View

_BIN, _LEVEL = 5, 20
_MOST_SEARCHES = 16
# Scores of one value are ordered by their log-odds, which stay far below this.
_PER_POINT = 1 << 32
_FOR_THE_BOT = ("understanding", "ease", "response_time")
_NAMED = {"bot_name": "bot"}
_TIMED = ("started", "latest", "duration")


class Board:
    """The columns, and what is worked out of them once; never changed afterwards.

    Threads may share it: what two of them work out at once is the same.
    """

    def __init__(self, columns: Columns, view: View) -> None:
        self.columns, self.view = columns, view
        self._facets: dict[str, Coded] = dict(columns.facets)
        self._orders: dict[tuple[str, bool], Ints] = {}
        self._searches: dict[tuple[bytes, ...], Mask] = {}

    def facet(self, name: str) -> Coded:
        """Give the values that rows have of a facet."""
        if name not in self._facets:
            self._facets[name] = self._of_view(name)
        return self._facets[name]

    def _of_view(self, name: str) -> Coded:
        view = self.view
        if name == "signal":
            return view.signals
        if name == "dimension":
            lines, rows = np.nonzero((view.dimensions < 0) & view.has_value)
            length = len(view.value)
            return Pairs(
                DIMENSIONS, rows.astype(np.int32), lines.astype(np.int32), length
            )
        values, step = (BANDS, _LEVEL) if name == "level" else (BINS, _BIN)
        places = np.minimum(view.value // step, len(values) - 1)
        codes = np.where(view.has_value, places, NONE).astype(np.int32)
        return Codes(tuple(values), codes)

    def holding(self, needles: tuple[bytes, ...]) -> Mask:
        """Say of each row whether its messages hold all that is searched."""
        if needles not in self._searches:
            if len(self._searches) >= _MOST_SEARCHES:
                self._searches = {}
            self._searches[needles] = holding(self.columns.texts, needles)
        return self._searches[needles]

    def order(self, name: str, *, descending: bool) -> Ints:
        """Give all rows in an order; those without a value last, ties by number."""
        key = (name, descending)
        if key not in self._orders:
            told, is_told = self._sortable(name)
            if descending != (name == "latest"):
                told = -told
            # Rows rise by number, and the sort is stable.
            self._orders[key] = np.lexsort((told, ~is_told))
        return self._orders[key]

    def _sortable(self, name: str) -> tuple[Ints, Mask]:
        """Give what rows are ordered by, and which of them have it."""
        view, columns = self.view, self.columns
        if name == "score":
            told = view.value.astype(np.int64) * _PER_POINT + view.logit
            return told, view.has_value
        if name == "bot":
            lines = [DIMENSIONS.index(one) for one in _FOR_THE_BOT]
            return view.dimensions[lines].sum(0).astype(np.int64), view.has_value
        if name in DIMENSIONS:
            line = view.dimensions[DIMENSIONS.index(name)]
            return line.astype(np.int64), view.has_value
        if name == "messages":
            return columns.messages, np.ones(len(columns.messages), dtype=bool)
        if name == "rating":
            return columns.rating, columns.rating != NONE
        return self._timed(name) if name in _TIMED else self._alphabetical(name)

    def _timed(self, name: str) -> tuple[Ints, Mask]:
        started, is_told = self.columns.started, self.columns.started != NEVER
        if name == "duration":
            return np.where(is_told, self.columns.ended - started, 0), is_told
        return np.where(is_told, started, 0), is_told

    def _alphabetical(self, name: str) -> tuple[Ints, Mask]:
        facet = self.facet(_NAMED.get(name, name))
        if isinstance(facet, Pairs):
            raise TypeError(name)
        values = facet.values
        if name == "handoff":
            return facet.codes.astype(np.int64), facet.codes > 0
        ordered = sorted(range(len(values)), key=lambda at: _folded(values[at]))
        ranks = np.empty(len(values) + 1, dtype=np.int64)
        ranks[ordered] = np.arange(len(values))
        is_told = np.array([value != ABSENT for value in values] + [False])
        return ranks[facet.codes], is_told[facet.codes]


def _folded(value: str) -> tuple[str, str]:
    return fold(value).text, value
