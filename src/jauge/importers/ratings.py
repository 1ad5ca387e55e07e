"""Read a table of ratings, CSV or JSON: which conversation, and what was said of it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from jauge.errors import UsageError
from jauge.importers.cells import Cells, rows_of
from jauge.importers.columns import NAMES, column_named, plain
from jauge.importers.json_array import JsonArray
from jauge.importers.jsonl import JsonLines
from jauge.importers.native import fault_of, reject
from jauge.model.rejected import Rejected
from jauge.settings import ReadOptions

if TYPE_CHECKING:
    import io
    from collections.abc import Iterable, Iterator, Sequence

    from jauge.importers.protocol import Record

_ID = tuple(NAMES["id"].split("|"))
RATING = (
    "rating", "satisfaction", "satisfaction score", "csat", "csat score",
    "customer rating", "customer satisfaction", "satisfaction rating",
    "stars", "star rating", "etoiles", "nombre d'etoiles",
    "nb etoiles", "note client", "note de satisfaction", "note du client",
    "satisfaction client", "satisfaction du client", "score de satisfaction",
    "note", "evaluation", "score", "grade", "appreciation", "avis",
)  # fmt: skip
"""What a column of ratings is called, without case or accents; the first one counts."""

_HEAD = 4096
_BOM = b"\xef\xbb\xbf"
_SHOWN = 500
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])


class Rated(NamedTuple):
    """The id of a conversation, what a row says of it, and in which column.

    `told` is text, or any JSON value.
    """

    id: str
    told: object
    column: str


class Columns(NamedTuple):
    """Which column names the conversation and which holds the rating; None: by name."""

    on: str | None = None
    rating: str | None = None


def ratings_in(
    stream: io.BufferedReader, file: str, columns: Columns
) -> Iterator[Rated | Rejected]:
    """Give the rows of a table of ratings, one at a time.

    Raises:
        UsageError: a column is not there, or nothing at all.
    """
    head = stream.peek(_HEAD)[:_HEAD].removeprefix(_BOM).lstrip()
    if head.startswith((b"{", b"[")):
        importer = JsonLines() if JsonLines().recognizes(head) else JsonArray()
        yield from _of_json(importer.split(stream, file, ReadOptions()), file, columns)
    else:
        limit = ReadOptions().limits.record_bytes
        yield from _of_table(rows_of(stream, limit), file, columns)


def _of_table(
    rows: Iterator[Cells], file: str, columns: Columns
) -> Iterator[Rated | Rejected]:
    header = next(rows, Cells(1, [])).cells
    if not any(map(str.strip, header)):
        msg = f"{file}: is empty. Name another table."
        raise UsageError(msg)
    on, rating = (header.index(name) for name in chosen(header, file, columns))
    for row in rows:
        if not row.fault and not any(map(str.strip, row.cells)):
            continue
        cells = [*row.cells, *itertools.repeat("", len(header))]
        id_ = cells[on].strip()
        if row.fault or not id_:
            reason = row.fault or "no conversation id"
            yield Rejected(file, row.line, "$", reason, row.text)
        else:
            yield Rated(id_, cells[rating].strip() or None, header[rating])


def _of_json(
    records: Iterable[Record | Rejected], file: str, columns: Columns
) -> Iterator[Rated | Rejected]:
    names: tuple[str, str] | None = None
    for record in records:
        row = record if isinstance(record, Rejected) else _object(record)
        if isinstance(row, Rejected):
            yield row
            continue
        names = names or chosen(tuple(row), file, columns)
        on, rating = (row.get(name) for name in names)
        id_ = _value(on)
        if isinstance(id_, bool) or not isinstance(id_, str | int) or id_ == "":
            where = record.line if not isinstance(record, Rejected) else None
            reason = "no conversation id"
            yield Rejected(file, where, f"$.{names[0]}", reason, "")
        else:
            yield Rated(str(id_).strip(), _value(rating), names[1])


def _object(record: Record) -> dict[str, msgspec.Raw] | Rejected:
    try:
        return _OBJECT.decode(record.data)
    except msgspec.ValidationError as error:
        return reject(record, *fault_of(error))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return reject(record, f"not JSON: {error}")


def _value(raw: msgspec.Raw | None) -> object:
    return None if raw is None else msgspec.json.decode(raw)


def chosen(header: Sequence[str], file: str, columns: Columns) -> tuple[str, str]:
    """Choose the columns of the conversation and of its rating, as they are written.

    >>> chosen(["Chat", "Étoiles"], "a.csv", Columns())
    ('Chat', 'Étoiles')

    Raises:
        UsageError: one is not there.
    """
    on = _column(header, file, columns.on, "--on", _ID)
    rest = ["" if name == on else name for name in header]
    return on, _column(rest, file, columns.rating, "--rating", RATING)


def _column(
    header: Sequence[str],
    file: str,
    name: str | None,
    option: str,
    known: Iterable[str],
) -> str:
    folded = [plain(column) for column in header]
    if name is not None:
        index = column_named(name, header)
    else:
        index = next((folded.index(one) for one in known if one in folded), None)
    if index is not None:
        return header[index]
    names = ", ".join(filter(None, map(_readable, header)))[:_SHOWN] or "none"
    if name is not None:
        msg = f"{file}: no column {name} (columns: {names}). Correct {option}."
    else:
        what = "names the conversation" if option == "--on" else "holds the rating"
        msg = f"{file}: which column {what} (columns: {names})? Say {option} COLUMN."
    raise UsageError(msg)


def _readable(name: str) -> str:
    """Give a name on one line; of what is no text, nothing."""
    told = " ".join(name.split())
    return told if told.isprintable() and "\ufffd" not in told else ""
