"""Read rows of a database one batch ahead, in a thread, while others are worked on."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from duckdb import DuckDBPyConnection

_Batch = TypeVar("_Batch")
_FEWEST, _FIRST, _MOST, _BATCH_CHARS = 64, 512, 2048, 4 * 1024 * 1024


def ahead(
    batches: Iterator[_Batch], interrupt: Callable[[], object]
) -> Iterator[_Batch]:
    """Give batches as they come; while one is worked on, the next is read.

    One batch is ahead, never more. An error comes where its batch would have come. Who
    stops early has `interrupt` called, so that what is being read ends at once.

    >>> list(ahead(iter("abc"), list))
    ['a', 'b', 'c']
    """
    # Other processes (`--jobs`) mostly start at the first batch: before the thread.
    yield from itertools.islice(batches, 1)
    # Slow to import, and most formats need none.
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1, "jauge-ahead") as pool:
        coming = pool.submit(next, batches, None)
        try:
            while (batch := coming.result()) is not None:
                coming = pool.submit(next, batches, None)
                yield batch
        finally:
            if not coming.done():
                interrupt()


def batches_of(database: DuckDBPyConnection, sql: str) -> Iterator[list[Any]]:
    """Give the rows of a query in lists; the next is read while one is worked on.

    The query must give the same rows in the same order each time: DuckDB makes some
    thousand rows before it gives one, so that the first are asked for by themselves.
    """
    return ahead(_fetched(database, sql), database.interrupt)


def _fetched(database: DuckDBPyConnection, sql: str) -> Iterator[list[Any]]:
    """Fetch the more rows at a time, the shorter the last were."""
    found = database.execute(f"{sql} LIMIT {2 * _FIRST}").fetchall()
    # In two parts: while the second is worked on, the rest is asked for.
    yield from filter(None, (found[:_FIRST], found[_FIRST:]))
    if len(found) < 2 * _FIRST:
        return
    database.execute(f"{sql} OFFSET {2 * _FIRST}")
    while found := database.fetchmany(_count_after(found)):
        yield found


def _count_after(found: list[Any]) -> int:
    some = found[::_FEWEST]
    chars = sum(len(cell) for row in some for cell in row if cell) // len(some)
    return min(_MOST, max(_FEWEST, _BATCH_CHARS // (chars + 1)))
