"""Put pieces of conversations together: webhooks, pages, rows, over several files.

A few megabytes stay in memory; what is more goes to a temporary SQLite file, so memory
stays the same.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from jauge.aside import put_aside
from jauge.importers.native import BEGINNING, too_long
from jauge.importers.protocol import Record
from jauge.model.rejected import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.importers.protocol import Importer

ROOM = 32 << 20
"""How many bytes of pieces stay in memory."""
# What Python keeps beside the bytes of a piece, and of a conversation.
_BESIDE, _BESIDE_FIRST = 100, 400


class _Group(NamedTuple):
    """The pieces of a conversation in memory, and where the first of them stands."""

    source: int
    file: str
    line: int | None
    pieces: list[bytes]


class Pieces:
    """The pieces of all conversations so far, each under the key of its own.

    `room` is how many bytes of them stay in memory; the outcome is the same with any.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room = self._left = room
        self._held: dict[str, _Group] = {}
        self._aside: sqlite3.Connection | None = None
        # The number of the file that is being read; names may come twice.
        self.source = 0

    def keep(self, key: str, record: Record) -> None:
        """Keep a piece, in the order in which they come."""
        data = record.data
        group = self._held.get(key)
        if group is None:
            group = _Group(self.source, record.file, record.line, [])
            self._held[key] = group
            self._left -= len(key) + _BESIDE_FIRST
        group.pieces.append(data)
        self._left -= len(data) + _BESIDE
        if self._left < 0:
            self.put_aside()

    def put_aside(self) -> None:
        """Put on disk what is in memory.

        Raises:
            InputError: the disk has no room.
        """
        if not self._held:
            return
        with put_aside():
            self._aside = self._aside or _database()
            # Conversation by conversation: those seen first still come first.
            self._aside.executemany(
                "INSERT INTO piece (key, source, file, line, data)"
                " VALUES (?, ?, ?, ?, ?)",
                (
                    (key, group.source, group.file, group.line, data)
                    for key, group in self._held.items()
                    for data in group.pieces
                ),
            )
        self._held.clear()
        self._left = self._room

    def records(self, limit: int) -> Iterator[Record | Rejected]:
        """Give each conversation as one JSON list of its pieces, first seen first.

        One over the limit is not held; the refusal has the place of its first piece.
        """
        for _, record in self.by_source(limit):
            yield record

    def by_source(self, limit: int) -> Iterator[tuple[int, Record | Rejected]]:
        """Give each conversation with the number of the file of its first piece."""
        if self._aside is None:
            for key in tuple(self._held):
                group = self._held.pop(key)
                size = sum(map(len, group.pieces)) + len(group.pieces)
                yield group.source, _joined(group, limit, is_over=size > limit)
            return
        self.put_aside()
        with put_aside():
            yield from _from_disk(self._aside, limit)

    def close(self) -> None:
        """Forget all pieces."""
        self._held.clear()
        if self._aside is not None:
            self._aside.close()


def _database() -> sqlite3.Connection:
    """Make a temporary database of SQLite's own: on disk, gone when closed."""
    made = sqlite3.connect("")
    # A page holds several calls of a webhook, which small pages would cut up.
    made.executescript(
        "PRAGMA page_size=16384; PRAGMA cache_size=-4096;"
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
        "CREATE TABLE piece (key TEXT, number INTEGER PRIMARY KEY,"
        " source INTEGER, file TEXT, line INTEGER, data BLOB);"
    )
    return made


def _from_disk(
    kept: sqlite3.Connection, limit: int
) -> Iterator[tuple[int, Record | Rejected]]:
    kept.execute("CREATE INDEX by_key ON piece (key, number)")
    groups = kept.execute(
        # Of a group, SQLite gives the other columns of the row of the minimum.
        "SELECT key, SUM(LENGTH(data) + 1), source, file, line, MIN(number)"
        " FROM piece GROUP BY key ORDER BY MIN(number)"
    )
    for key, size, source, file, line, _ in groups:
        found = kept.execute(
            "SELECT data FROM piece WHERE key = ? ORDER BY number", (key,)
        )
        is_over = size > limit
        pieces = [data for (data,) in (found.fetchmany(1) if is_over else found)]
        group = _Group(source, file, line, pieces)
        yield source, _joined(group, limit, is_over=is_over)


def _joined(group: _Group, limit: int, *, is_over: bool) -> Record | Rejected:
    if is_over:
        first = group.pieces[0][:BEGINNING]
        return too_long(Record(first, group.file, group.line), limit)
    # A call that is sent again says nothing new.
    pieces = dict.fromkeys(group.pieces)
    return Record(b"[" + b",".join(pieces) + b"]", group.file, group.line)


class Joined:
    """The pieces of several files, each importer's apart, until all files are read.

    `sources` are the numbers of the files that have pieces.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Importer, Pieces]] = {}
        self._last: Pieces | None = None
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
        if self._last is not None and self._last is not pieces:
            # The room in memory is that of one.
            self._last.put_aside()
        self._last = pieces
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
