"""Importer: Parquet and Arrow files, one message a row, or one conversation a row.

DuckDB reads them row group by row group; what it gives are the rows of a table.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, BinaryIO, ClassVar, NamedTuple

import msgspec
from msgspec import Struct

from jauge.importers import native
from jauge.importers.ahead import batches_of
from jauge.importers.columnar_plain import plain_sql
from jauge.importers.columnar_sql import Shape, columns_of, shape_of, typed
from jauge.importers.columnar_whole import WHOLE, whole_of, wholes
from jauge.importers.database import CONFIG, duckdb_for, lent
from jauge.importers.habits import Habit
from jauge.importers.head import head_of
from jauge.importers.pieces import Pieces
from jauge.importers.protocol import Record
from jauge.importers.rows import HowRead, Row, conversation_of
from jauge.importers.table import checked
from jauge.importers.times import zone_named
from jauge.model.rejected import Rejected
from jauge.settings import ReadOptions
from jauge.unpacked import Unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from duckdb import DuckDBPyConnection

    from jauge.model.conversation import Conversation

_PARQUET, _ARROW = b"PAR1", (b"ARROW1\0\0", b"\xff\xff\xff\xff")
# A page of a file is unpacked whole, and one of long texts is large.
_PAGES = "2GB"
_SHOWN = 200
_RUN_BYTES = 1 << 20


class _Piece(Struct, frozen=True):
    """Rows of one conversation, and how the file writes its dates."""

    days_first: bool
    timezone: str
    roles: dict[str, str]
    rows: list[tuple[int, dict[str, str | None], dict[str, object]]]


class Source(NamedTuple):
    """A file, and how it is read.

    `is_alone`: its conversations go on in no other file.
    """

    file: str
    options: ReadOptions
    is_alone: bool = False


_PIECES = msgspec.json.Decoder(list[_Piece])


class Columnar:
    """Parquet and Arrow files, read as the rows of a table; joined over files."""

    name: ClassVar[str] = "parquet"
    words: ClassVar[Mapping[str, str]] = {
        "fr": "Parquet ou Arrow : un message par ligne, ou une conversation par ligne",
        "en": "Parquet or Arrow: one message a row, or one conversation a row",
    }
    joins: ClassVar[bool] = True

    def recognizes(self, head: bytes) -> bool:
        """Say whether the file starts as Parquet or Arrow do."""
        return head.startswith((_PARQUET, *_ARROW))

    def split(
        self, stream: BinaryIO, file: str, options: ReadOptions
    ) -> Iterator[Record | Rejected]:
        """Give the conversations in the order in which they first appear.

        Where the rows of each stand together, it comes as soon as they are read.
        """
        with closing(Pieces()) as pieces:
            yield from _read(stream, Source(file, options, is_alone=True), pieces)
            yield from pieces.records(options.limits.record_bytes)

    def keep(
        self, stream: BinaryIO, file: str, options: ReadOptions, pieces: Pieces
    ) -> Iterator[Record | Rejected]:
        """Keep rows under their conversations; a row that is a whole one is given.

        Raises:
            InputError: no column for what is needed, or no package to read with.
        """
        yield from _read(stream, Source(file, options), pieces)

    def parse(self, record: Record) -> Conversation | Rejected:
        """Make a conversation of its rows, or of one that holds it whole."""
        if record.data.startswith(b"{"):
            return native.decode(record)
        if record.data.startswith(WHOLE):
            return whole_of(record)
        pieces = _PIECES.decode(record.data)
        rows = [
            Row(number, {name: cell for name, cell in cells.items() if cell}, own)
            for piece in pieces
            for number, cells, own in piece.rows
        ]
        zone, habit = zone_named(pieces[0].timezone), Habit(pieces[0].days_first)
        reading = HowRead(zone, pieces[0].roles, habit)
        return conversation_of(rows, record, reading)


def _read(
    stream: BinaryIO, source: Source, pieces: Pieces
) -> Iterator[Record | Rejected]:
    """Read a file; one that is damaged, up to there."""
    duckdb = duckdb_for(source.file)
    try:
        with _opened(stream, source.file) as (database, table):
            yield from kept(database, table, source, pieces)
    except (duckdb.Error, OSError, ValueError) as error:
        said, *_ = str(error).partition("Detail: Python exception")
        reason = " ".join(said.split())[:_SHOWN]
        yield Rejected(source.file, None, "$", f"cannot be read: {reason}", "")


def kept(
    database: DuckDBPyConnection, table: str, source: Source, pieces: Pieces
) -> Iterator[Record | Rejected]:
    """Keep the rows of a table of a database, named in its SQL, or give them whole.

    Raises:
        InputError: no column for what is needed.
    """
    names = columns_of(database, table)
    shape = shape_of(table, names, source.options)
    if shape.is_native:
        yield from _natives(database, shape, source)
    else:
        checked(shape.fields, list(names), source.file, source.options)
        yield from _of_rows(database, shape, source, pieces)


@contextmanager
def _opened(stream: BinaryIO, file: str) -> Iterator[tuple[DuckDBPyConnection, str]]:
    """Open a database, and name in its SQL the table that a stream holds."""
    head = head_of(stream).data
    if not head.startswith((_PARQUET, *_ARROW)):
        msg = "it starts neither as Parquet nor as Arrow does"
        raise ValueError(msg)
    with lent(file, _PAGES) as database, _placed(stream) as path:
        if head.startswith(_PARQUET):
            quoted = path.replace("'", "''")
            parts = "hive_partitioning = true, union_by_name = true"
            yield database, f"read_parquet('{quoted}', {parts})"
        else:
            database.register("arrow_file", typed(path, file))
            yield database, "arrow_file"


@contextmanager
def _placed(stream: BinaryIO) -> Iterator[str]:
    """Give the path of a stream's file; what is packed or comes by a pipe is copied."""
    raw = stream.raw if isinstance(stream, io.BufferedReader) else None
    if isinstance(raw, Unpacked) and raw.path is not None:
        yield raw.path
        return
    with tempfile.NamedTemporaryFile(suffix=".parquet") as copy:
        shutil.copyfileobj(stream, copy)
        copy.flush()
        yield copy.name


def _natives(
    database: DuckDBPyConnection, shape: Shape, source: Source
) -> Iterator[Record | Rejected]:
    """Give rows that are conversations of our own format, as JSON."""
    file, options, _ = source
    limit = options.limits.record_bytes
    number = 0
    for found in batches_of(database, shape.sql):
        for (row,) in found:
            number += 1
            record = Record(row, file, number)
            too_long = len(row) > limit
            yield native.too_long(record, limit) if too_long else record


def _of_rows(
    database: DuckDBPyConnection,
    shape: Shape,
    source: Source,
    pieces: Pieces,
) -> Iterator[Record | Rejected]:
    """Give the conversations of rows whole, or keep their rows."""
    file, options, is_alone = source
    if shape.is_zoneless(database) and options.on_zoneless:
        options.on_zoneless()
    plain = _plain(database, shape, options) if is_alone else None
    if plain is None:
        yield from _keep_rows(database, shape, source, pieces)
    else:
        batches = batches_of(database, plain)
        yield from wholes(batches, file, options.limits.record_bytes)


def _plain(
    database: DuckDBPyConnection, shape: Shape, options: ReadOptions
) -> str | None:
    ((most,),) = database.execute("SELECT current_setting('memory_limit')").fetchall()
    try:
        database.execute(f"SET memory_limit = '{CONFIG['memory_limit']}'")
        return plain_sql(database, shape, options)
    except duckdb_for("Parquet").Error:
        # What is damaged is read row by row, up to there.
        return None
    finally:
        database.execute(f"SET memory_limit = '{most}'")


def _keep_rows(
    database: DuckDBPyConnection, shape: Shape, source: Source, pieces: Pieces
) -> Iterator[Rejected]:
    file, options, _ = source
    how = _Piece(shape.days_first(database), options.timezone, options.roles, [])
    begin = msgspec.json.encode(how)[: -len(b"]}")]
    for id_, begun, rows in _runs(batches_of(database, shape.sql)):
        if id_:
            data = begin + b",".join(rows) + b"]}"
            pieces.keep(id_, Record(data, file, begun))
            continue
        for number, row in enumerate(rows, begun):
            yield Rejected(file, number, "$", "no conversation id", row.decode())


def _runs(
    batches: Iterable[list[tuple[str, str]]],
) -> Iterator[tuple[str, int, list[bytes]]]:
    """Give id, first number and rows of each run of one conversation, in parts."""
    id_, rows, size, begun = "", list[bytes](), 0, 1
    number = 0
    for found in batches:
        for named, row in found:
            if (named != id_ or size > _RUN_BYTES) and rows:
                yield id_, begun, rows
                rows, size = [], 0
            number += 1
            if not rows:
                id_, begun = named, number
            rows.append(b"[%d,%b" % (number, row[1:].encode()))
            size += len(row)
    if rows:
        yield id_, begun, rows
