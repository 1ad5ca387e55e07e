"""The answer to a query: how many, what they say together, facets, and the order."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jauge.columnar.arrays import NEVER, Codes
from jauge.columnar.facets import MOST_OPTIONS, Facet, Masks, chosen_of, facet_of
from jauge.columnar.marks import reviews_of, states_of
from jauge.columnar.numbers import (
    Change,
    agents_in,
    change_of,
    overview_of,
    scores_in,
    times_in,
)
from jauge.columnar.periods import Bounds
from jauge.columnar.query import FACETS
from jauge.columnar.search import needles_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jauge.columnar.arrays import Coded, Ints, Mask
    from jauge.columnar.board import Board
    from jauge.columnar.marks import Marks
    from jauge.columnar.query import Query
    from jauge.report.overview import Overview

_PERIOD, _TEXT = "period", "text"


class Everything(NamedTuple):
    """All conversations of the desk: how many, and from when to when, in UTC."""

    total: int
    first: datetime | None
    last: datetime | None


class Spans(NamedTuple):
    """The period that is asked for, and as many days before; None is no such."""

    period: Bounds
    before: Bounds | None


class Selection:
    """What a query finds; each answer is worked out when it is first asked for.

    The list holds scored conversations, others only where the facet `status` asks for
    them. The numbers of `overview` speak of all that match, whatever their status.
    """

    def __init__(self, board: Board, query: Query, spans: Spans, marks: Marks) -> None:
        self.query = query
        self._board, self._columns, self._view = board, board.columns, board.view
        self._spans, self.marks = spans, marks

    @cached_property
    def _masks(self) -> Masks:
        masks = Masks(len(self._columns.numbers))
        if not self._spans.period.is_open:
            masks.put(_PERIOD, self._within(self._spans.period))
        needles = needles_of(self.query.text)
        if needles:
            masks.put(_TEXT, self._board.holding(needles))
        for name, values in self.query.chosen:
            must_all = name == "signal" and self.query.signals_all
            found = chosen_of(self._facet(name), values, must_all=must_all)
            masks.put(name, found)
        return masks

    def _within(self, bounds: Bounds) -> Mask:
        started = self._columns.started
        mask = started != NEVER
        if bounds.start is not None:
            mask &= started >= bounds.start
        if bounds.end is not None:
            mask &= started < bounds.end
        return np.asarray(mask)

    def _facet(self, name: str) -> Coded:
        if name == "state":
            return self._states
        return self._reviews if name == "review" else self._board.facet(name)

    @cached_property
    def _states(self) -> Codes:
        return states_of(self._columns.numbers, self.marks)

    @cached_property
    def _reviews(self) -> Coded:
        return reviews_of(self._columns.numbers, self.marks)

    @cached_property
    def _matching(self) -> Mask:
        return self._masks.all()

    def _listed_of(self, mask: Mask) -> Mask:
        """Leave out what has no score, unless it is asked for."""
        is_asked = bool(self.query.values("status"))
        return mask if is_asked else mask & self._view.has_value

    @cached_property
    def _rows(self) -> Ints:
        listed = self._listed_of(self._matching)
        return np.asarray(self._order[listed[self._order]])

    @cached_property
    def _order(self) -> Ints:
        query = self.query
        if query.order != "state":
            return self._board.order(query.order, descending=query.descending)
        # Marks change from one question to the next: their order is no board's.
        worst = self._board.order("score", descending=False)
        codes = self._states.codes[worst]
        return worst[np.argsort(-codes if query.descending else codes, kind="stable")]

    @cached_property
    def total(self) -> int:
        """Count the conversations of the list."""
        return int(np.count_nonzero(self._listed_of(self._matching)))

    @cached_property
    def overview(self) -> Overview:
        """Give the numbers of all that match, as `report.overview.Tally` does."""
        return overview_of(self._columns, self._view, self._matching)

    @cached_property
    def considered(self) -> int:
        """Count all that match, scored or not."""
        return int(np.count_nonzero(self._matching))

    @cached_property
    def with_agent(self) -> int:
        """Count those of them that went to an agent, also when their part counts."""
        return int(agents_in(self._columns, self._matching).totals.sum()) // 100

    @cached_property
    def _before(self) -> Mask | None:
        if self._spans.before is None:
            return None
        return self._masks.all(but=_PERIOD) & self._within(self._spans.before)

    @cached_property
    def average_change(self) -> Change | None:
        """Give the change of the average against as many days before, in points."""
        if self._before is None:
            return None
        now, before = (
            scores_in(self._columns, self._view, mask)
            for mask in (self._matching, self._before)
        )
        return change_of(now, before)

    @cached_property
    def agent_share_change(self) -> Change | None:
        """Give the change of the share with an agent, in points of a hundred."""
        if self._before is None:
            return None
        now, before = (
            agents_in(self._columns, mask) for mask in (self._matching, self._before)
        )
        return change_of(now, before)

    @cached_property
    def facets(self) -> Mapping[str, Facet]:
        """Count what each value leaves under all other filters, facet by facet.

        Where all signals are asked for, what each leaves besides those.
        """
        return {name: self._counted(name) for name in FACETS}

    def whole(self, name: str) -> Facet:
        """Count what each value of a facet leaves, and list all of them."""
        return self._counted(name, None)

    def _counted(self, name: str, most: int | None = MOST_OPTIONS) -> Facet:
        chosen = self.query.values(name)
        stays = name == "signal" and self.query.signals_all
        is_same = not chosen or stays
        mask = self._matching if is_same else self._masks.all(but=name)
        if name != "status":
            mask = self._listed if is_same else self._listed_of(mask)
        return facet_of(name, self._facet(name), mask, chosen, most)

    def count_within(self, bounds: Bounds) -> int:
        """Count what another period would leave under all other filters."""
        mask = self._masks.all(but=_PERIOD)
        if not bounds.is_open:
            mask = mask & self._within(bounds)
        return int(np.count_nonzero(self._listed_of(mask)))

    @cached_property
    def _listed(self) -> Mask:
        return self._listed_of(self._matching)

    def numbers(self, start: int = 0, stop: int | None = None) -> list[int]:
        """Give the database numbers of conversations of the list, in its order."""
        found = self._rows[max(start, 0) : None if stop is None else max(stop, 0)]
        return [int(one) for one in self._columns.numbers[found]]

    def place_of(self, number: int) -> tuple[int, int] | None:
        """Give the place of a conversation in the list, from 0, and the length."""
        row = int(np.searchsorted(self._columns.numbers, number))
        places = np.flatnonzero(self._rows == row)
        known = row < len(self._columns.numbers)
        if not known or self._columns.numbers[row] != number or not len(places):
            return None
        return int(places[0]), len(self._rows)

    def neighbours(self, number: int) -> tuple[int | None, int | None]:
        """Give the conversations before and after one in the list."""
        place = self.place_of(number)
        if place is None:
            return None, None
        at, length = place
        before = self.numbers(at - 1, at) if at else []
        after = self.numbers(at + 1, at + 2) if at + 1 < length else []
        return next(iter(before), None), next(iter(after), None)

    @cached_property
    def everything(self) -> Everything:
        """Tell of all conversations, whatever is filtered."""
        return Everything(len(self._columns.numbers), *times_in(self._columns))

    @property
    def data_until(self) -> datetime | None:
        """Give the last time that any conversation tells."""
        return self.everything.last
