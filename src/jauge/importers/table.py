"""Importer: a CSV table with one message a row, rows of one conversation anywhere.

Rows are grouped through a temporary SQLite file, so memory does not grow with the table.
"""

from __future__ import annotations

import codecs
import csv
import io
import sqlite3
from contextlib import closing
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, BinaryIO, ClassVar
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from jauge.errors import InputError
from jauge.importers.columns import fields_of
from jauge.importers.protocol import Record
from jauge.importers.rows import Row, conversation_of
from jauge.importers.times import day_first
from jauge.model.rejected import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jauge.model.conversation import Conversation
    from jauge.settings import ReadOptions

NEEDED = ("id", "role", "text")
_DELIMITERS = (",", ";", "\t", "|")
_BATCH = 1000
_SHOWN = 2000
_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class _Group(Struct, frozen=True):
    """The rows of one conversation, and how the file writes its dates."""

    days_first: bool
    timezone: str
    rows: list[Row]


class Table:
    """A CSV or TSV table: one message a row, column names in French or English."""

    name: ClassVar[str] = "csv"
    words: ClassVar[Mapping[str, str]] = {
        "fr": "un tableau CSV, un message par ligne : conversation, auteur, texte, date…",
        "en": "a CSV table, one message a row: conversation, role, text, time…",
    }

    def recognizes(self, head: bytes) -> bool:
        """Say whether the first line names a conversation, a role and a text."""
        header = next(_rows(io.BytesIO(head)), None)
        return header is not None and set(NEEDED) <= fields_of(header[1], {}).keys()

    def split(
        self, stream: BinaryIO, file: str, options: ReadOptions
    ) -> Iterator[Record | Rejected]:
        """Group the rows by conversation, in the order in which they first appear."""
        rows = _rows(stream)
        _, header = next(rows, (1, []))
        fields = fields_of(header, options.columns)
        missing = [field for field in NEEDED if field not in fields]
        if missing:
            names = ", ".join(header) or "none"
            example = ",".join(f"{field}=COLUMN" for field in missing)
            msg = f"{file}: no column for {', '.join(missing)} (columns: {names}). Say which: --columns {example}"  # noqa: E501
            raise InputError(msg)
        with closing(sqlite3.connect("")) as kept:
            # A temporary database of SQLite's own: on disk, gone when closed.
            kept.executescript(
                "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-4096;"
                "CREATE TABLE line (id TEXT, number INTEGER, cells BLOB);"
            )
            keeper = _Keeper(kept, file, fields, len(header))
            yield from keeper.keep(rows)
            days_first = keeper.days_first is not False
            for number, group in _groups(kept):
                made = _Group(days_first, options.timezone, group)
                yield Record(msgspec.json.encode(made), file, number)

    def parse(self, record: Record) -> Conversation | Rejected:
        """Make a conversation of its rows."""
        group = msgspec.json.decode(record.data, type=_Group)
        return conversation_of(
            group.rows, record, _zone(group.timezone), days_first=group.days_first
        )


class _Keeper:
    """Puts rows into the database, and notices how the file writes its dates."""

    def __init__(
        self, kept: sqlite3.Connection, file: str, fields: Mapping[str, int], width: int
    ) -> None:
        self.kept, self.file, self.fields, self.width = kept, file, fields, width
        self.days_first: bool | None = None

    def keep(self, rows: Iterable[tuple[int, list[str]]]) -> Iterator[Rejected]:
        """Keep each row under its conversation; refuse those that have none."""
        batch: list[tuple[str, int, bytes]] = []
        for number, cells in rows:
            if not any(cells):
                continue
            named = {
                field: cells[index]
                for field, index in self.fields.items()
                if index < len(cells) and cells[index]
            }
            reason = self._fault(named, cells)
            if reason:
                shown = ";".join(cells)[:_SHOWN]
                yield Rejected(self.file, number, "$", reason, shown)
                continue
            if self.days_first is None:
                self.days_first = day_first(named.get("at", ""))
            batch.append((named["id"].strip(), number, msgspec.json.encode(named)))
            if len(batch) == _BATCH:
                self._write(batch)
        self._write(batch)

    def _fault(self, named: Mapping[str, str], cells: list[str]) -> str:
        if len(cells) > self.width and any(cells[self.width :]):
            return f"{len(cells)} cells in a table of {self.width} columns; is a quote missing?"
        return "" if named.get("id", "").strip() else "no conversation id"

    def _write(self, batch: list[tuple[str, int, bytes]]) -> None:
        self.kept.executemany("INSERT INTO line VALUES (?, ?, ?)", batch)
        batch.clear()


def _groups(kept: sqlite3.Connection) -> Iterator[tuple[int, list[Row]]]:
    """Give the first line and the rows of each conversation, first seen first."""
    query = (
        "SELECT first.number, line.number, line.cells FROM line JOIN"
        " (SELECT id, MIN(number) AS number FROM line GROUP BY id) AS first USING (id)"
        " ORDER BY first.number, line.number"
    )
    current: int | None = None
    rows: list[Row] = []
    for first, number, cells in kept.execute(query):
        if current is not None and first != current:
            yield current, rows
            rows = []
        current = first
        rows.append(Row(number, msgspec.json.decode(cells, type=dict[str, str])))
    if current is not None:
        yield current, rows


def _rows(stream: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a table with the line each one starts at."""
    lines = _lines(stream)
    first = next(lines, "")
    delimiter = max(_DELIMITERS, key=first.count)
    # A message may be long; the limit is process-wide and only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), 1 << 30))
    reader = csv.reader(_again(first, lines), delimiter=delimiter)
    start = 1
    for cells in reader:
        yield start, cells
        start = reader.line_num + 1


def _again(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _lines(stream: BinaryIO) -> Iterator[str]:
    """Decode line by line: UTF-8 with or without mark, UTF-16, else Windows-1252."""
    head = stream.read(2)
    if head in _WIDE:
        yield from codecs.getreader(_WIDE[head])(stream, errors="replace")
        return
    first = head + stream.readline() if not head.endswith(b"\n") else head
    yield _decode(first.removeprefix(codecs.BOM_UTF8))
    for line in stream:
        yield _decode(line)


def _decode(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        # Five bytes mean nothing in Windows-1252; shown as such, they lose no row.
        return line.decode("cp1252", errors="replace")


def _zone(name: str) -> tzinfo:
    return UTC if name == "UTC" else ZoneInfo(name)
