"""The SQL that writes conversations whole, where a table needs no second look.

Plain is a table whose conversations stand together, in order, with cells of known kinds
only. Then DuckDB writes what the rows of `rows.py` would become.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from jauge.importers.columnar_sql import cell_of, own_of, quoted, text_of, written
from jauge.importers.columns import channel_of, language_of, role_of
from jauge.importers.rows import OF_CONVERSATION
from jauge.importers.speakers import role_told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from duckdb import DuckDBPyConnection

    from jauge.importers.columnar_sql import Shape
    from jauge.settings import ReadOptions

_TEXTS = ("intent", "flow")
_SAID = ("role", "text", "at", "choices", "confidence", "fallback", *_TEXTS)
_KNOWN = frozenset(("id", *OF_CONVERSATION, *_SAID))
_READ = ("role", "channel", "language")
"""Whose words are read: each word once, in Python."""
_MOST_WORDS = 256
# What Python takes off the ends of a text.
_SPACES = (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004"
    "\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_ZONED = "TIMESTAMP WITH TIME ZONE"
_MOMENTS = ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS")
_ISO = (
    r"[1-9]\d{3}-\d\d-\d\d[T ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{3}|\.\d{6})?"
    r"(Z|[+-]([01]\d|2[0-3]):[0-5]\d)"
)
_FIRST, _LAST = "TIMESTAMPTZ '1000-01-02 00:00Z'", "TIMESTAMPTZ '9999-12-30 00:00Z'"
_BEGINS, _NUMBER = '"jauge begins"', '"jauge number"'


class _Cells(NamedTuple):
    """What a row says, by field, in SQL; the type of each; the table."""

    sql: Mapping[str, str]
    types: Mapping[str, str]
    table: str

    def told(self, name: str) -> str:
        """Write a cell, or null where it is empty."""
        return f"nullif({self.sql[name]}, '')"


def plain_sql(
    database: DuckDBPyConnection, shape: Shape, options: ReadOptions
) -> str | None:
    """Say how the conversations of a table are written whole; None if they cannot be.

    The query gives rows as `columnar_whole.py` takes them. The table is read twice for
    that: of its columns, those that are short.
    """
    kinds = dict(shape.columns)
    names = list(kinds)
    columns = {field: names[index] for field, index in shape.fields.items()}
    types = {field: kinds[name] for field, name in columns.items()}
    if not columns.keys() <= _KNOWN or not _are_of_known_kinds(types, options):
        return None
    sql = {field: cell_of(name, types[field]) for field, name in columns.items()}
    raw: dict[str, str] = {
        str(field): quoted(columns[field])
        for field in ("at", "choices", "confidence", "fallback")
        if field in columns
    }
    cells = _Cells({**sql, **raw}, types, shape.source)
    words = _words(database, cells)
    if words is None or not _is_plain(database, cells):
        return None
    taken = set(columns.values())
    own = {name: kind for name, kind in kinds.items() if name not in taken}
    return _query(cells, _meanings(words, options), own)


def _are_of_known_kinds(types: Mapping[str, str], options: ReadOptions) -> bool:
    """Say whether the cells of each field are of a kind that is written here."""
    known = {
        "choices": types.get("choices") == "VARCHAR[]",
        "confidence": types.get("confidence") == "DOUBLE",
        "fallback": types.get("fallback") == "BOOLEAN",
        "at": types.get("at") in ("VARCHAR", _ZONED)
        or (types.get("at") in _MOMENTS and options.timezone == "UTC"),
    }
    return all(
        known.get(field, not kind.endswith("]")) for field, kind in types.items()
    )


def _words(
    database: DuckDBPyConnection, cells: _Cells
) -> dict[str, tuple[str, ...]] | None:
    """Give the words of the fields that are read; None if they are too many."""
    fields = [field for field in _READ if field in cells.sql]
    some = ", ".join(cells.sql[field] for field in fields)
    query = f"SELECT DISTINCT {some} FROM {cells.table} LIMIT {_MOST_WORDS + 1}"
    found = database.execute(query).fetchall()
    if len(found) > _MOST_WORDS:
        return None
    return {
        field: tuple(sorted({row[index] for row in found if row[index]}))
        for index, field in enumerate(fields)
    }


def _meanings(
    words: Mapping[str, Iterable[str]], options: ReadOptions
) -> dict[str, dict[str, str]]:
    """Say for each word what it means in our own format."""

    def role(cell: str) -> str:
        name = cell.strip()
        return role_told(name, role_of(name), options.roles)

    read: dict[str, Callable[[str], str]] = {
        "role": role,
        "channel": channel_of,
        "language": language_of,
    }
    return {
        field: {one: read[field](one) for one in some} for field, some in words.items()
    }


def _is_plain(database: DuckDBPyConnection, cells: _Cells) -> bool:
    """Say whether the rows of each conversation stand together, and none is odd."""
    id_ = f"coalesce({cells.sql['id']}, '')"
    odd = [
        "id = ''",
        f"regexp_matches(id, {text_of(f'^[{_SPACES}]|[{_SPACES}]$')})",
        *(f"NOT begins AND told_{one} AND NOT before_{one}" for one in _facts(cells)),
    ]
    picked = [
        f"{id_} AS id",
        f"lag({id_}) OVER () IS DISTINCT FROM {id_} AS begins",
    ]
    for one in _facts(cells):
        told = f"coalesce({cells.sql[one]}, '') <> ''"
        picked += [f"{told} AS told_{one}", f"lag({told}) OVER () AS before_{one}"]
    for name, sql in _odd_cells(cells).items():
        picked.append(f"{sql} AS odd_{name}")
        odd.append(f"odd_{name}")
    if "at" in cells.sql:
        moment = _moment(cells)
        picked += [f"{moment} AS moment", f"lag({moment}) OVER () AS moment_before"]
        odd.append("NOT begins AND moment < moment_before")
    is_odd = " OR ".join(f"coalesce({one}, false)" for one in odd)
    rows = f"SELECT {', '.join(picked)} FROM {cells.table}"
    query = (
        "SELECT count_if(begins) = count(DISTINCT id) AND NOT bool_or(is_odd)"
        f" FROM (SELECT id, begins, {is_odd} AS is_odd FROM ({rows}))"
    )
    return bool(database.execute(query).fetchall()[0][0])


def _facts(cells: _Cells) -> list[str]:
    return [one for one in OF_CONVERSATION if one in cells.sql]


def _odd_cells(cells: _Cells) -> dict[str, str]:
    """Write for each field when a cell of it needs a second look."""
    odd = {}
    if "confidence" in cells.sql:
        odd["confidence"] = f"NOT ({cells.sql['confidence']} BETWEEN 0 AND 1)"
    if "at" in cells.sql:
        moment, written = _moment(cells), cells.sql["at"]
        odd["at"] = f"NOT ({moment} BETWEEN {_FIRST} AND {_LAST})"
        if cells.types["at"] == "VARCHAR":
            is_iso = f"regexp_full_match({written}, {text_of(_ISO)})"
            odd["at"] = (
                f"{written} <> '' AND (NOT {is_iso} OR {moment} IS NULL OR {odd['at']})"
            )
    if "choices" in cells.sql:
        choices = cells.sql["choices"]
        joined = f"array_to_string({choices}, '|')"
        space = f"[{_SPACES}]"
        edge = text_of(rf"^{space}|{space}$|^\||\|$|\|\||\|{space}|{space}\|")
        odd["choices"] = (
            f"len({choices}) > 0 AND ({joined} = ''"
            f" OR list_count({choices}) <> len({choices})"
            f" OR len(string_split({joined}, '|')) <> len({choices})"
            f" OR regexp_matches({joined}, {edge}))"
        )
    return odd


def _moment(cells: _Cells) -> str:
    """Write when a message was sent, with its zone."""
    at, kind = cells.sql["at"], cells.types["at"]
    if kind == "VARCHAR":
        return f"try_cast({at} AS TIMESTAMPTZ)"
    return at if kind == _ZONED else f"{at}::TIMESTAMP::TIMESTAMPTZ"


def _query(
    cells: _Cells, meanings: Mapping[str, Mapping[str, str]], own: Mapping[str, str]
) -> str:
    id_ = cells.sql["id"]
    numbered = f"row_number() OVER () AS {_NUMBER}"
    begins = f"lag({id_}) OVER () IS DISTINCT FROM {id_} AS {_BEGINS}"
    facts = "".join(
        f""", ',"{name}":' || to_json({_meant(cells, name, meanings)})"""
        for name in _facts(cells)
    )
    begun = f"""E'\\n', {_NUMBER}, E'\\t[{{"id":', to_json({id_}){facts}"""
    head = f"""CASE WHEN {_BEGINS} THEN concat({begun}, ',"events":[') END"""
    # As bytes, which is how it is decoded.
    picked = [f"encode(concat({head}, {_event(cells, meanings)}))"]
    if own:
        picked.append(f"{own_of(own)}::VARCHAR")
    table = f"(SELECT *, {begins}, {numbered} FROM {cells.table})"
    return f"SELECT {', '.join(picked)} FROM {table}"


def _event(cells: _Cells, meanings: Mapping[str, Mapping[str, str]]) -> str:
    """Write a row as a message and a comma; null where nobody says nothing."""
    role = f"coalesce({_meant(cells, 'role', meanings)}, 'unknown')"
    # What is null is left out: text and null are null, which `concat` passes over.
    parts = [
        f"""'{{"type":"message","role":"', {role}, '","text":'""",
        f"to_json(coalesce({cells.sql['text']}, ''))",
    ]
    for name, sql in _said(cells).items():
        parts.append(f"""',"{name}":' || {sql}""")
    nobody = [one for one in meanings["role"] if not one.strip()]
    named = ", ".join(map(text_of, ("", *nobody)))
    nothing = (
        f"coalesce({cells.sql['text']}, '') = ''"
        f" AND coalesce({cells.sql['role']}, '') IN ({named})"
    )
    return f"CASE WHEN NOT ({nothing}) THEN concat({', '.join(parts)}, '}},') END"


def _said(cells: _Cells) -> dict[str, str]:
    """Write as JSON what else a message may say; null where it does not."""
    told = {
        name: f"to_json({cells.told(name)})" for name in _TEXTS if name in cells.sql
    }
    if "at" in cells.sql:
        is_text = cells.types["at"] == "VARCHAR"
        at = cells.told("at") if is_text else written(cells.sql["at"])
        told["at"] = f"""'"' || {at} || '"'"""
    if "choices" in cells.sql:
        told["choices"] = f"to_json({cells.sql['choices']})"
    if "confidence" in cells.sql:
        # No number is minus nothing.
        told["confidence"] = f"({cells.sql['confidence']} + 0)::VARCHAR"
    if "fallback" in cells.sql:
        told["fallback"] = f"{cells.sql['fallback']}::VARCHAR"
    return told


def _meant(cells: _Cells, name: str, meanings: Mapping[str, Mapping[str, str]]) -> str:
    """Write what a cell means; as it is where it says it in our words."""
    told = cells.told(name)
    others = {one: to for one, to in meanings.get(name, {}).items() if one != to}
    if not others:
        return told
    when = " ".join(
        f"WHEN {text_of(one)} THEN {text_of(to)}" for one, to in others.items()
    )
    return f"CASE {told} {when} ELSE {told} END"
