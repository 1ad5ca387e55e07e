"""The SQL that turns columns of any type into the cells of a table."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from jauge.errors import InputError
from jauge.importers.columns import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from duckdb import DuckDBPyConnection

    from jauge.settings import ReadOptions

_LISTS = ("events", "messages", "turns", "transcript", "dialogue", "utterances")
_EMPTY = {
    "text": "''",
    "choices": "[]",
    "media": "[]",
    "unavailable": "[]",
    "channel": "'unknown'",
    "closed": "true",
    "role": "'unknown'",
}
"""What stands in our own format for nothing, where null is not allowed."""

_ARROW_FILE = b"ARROW1"
_WHOLE = ("DOUBLE", "FLOAT")
_DATE = r"^\s*(\d{1,2})[/.\-](\d{1,2})[/.\-](?:\d{4}|\d{2}\b)"


class Shape(NamedTuple):
    """How a columnar file is read: its query, and the place of each field.

    The query gives the id and a row as JSON, `[{field: cell}, {own column: value}]`;
    `is_native`: each row is a conversation of our own format, as JSON.
    """

    sql: str
    fields: dict[str, int]
    is_native: bool = False
    source: str = ""
    at: str = ""
    at_type: str = ""
    columns: tuple[tuple[str, str], ...] = ()

    def days_first(self, database: DuckDBPyConnection) -> bool:
        """Say whether the dates that are text have the day before the month."""
        if self.at_type != "VARCHAR":
            return True
        numbers = [
            f"try_cast(regexp_extract({self.at}, '{_DATE}', {group}) AS INT) > 12"
            for group in (1, 2)
        ]
        half = f"regexp_matches({self.at}, '{_DATE}.*[AaPp]\\.?[Mm]')"
        query = f"SELECT bool_or({numbers[0]}), bool_or({numbers[1]} OR {half})"
        days, months = database.execute(f"{query} FROM {self.source}").fetchall()[0]
        return bool(days) or not months

    def is_zoneless(self, database: DuckDBPyConnection) -> bool:
        """Say whether the times name no zone."""
        if self.at_type != "VARCHAR":
            return self.at_type.startswith("TIMESTAMP") and "ZONE" not in self.at_type
        from jauge.importers.times import has_zone

        query = f"SELECT {self.at} FROM {self.source} WHERE {self.at} <> '' LIMIT 1"
        return any(not has_zone(at) for (at,) in database.execute(query).fetchall())


def shape_of(source: str, columns: Mapping[str, str], options: ReadOptions) -> Shape:
    """Say how a table of these columns (name → type) is read.

    >>> from jauge.settings import ReadOptions
    >>> told = {"chat": "BIGINT", "role": "VARCHAR", "text": "VARCHAR"}
    >>> shape_of("t", told, ReadOptions()).fields
    {'id': 0, 'role': 1, 'text': 2}
    """
    nested = next((name for name in _LISTS if _is_list(columns.get(name, ""))), None)
    if nested is None:
        return _of_messages(source, columns, options)
    inner = _fields_of_struct(columns[nested])
    if nested == "events" and "type" in inner and "id" in columns:
        return Shape(
            _native(source, columns, inner, options.timezone), {}, is_native=True
        )
    return _unnested(source, columns, nested, options)


def columns_of(database: DuckDBPyConnection, source: str) -> dict[str, str]:
    """Give the columns of a table, and their types."""
    told = database.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    return {row[0]: str(row[1]) for row in told}


def _is_list(type_: str) -> bool:
    return type_.startswith("STRUCT(") and type_.endswith(")[]")


def quoted(name: str) -> str:
    """Write a name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def _fields_of_struct(type_: str) -> dict[str, str]:
    """Give the fields of a list of structs, and their types.

    >>> _fields_of_struct('STRUCT("type" VARCHAR, "at" TIMESTAMP)[]')
    {'type': 'VARCHAR', 'at': 'TIMESTAMP'}
    """
    import duckdb

    fields = duckdb.dtype(type_.removesuffix("[]")).children
    return {name: str(kind) for name, kind in fields}


def _unnested(
    source: str, columns: Mapping[str, str], nested: str, options: ReadOptions
) -> Shape:
    """Make a row of each message; what a message says goes before its conversation."""
    inner = _fields_of_struct(columns[nested])
    rest = {name: kind for name, kind in columns.items() if name != nested}
    place = fields_of(list(rest), options.columns).get("id")
    id_ = list(rest)[place] if place is not None else None
    taken = {name: kind for name, kind in inner.items() if name != id_}
    held = {name: kind for name, kind in rest.items() if name not in taken}
    # A conversation without messages is one all the same.
    table = (
        "(SELECT * REPLACE (coalesce(nullif({0}, []), [NULL]) AS {0}) FROM {1})"
    ).format(quoted(nested), source)
    picked = [
        *(quoted(name) for name in ([id_] if id_ else [])),
        *(f"message.{quoted(name)}" for name in taken),
        *(quoted(name) for name in held if name != id_),
    ]
    told = (
        f"(SELECT {', '.join(picked)} FROM"
        f" (SELECT *, unnest({quoted(nested)}) AS message FROM {table}))"
    )
    first = {id_: rest[id_]} if id_ else {}
    return _of_messages(told, {**first, **taken, **held}, options)


def _of_messages(
    source: str, columns: Mapping[str, str], options: ReadOptions
) -> Shape:
    names = list(columns)
    fields = fields_of(names, options.columns)
    cells = [
        f"'{field}': {cell_of(names[index], columns[names[index]])}"
        for field, index in fields.items()
    ]
    taken = {names[index] for index in fields.values()}
    own = own_of({name: kind for name, kind in columns.items() if name not in taken})
    id_ = "''"
    at = at_type = ""
    if "id" in fields:
        name = names[fields["id"]]
        id_ = f"coalesce(trim({cell_of(name, columns[name])}), '')"
    if "at" in fields:
        at_type = columns[names[fields["at"]]]
        at = quoted(names[fields["at"]])
    row = f"json_array({_struct(cells)}, {own})"
    sql = f"SELECT {id_}, {row}::VARCHAR FROM {source}"
    there = tuple(columns.items())
    return Shape(sql, fields, source=source, at=at, at_type=at_type, columns=there)


def own_of(columns: Mapping[str, str]) -> str:
    """Write columns of a table's own, name → type, as one JSON object."""
    return _struct(
        f"{text_of(name)}: {_finite(quoted(name), kind)}"
        for name, kind in columns.items()
    )


def _finite(column: str, kind: str) -> str:
    """Leave out what is no number: JSON cannot say it."""
    return (
        f"CASE WHEN isfinite({column}) THEN {column} END" if kind in _WHOLE else column
    )


def _struct(parts: Iterable[str]) -> str:
    inside = ", ".join(parts)
    return f"to_json({{{inside}}})" if inside else "json('{}')"


def text_of(name: str) -> str:
    """Write a text in SQL."""
    return "'" + name.replace("'", "''") + "'"


def cell_of(name: str, type_: str) -> str:
    """Write a column as text; a whole number without the point that floats have."""
    column = quoted(name)
    if type_ == "VARCHAR":
        return column
    if type_.endswith("[]"):
        # The last mark says what stands between, even after a single one.
        return f"array_to_string({column}::VARCHAR[], '|') || '|'"
    if type_ in _WHOLE:
        whole = f"try_cast({column} AS HUGEINT)"
        is_whole = f"{whole} = {column}"
        return f"CASE WHEN {is_whole} THEN {whole}::VARCHAR ELSE {column}::VARCHAR END"
    return f"{column}::VARCHAR"


def _native(
    source: str, columns: Mapping[str, str], inner: Mapping[str, str], zone: str
) -> str:
    """Write each row as JSON of our own format; null stays where it means absent."""
    event = [
        f"{text_of(name)}: {_told(f'event.{quoted(name)}', name, kind, zone)}"
        for name, kind in inner.items()
    ]
    events = f"coalesce([{{{', '.join(event)}}} FOR event IN events], [])"
    cells = [
        f"{text_of(name)}: {_told(quoted(name), name, kind, zone)}"
        for name, kind in columns.items()
        if name not in ("id", "events")
    ]
    row = ", ".join(["'id': coalesce(id::VARCHAR, '')", *cells, f"'events': {events}"])
    # As bytes, which is how it is decoded.
    return f"SELECT encode(to_json({{{row}}})::VARCHAR) FROM {source}"


def _told(column: str, name: str, kind: str, zone: str) -> str:
    """Write a value as our own format has it: times with a zone, lists never null."""
    if name == "at" and kind.startswith(("TIMESTAMP", "DATE")):
        is_zoned = "ZONE" in kind
        moment = (
            column if is_zoned else f"{column}::TIMESTAMP AT TIME ZONE {text_of(zone)}"
        )
        return written(moment)
    if name == "metadata" and kind.startswith(("STRUCT", "MAP")):
        # A row has not said what only other rows say.
        return f"coalesce(json_merge_patch('{{}}', to_json({column})), '{{}}')"
    if name in _EMPTY:
        return f"coalesce({column}, {_EMPTY[name]})"
    return _finite(column, kind)


def written(moment: str) -> str:
    """Write a moment as text in UTC, the zone of the session."""
    return f"(({moment})::TIMESTAMP::VARCHAR || 'Z')"


def typed(path: str, file: str) -> object:
    """Open an Arrow file or stream, for DuckDB to read.

    Raises:
        InputError: pyarrow is not there.
    """
    if find_spec("pyarrow") is None:
        msg = (
            f"{file}: needs pyarrow. Install it, or write Parquet: pip install pyarrow"
        )
        raise InputError(msg)
    return ArrowBatches(path)


class ArrowBatches:
    """An Arrow file or stream, opened anew for each query, one batch in memory.

    Each batch is checked: in a damaged one, places of texts may lie outside of it, and
    what reads them would end the whole process.
    """

    def __init__(self, path: str) -> None:
        self.path = path

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        import pyarrow

        # Not mapped into memory: all that was read of a map counts as held.
        source = pyarrow.OSFile(self.path)
        is_file = source.read(len(_ARROW_FILE)) == _ARROW_FILE
        source.seek(0)
        opened = pyarrow.ipc.open_file if is_file else pyarrow.ipc.open_stream
        reader = opened(source)
        batches = _batches_of_file(reader) if is_file else iter(reader)
        checked = map(_checked, batches)
        whole = pyarrow.RecordBatchReader.from_batches(reader.schema, checked)
        return whole.__arrow_c_stream__(requested_schema)


def _batches_of_file(reader: Any) -> Iterator[Any]:
    for number in range(reader.num_record_batches):
        yield reader.get_batch(number)


def _checked(batch: Any) -> Any:
    batch.validate(full=True)
    return batch
