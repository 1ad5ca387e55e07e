"""Importer: a CSV table with one message a row, rows of one conversation anywhere.

Rows are grouped through a temporary SQLite file, so memory stays the same.
"""

from __future__ import annotations

import io
import itertools
import operator
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, BinaryIO, ClassVar

import msgspec
from msgspec import Struct

from jauge.aside import put_aside
from jauge.errors import ColumnsError
from jauge.importers.cells import Cells, rows_of
from jauge.importers.columns import column_named, fields_of
from jauge.importers.habits import Habit, Habits
from jauge.importers.native import too_long
from jauge.importers.protocol import Record
from jauge.importers.reports import rating_in, refuse_columns
from jauge.importers.rows import HowRead, Row, conversation_of, unread
from jauge.importers.times import zone_named
from jauge.model.rejected import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from jauge.model.conversation import Conversation
    from jauge.settings import ReadOptions

NEEDED = ("id", "role", "text")
_BATCH = 1000
_SHOWN = 500
_Line = tuple[str, int, int, bytes, bytes]
"""Conversation, line, size of the source, cells, source."""
_TWO = msgspec.json.Decoder(tuple[dict[str, str], dict[str, object]])


class _Group(Struct, frozen=True):
    """The rows of one conversation, and how the file writes its dates."""

    habit: Habit
    timezone: str
    roles: dict[str, str]
    rows: list[Row]


class Table:
    """A CSV or TSV table: one message a row, column names in French or English."""

    name: ClassVar[str] = "csv"
    words: ClassVar[Mapping[str, str]] = {
        "fr": "un tableau CSV, un message par ligne : conversation, auteur, texte",
        "en": "a CSV table, one message a row: conversation, role, text",
    }

    def recognizes(self, head: bytes) -> bool:
        """Say whether the first line names a conversation, a role and a text."""
        return set(NEEDED) <= fields_of(header_of(head), {}).keys()

    def split(
        self, stream: BinaryIO, file: str, options: ReadOptions
    ) -> Iterator[Record | Rejected]:
        """Group the rows by conversation, in the order in which they first appear."""
        rows = rows_of(stream, options.limits.record_bytes)
        yield from grouped(rows, file, options)

    def parse(self, record: Record) -> Conversation | Rejected:
        """Make a conversation of its rows."""
        return group_read(record)


def grouped(
    rows: Iterator[Cells], file: str, options: ReadOptions
) -> Iterator[Record | Rejected]:
    """Group rows, the header first, by conversation; first seen first.

    Raises:
        ColumnsError: no column for what is needed.
    """
    header = next(rows, Cells(1, [])).cells
    fields = checked(fields_of(header, options.columns), header, file, options)
    with put_aside(), closing(sqlite3.connect("")) as kept:
        # A temporary database of SQLite's own: on disk, gone when closed.
        kept.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "PRAGMA cache_size=-512;"
            "CREATE TABLE line (id TEXT, number INTEGER, size INTEGER,"
            " cells BLOB, source BLOB);"
        )
        keeper = _Keeper(kept, file, fields, header)
        yield from keeper.keep(rows, options.leave_out)
        if keeper.habits.zoneless and options.on_zoneless:
            options.on_zoneless()
        habit = keeper.habits.habit(has_hours="hour" in fields)
        limit = options.limits.record_bytes
        for number, group, source in _groups(kept, limit):
            made = _Group(habit, options.timezone, options.roles, group)
            record = Record(msgspec.json.encode(made), file, number, source)
            over = record._replace(data=source)
            yield record if group else too_long(over, limit)


def speakers_of(record: Record) -> Iterator[str]:
    """Give who speaks in each row of a conversation, as the table names them."""
    group = msgspec.json.decode(record.data, type=_Group)
    yield from (row.cells.get("role", "").strip() for row in group.rows)


def group_read(record: Record) -> Conversation | Rejected:
    """Make a conversation of grouped rows."""
    group = msgspec.json.decode(record.data, type=_Group)
    reading = HowRead(zone_named(group.timezone), group.roles, group.habit)
    return conversation_of(group.rows, record, reading)


def checked(
    fields: dict[str, int], header: list[str], file: str, options: ReadOptions
) -> dict[str, int]:
    """Give the columns of the fields, and tell who asks what each column is.

    Raises:
        ColumnsError: a column that is named is not there, or one that is needed.
        ReportError: there are no messages.
    """
    for column in options.columns.values():
        if column_named(column, header) is None:
            names = _told(header)
            msg = f"{file}: no column {column} (columns: {names}). Correct --columns."
            raise ColumnsError(msg, tuple(header))
    if not set(NEEDED) <= fields.keys():
        if rating_in(header):
            refuse_columns(header, file)
        raise without_columns(fields, header, file)
    if options.on_columns:
        field_at = {index: name for name, index in fields.items()}
        told = {name: field_at.get(at) for at, name in enumerate(header) if name}
        options.on_columns(told)
    return fields


def without_columns(
    fields: Mapping[str, int], header: Sequence[str], file: str
) -> ColumnsError:
    """Say of a table which column that is needed it lacks, and which it has."""
    missing = tuple(field for field in NEEDED if field not in fields)
    example = ",".join(f"{field}=COLUMN" for field in missing)
    msg = (
        f"{file}: no column for {', '.join(missing)} (columns: {_told(header)})."
        f" Say which: --columns {example}"
    )
    return ColumnsError(msg, tuple(header), missing)


def _told(header: Sequence[str]) -> str:
    return " ".join(", ".join(header).split())[:_SHOWN] or "none"


def header_of(head: bytes) -> list[str]:
    """Give the column names of a table by its first bytes.

    >>> header_of(b"id;role;text")
    ['id', 'role', 'text']
    """
    return next(rows_of(io.BytesIO(head), len(head)), Cells(1, [])).cells


class _Keeper:
    """Puts rows into the database, and notices how the file writes its times."""

    def __init__(
        self,
        kept: sqlite3.Connection,
        file: str,
        fields: Mapping[str, int],
        header: Sequence[str],
    ) -> None:
        self.kept, self.file, self.fields = kept, file, fields
        self.width = len(header)
        taken = set(fields.values())
        self.own = {
            name.strip(): index
            for index, name in enumerate(header)
            if index not in taken and name.strip()
        }
        self.habits = Habits()

    def keep(
        self, rows: Iterable[Cells], leave_out: Callable[[str], None]
    ) -> Iterator[Rejected]:
        """Keep each row under its conversation; refuse those that have none."""
        batch: list[_Line] = []
        for row in rows:
            if not row.fault and not any(map(str.strip, row.cells)):
                continue
            named, own = _named(row, self.fields), _named(row, self.own)
            reason = row.fault or self._fault(named, row.cells)
            if reason:
                yield Rejected(self.file, row.line, "$", reason, row.text)
                continue
            self.habits.notice(named.get("at", "").strip())
            for kind in unread(named):
                leave_out(kind)
            cells, source = msgspec.json.encode((named, own)), row.text.encode()
            batch.append((named["id"].strip(), row.line, len(source), cells, source))
            if len(batch) == _BATCH:
                self._write(batch)
        self._write(batch)

    def _fault(self, named: Mapping[str, str], cells: list[str]) -> str:
        if len(cells) > self.width and any(cells[self.width :]):
            found = f"{len(cells)} cells in a table of {self.width} columns"
            return f"{found}; is a quote missing?"
        return "" if named.get("id", "").strip() else "no conversation id"

    def _write(self, batch: list[_Line]) -> None:
        self.kept.executemany("INSERT INTO line VALUES (?, ?, ?, ?, ?)", batch)
        batch.clear()


def _named(row: Cells, places: Mapping[str, int]) -> dict[str, str]:
    return {
        name: row.cells[index]
        for name, index in places.items()
        if index < len(row.cells) and row.cells[index]
    }


def _groups(
    kept: sqlite3.Connection, limit: int
) -> Iterator[tuple[int, list[Row], bytes]]:
    """Give first line, rows and source of each conversation, first seen first.

    A conversation over the limit is not held: it has no rows, and one line of source.
    """
    # CROSS keeps the order of the two, or SQLite scans all rows for each conversation.
    # What is put in order has no texts: on disk, these would be there once more.
    query = (
        "SELECT first.number, total, line.rowid FROM line CROSS JOIN"
        " (SELECT id, MIN(number) AS number, SUM(size) AS total"
        " FROM line GROUP BY id) AS first USING (id)"
        " ORDER BY first.number, line.number"
    )
    pick = "SELECT number, cells, source FROM line WHERE rowid = ?"
    picking = kept.cursor()
    ordered = kept.execute(query)
    for number, lines in itertools.groupby(ordered, key=operator.itemgetter(0)):
        rows: list[Row] = []
        sources: list[bytes] = []
        for _, size, place in lines:
            if size > limit and sources:
                continue
            line, cells, source = picking.execute(pick, (place,)).fetchone()
            sources.append(source)
            if size <= limit:
                rows.append(Row(line, *_TWO.decode(cells)))
        yield number, rows, b"\n".join(sources)
