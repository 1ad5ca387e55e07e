"""Put pieces of conversations together: webhooks, pages, rows, over several files.

They are kept in a temporary SQLite file, so memory stays the same.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from jauge.importers.native import BEGINNING, too_long
from jauge.importers.protocol import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.model.rejected import Rejected

_BATCH = 1000


class Pieces:
    """The pieces of all conversations so far, each under the key of its own."""

    def __init__(self) -> None:
        # A temporary database of SQLite's own: on disk, gone when closed. A page holds
        # several calls of a webhook, which small pages would cut up.
        self._kept = sqlite3.connect("")
        self._kept.executescript(
            "PRAGMA page_size=16384; PRAGMA cache_size=-4096;"
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE piece (key TEXT, number INTEGER PRIMARY KEY,"
            " file TEXT, line INTEGER, data BLOB);"
        )
        self._batch: list[tuple[str, str, int | None, bytes]] = []

    def keep(self, key: str, record: Record) -> None:
        """Keep a piece, in the order in which they come."""
        self._batch.append((key, record.file, record.line, record.data))
        if len(self._batch) == _BATCH:
            self._write()

    def _write(self) -> None:
        insert = "INSERT INTO piece (key, file, line, data) VALUES (?, ?, ?, ?)"
        self._kept.executemany(insert, self._batch)
        self._batch.clear()

    def records(self, limit: int) -> Iterator[Record | Rejected]:
        """Give each conversation as one JSON list of its pieces, first seen first.

        One over the limit is not held; the refusal has the place of its first piece.
        """
        self._write()
        self._kept.execute("CREATE INDEX by_key ON piece (key, number)")
        groups = self._kept.execute(
            "SELECT key, SUM(LENGTH(data) + 1) FROM piece"
            " GROUP BY key ORDER BY MIN(number)"
        )
        for key, size in groups:
            found = self._kept.execute(
                "SELECT data, file, line FROM piece WHERE key = ? ORDER BY number",
                (key,),
            )
            first, file, line = next(found)
            if size > limit:
                yield too_long(Record(first[:BEGINNING], file, line), limit)
                continue
            # A call that is sent again says nothing new.
            pieces = dict.fromkeys((first, *(data for data, _, _ in found)))
            yield Record(b"[" + b",".join(pieces) + b"]", file, line)

    def close(self) -> None:
        """Forget all pieces."""
        self._kept.close()
