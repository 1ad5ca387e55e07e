"""Put pieces of conversations together: webhooks, pages, rows, over several files.

They are kept in a temporary SQLite file, so memory stays the same.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from jauge.aside import put_aside
from jauge.importers.native import BEGINNING, too_long
from jauge.importers.protocol import Record
from jauge.model.rejected import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.importers.protocol import Importer

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
            " source INTEGER, file TEXT, line INTEGER, data BLOB);"
        )
        self._batch: list[tuple[str, int, str, int | None, bytes]] = []
        # The number of the file that is being read; names may come twice.
        self.source = 0

    def keep(self, key: str, record: Record) -> None:
        """Keep a piece, in the order in which they come."""
        place = self.source, record.file, record.line
        self._batch.append((key, *place, record.data))
        if len(self._batch) == _BATCH:
            self._write()

    def _write(self) -> None:
        insert = (
            "INSERT INTO piece (key, source, file, line, data) VALUES (?, ?, ?, ?, ?)"
        )
        with put_aside():
            self._kept.executemany(insert, self._batch)
        self._batch.clear()

    def records(self, limit: int) -> Iterator[Record | Rejected]:
        """Give each conversation as one JSON list of its pieces, first seen first.

        One over the limit is not held; the refusal has the place of its first piece.
        """
        for _, record in self.by_source(limit):
            yield record

    def by_source(self, limit: int) -> Iterator[tuple[int, Record | Rejected]]:
        """Give each conversation with the number of the file of its first piece."""
        self._write()
        with put_aside():
            yield from self._joined(limit)

    def _joined(self, limit: int) -> Iterator[tuple[int, Record | Rejected]]:
        self._kept.execute("CREATE INDEX by_key ON piece (key, number)")
        groups = self._kept.execute(
            # Of a group, SQLite gives the other columns of the row of the minimum.
            "SELECT key, SUM(LENGTH(data) + 1), source, file, line, MIN(number)"
            " FROM piece GROUP BY key ORDER BY MIN(number)"
        )
        for key, size, source, file, line, _ in groups:
            found = self._kept.execute(
                "SELECT data FROM piece WHERE key = ? ORDER BY number", (key,)
            )
            if size > limit:
                (first,) = next(found)
                yield source, too_long(Record(first[:BEGINNING], file, line), limit)
                continue
            # A call that is sent again says nothing new.
            pieces = dict.fromkeys([data for (data,) in found])
            yield source, Record(b"[" + b",".join(pieces) + b"]", file, line)

    def close(self) -> None:
        """Forget all pieces."""
        self._kept.close()


class Joined:
    """The pieces of several files, each importer's apart, until all files are read.

    `sources` are the numbers of the files that have pieces.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Importer, Pieces]] = {}
        self._source = 0
        self.sources: set[int] = set()

    def begin(self, source: int) -> None:
        """Begin the file of this number."""
        self._source = source

    def of(self, importer: Importer) -> Pieces:
        """Give what keeps the pieces of the file that is being read."""
        if importer.name not in self._kept:
            self._kept[importer.name] = importer, Pieces()
        self.sources.add(self._source)
        _, pieces = self._kept[importer.name]
        pieces.source = self._source
        return pieces

    def records(
        self, limit: int
    ) -> Iterator[tuple[int, tuple[Importer, Record] | Rejected]]:
        """Give each conversation with the number of the file of its first piece.

        Only when all files are read is a conversation in pieces complete.
        """
        for importer, pieces in self._kept.values():
            for source, record in pieces.by_source(limit):
                if isinstance(record, Rejected):
                    yield source, record
                else:
                    yield source, (importer, record)

    def close(self) -> None:
        """Forget all pieces."""
        for _, pieces in self._kept.values():
            pieces.close()
