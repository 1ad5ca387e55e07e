"""Keep the columnar copy of a store up to date: extended, put together, made anew."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from jauge.columnar.facts import facts
from jauge.columnar.parts import Folder, held, is_whole
from jauge.columnar.questions import question
from jauge.errors import StoreError
from jauge.store import sqlite
from jauge.store.columns_folder import columns_folder
from jauge.store.current import (
    Live,
    content_number,
    erased_count,
    live_scores,
    scores_to_copy,
)
from jauge.store.rows import conversation_of, score_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from jauge.store.database import Store
    from jauge.store.rows import Row

PART_ROWS = 20_000
_READ = 500
_MOST_SMALL = 8
_ATTEMPTS = 3
_PREFIX = "score_"

T = TypeVar("T")
Arrays = dict[str, "NDArray[np.generic]"]


class Ready(NamedTuple):
    """A copy that has all that counts: its parts, and the scores that do count."""

    folder: Folder
    live: list[Live]


class _ErasedError(StoreError):
    """Something was erased while it was copied."""


class Copy:
    """The copy of one store; the record is the store, so that it may go at any time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._whole: set[str] = set()

    def read(self, use: Callable[[Ready], T]) -> T:
        """Bring the copy up to date, and use it while nobody else changes it.

        What is missing, damaged, of another database or of another release is made
        anew from the store, without a word.

        Raises:
            StoreError: the store cannot be read, or the folder not written.
        """
        import duckdb

        for attempt in itertools.count(1):
            with held(columns_folder(self._store.path)) as folder:
                try:
                    return use(Ready(folder, self._extended(folder)))
                except (StoreError, duckdb.Error) as error:
                    # Forgetting takes the folder away, whoever uses it.
                    is_taken = isinstance(error, _ErasedError) or not folder.is_there()
                    if attempt == _ATTEMPTS or not (
                        is_taken or isinstance(error, duckdb.Error)
                    ):
                        raise _in_words(folder.path, error) from error
                    if not isinstance(error, _ErasedError):
                        folder.drop(folder.parts())
        raise AssertionError  # pragma: no cover - the loop does not end

    def clean(self, patience: float) -> None:
        """Take out what the store holds no more; other parts stay as they are.

        Raises:
            StoreError: the store cannot be read, the folder not written, or another
                program holds it for longer than so many seconds.
        """
        import duckdb

        with held(columns_folder(self._store.path), patience) as folder:
            try:
                live = self._sorted_out(folder)[1]
                if astray(folder, live, folder.parts()):
                    folder.drop(folder.parts())
            except duckdb.Error as error:
                raise _in_words(folder.path, error) from error

    def _extended(self, folder: Folder) -> list[Live]:
        """Copy the scores that count and are not copied yet; give all that count."""
        erased, live = self._sorted_out(folder)
        copied = _copied(folder)
        missing = sorted(one.score for one in set(live).difference(copied))
        for start in range(0, len(missing), PART_ROWS):
            numbers = missing[start : start + PART_ROWS]
            made = folder.written(_rows(self._store, numbers))
            if made is not None:
                self._place(folder, made, (numbers[0], numbers[-1], erased))
        stale = len(copied) - len(set(live).intersection(copied))
        is_twice = len(copied) > len(set(copied))
        most = _MOST_SMALL + 2 * (len(live) // PART_ROWS)
        if live and (is_twice or 2 * stale > len(live) or len(folder.parts()) > most):
            old = folder.parts()
            made = folder.joined(arrays_of(live), old)
            if made is not None:
                self._place(folder, made, (live[0].score, live[-1].score, erased))
            folder.drop(old)
        return live

    def _sorted_out(self, folder: Folder) -> tuple[int, list[Live]]:
        """Leave no part that is damaged, or has what was erased; give what counts.

        The name of a part tells how much had been erased when all of it still counted.
        """
        with sqlite.reading(self._store.engine) as connection:
            erased, live = erased_count(connection), live_scores(connection)
        for part in folder.parts():
            if part.name not in self._whole and is_whole(part):
                self._whole.add(part.name)
            # What was made after more had been erased is of another database.
            if part.name not in self._whole or not 0 <= _erased(part) <= erased:
                folder.drop([part])
        older = [part for part in folder.parts() if _erased(part) < erased]
        hit = astray(folder, live, older)
        for part in older:
            first, last = (int(told) for told in part.name.split("-")[:2])
            if part.name not in hit:
                self._whole.add(folder.renamed(part, _name(first, last, erased)))
                continue
            made = folder.joined(arrays_of(live), [part])
            # First of all what is erased goes; what is lost in between is copied anew.
            folder.drop([part])
            if made is not None:
                self._place(folder, made, (first, last, erased))
        return erased, live

    def _place(self, folder: Folder, made: Path, facts: tuple[int, int, int]) -> None:
        first, last, erased = facts
        # Nobody erases while we write; what was erased since it was read stays out.
        with sqlite.writing(self._store.engine) as connection:
            if erased_count(connection) != erased:
                made.unlink(missing_ok=True)
                msg = "something was erased meanwhile"
                raise _ErasedError(msg)
            name = folder.place(made, _name(first, last, erased))
        self._whole.add(name)


def arrays_of(live: Sequence[Live]) -> Arrays:
    """Give scores as a table that DuckDB reads."""
    return {
        "score": np.array([one.score for one in live], dtype=np.int64),
        "content": np.array([one.content for one in live], dtype=np.int64),
        "scorer": np.array([one.scorer for one in live], dtype=object),
    }


def astray(folder: Folder, live: Sequence[Live], parts: Sequence[Path]) -> set[str]:
    """Name those of the parts that have a row which does not count any more."""
    if not parts:
        return set()
    with folder.connected(parts) as database:
        database.register("live", arrays_of(live))
        found = database.execute(question("astray")).fetchall()
    return {Path(told).name for (told,) in found}


def _name(first: int, last: int, erased: int) -> str:
    return f"{first:012}-{last:012}-{erased}"


def _erased(part: Path) -> int:
    """Read how much had been erased off the name of a part; −1 of any other name."""
    told = part.name.split("-")[:3]
    is_ours = len(told) == 3 and all(one.isdecimal() for one in told)  # noqa: PLR2004 - first, last, erased
    return int(told[2]) if is_ours else -1


def _copied(folder: Folder) -> list[tuple[int, int, str]]:
    """Give the scores in all parts; one that stands twice is given twice."""
    if not folder.parts():
        return []
    with folder.connected() as database:
        return database.execute(question("copied")).fetchall()


def _rows(store: Store, numbers: Sequence[int]) -> Iterator[dict[str, object]]:
    for start in range(0, len(numbers), _READ):
        with sqlite.reading(store.engine) as connection:
            rows = scores_to_copy(connection, numbers[start : start + _READ])
        # A conversation that went on meanwhile has another score, to be copied later.
        yield from (_row(one) for one in rows if one["content"] == one["score_content"])


def _row(row: Row) -> dict[str, object]:
    parts = {name.removeprefix(_PREFIX): row[name] for name in row}
    score = score_of(parts, row["id"], row["by"])
    return {
        **facts(row, conversation_of(row), score),
        "score": row["score_number"],
        "content": content_number(row["content"]),
        "rating": row["hundredths"],
    }


def _in_words(path: Path, error: Exception) -> StoreError:
    if isinstance(error, StoreError):
        return error
    said = " ".join(str(error).split())
    return StoreError(f"{path}: cannot be read ({said}). Remove it and run it again.")
