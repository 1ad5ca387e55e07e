"""A desk: the conversations of a store in memory, for whoever asks; any thread may."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from jauge.columnar.board import Board
from jauge.columnar.columns import columns_of
from jauge.columnar.copy import Copy
from jauge.columnar.marks import NONE_YET
from jauge.columnar.numbers import times_in
from jauge.columnar.parts import check_duckdb
from jauge.columnar.periods import before, bounds_of, days_of
from jauge.columnar.selection import Selection, Spans
from jauge.store.current import State, ratings_of, state_of
from jauge.store.sqlite import Watch

if TYPE_CHECKING:
    from datetime import datetime

    from jauge.columnar.columns import Columns
    from jauge.columnar.marks import Marks
    from jauge.columnar.query import Query
    from jauge.store.database import Store

_MOST_KEPT = 32


class _Loaded(NamedTuple):
    """What was read, of which state, and the last answers that were given."""

    version: tuple[object, ...]
    state: State
    plain: Board
    with_bot_part: Board
    answers: dict[object, Selection]


def _loaded(version: tuple[object, ...], state: State, columns: Columns) -> _Loaded:
    plain = Board(columns, columns.whole)
    is_same = columns.with_bot_part is columns.whole
    mixed = plain if is_same else Board(columns, columns.with_bot_part)
    return _Loaded(version, state, plain, mixed, {})


class Desk:
    """Answers queries over the conversations that a store shows.

    It reads when it is made, and again when `refresh` finds a change; an answer that
    was given stays as it was.
    """

    def __init__(self, store: Store) -> None:
        """Read a store.

        Raises:
            StoreError: it cannot be read, or its copy not be written.
            UsageError: DuckDB is not installed.
        """
        check_duckdb()
        self._store, self._copy = store, Copy(store)
        self._watch, self._lock = Watch(store.path), Lock()
        self._loaded: _Loaded | None = None
        self.refresh()

    def refresh(self) -> bool:
        """Read again what has changed, and say whether anything had.

        While another thread reads, this one goes on with what there is.

        Raises:
            StoreError: the store cannot be read, or its copy not be written.
        """
        if not self._lock.acquire(blocking=self._loaded is None):
            return False
        try:
            return self._read_again()
        finally:
            self._lock.release()

    def _read_again(self) -> bool:
        # First what may change, then what is read: rather twice than not at all.
        version, loaded = self._watch.version(), self._loaded
        if loaded is not None and loaded.version == version:
            return False
        state = state_of(self._store)
        if loaded is not None and loaded.state == state:
            self._loaded = loaded._replace(version=version)
            return False
        self._loaded = _loaded(version, state, self._read(state))
        return True

    def _read(self, state: State) -> Columns:
        ratings = ratings_of(self._store)
        return self._copy.read(
            lambda ready: columns_of(ready, state.shown or "", ratings)
        )

    def select(self, query: Query, now: datetime, marks: Marks = NONE_YET) -> Selection:
        """Answer a query; `now` tells which days `today` and the like are.

        The last answers are kept, so that a second page costs nothing; they are known
        again by the same marks, the very same.
        """
        loaded = self._held
        days = days_of(query.period, query.zone, now)
        earlier = before(days)
        spans = Spans(
            bounds_of(days, query.zone),
            None if earlier is None else bounds_of(earlier, query.zone),
        )
        key, answers = (query, spans), loaded.answers
        known = answers.get(key)
        if known is not None and known.marks is marks:
            return known
        board = loaded.with_bot_part if query.count_bot_part else loaded.plain
        made = Selection(board, query, spans, marks)
        if len(answers) >= _MOST_KEPT:
            answers.clear()
        answers[key] = made
        return made

    @property
    def count(self) -> int:
        """Count all conversations, scored or not."""
        return len(self._held.plain.columns.numbers)

    @property
    def data_until(self) -> datetime | None:
        """Give the last time that any conversation tells, in UTC."""
        return times_in(self._held.plain.columns)[1]

    @property
    def memory_bytes(self) -> int:
        """Count the bytes that the conversations take in memory."""
        return self._held.plain.columns.memory_bytes

    @property
    def _held(self) -> _Loaded:
        if self._loaded is None:  # pragma: no cover - it is read when it is made
            raise AssertionError
        return self._loaded

    def close(self) -> None:
        """Let go of the store."""
        with self._lock:
            self._watch.close()
