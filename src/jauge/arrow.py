"""Tables of Arrow in and out: conversations of Polars, pandas, pyarrow; scores back.

Any object that speaks the Arrow C stream protocol is read; DuckDB is what carries it.
"""

from __future__ import annotations

import itertools
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from jauge import tables
from jauge.errors import UsageError
from jauge.importers.columnar import Columnar, Source, kept
from jauge.importers.database import CONFIG, duckdb_for, lent
from jauge.importers.finished import conversations
from jauge.importers.pieces import Pieces
from jauge.model.rejected import Rejected
from jauge.model.score import Score
from jauge.pipeline import score_many
from jauge.report import export
from jauge.settings import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from duckdb import DuckDBPyConnection, DuckDBPyRelation

    from jauge.model.conversation import Conversation
    from jauge.report.export import Cell
    from jauge.scorer import Scorer

_WHAT, _MEMORY = "score_table", "256MB"


class ScoreTable:
    """Scores as a table: `polars.DataFrame(table)`, `pyarrow.table(table)`.

    It speaks the Arrow C stream protocol, as often as asked. `rejected` is what could
    not become a conversation.
    """

    def __init__(self, database: DuckDBPyConnection, rejected: Sequence[Rejected]):
        self._database = database
        self.rejected = tuple(rejected)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._scores().__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return int(self._scores().count("*").fetchall()[0][0])

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self._scores().columns)

    def to_arrow(self) -> Any:
        """Give a table of pyarrow, which has to be installed."""
        return self._scores().to_arrow_table()

    def to_pandas(self) -> Any:
        """Give a frame of pandas, which has to be installed."""
        return self._scores().df()

    def to_polars(self) -> Any:
        """Give a frame of Polars, which has to be installed with pyarrow."""
        return self._scores().pl()

    def _scores(self) -> DuckDBPyRelation:
        # Each reader has its own place: two streams at once do not wait.
        return self._database.cursor().sql("SELECT * FROM scores")


def score_table(
    table: object,
    *,
    scorer: Scorer | None = None,
    before_handoff: bool = False,
    options: ReadOptions | None = None,
) -> ScoreTable:
    """Score the conversations of a table: one message a row, or one conversation.

    `table` is a frame of Polars or pandas, a table of pyarrow, a relation of DuckDB or
    anything else with `__arrow_c_stream__`; its columns are those of a Parquet file.
    The scores have the ids of the table, in the order in which they first appear.

    Raises:
        UsageError: it is no such table.
        InputError: no column for the conversation, the role or the text; no DuckDB.
    """
    if not hasattr(table, "__arrow_c_stream__"):
        msg = f"{type(table).__name__}: no Arrow table. Give one of Polars or pyarrow."
        raise UsageError(msg)
    found = _conversations(table, options or ReadOptions())
    told, scored = itertools.tee(found)
    scores = score_many(scored, scorer=scorer, before_handoff=before_handoff)
    return _table(export.COLUMNS, map(_row, told, scores))


def table_of(scores: Score | Iterable[Score | Rejected]) -> ScoreTable:
    """Make a table of one score or of many, without a loop of your own.

    Raises:
        InputError: DuckDB is not installed.

    >>> import jauge
    >>> chat = jauge.Conversation.of([("user", "merci"), ("bot", "Avec plaisir !")])
    >>> len(table_of(jauge.score(chat)))
    1
    """
    many = [scores] if isinstance(scores, Score) else scores
    rows = (one if isinstance(one, Rejected) else export.score_row(one) for one in many)
    return _table(export.SCORE_COLUMNS, rows)


def _row(
    told: Conversation | Rejected, score: Score | Rejected
) -> list[Cell] | Rejected:
    if isinstance(told, Rejected) or isinstance(score, Rejected):
        return told if isinstance(told, Rejected) else _refused(score)
    return export.row(told, score)


def _refused(score: Score | Rejected) -> Rejected:
    if isinstance(score, Score):
        raise TypeError
    return score


def _conversations(
    table: object, options: ReadOptions
) -> Iterator[Conversation | Rejected]:
    importer = Columnar()
    with _held(table) as database, closing(Pieces()) as pieces:
        found = kept(database, "given", Source(_WHAT, options, is_alone=True), pieces)
        limit = options.limits.record_bytes
        for record in itertools.chain(found, pieces.records(limit)):
            if isinstance(record, Rejected):
                yield record
            else:
                yield from conversations(importer, record, options)


class _Stream:
    """A table behind the protocol alone: DuckDB knows some by their type instead."""

    def __init__(self, table: Any) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)


@contextmanager
def _held(table: object) -> Iterator[DuckDBPyConnection]:
    """Hold a table that may be read only once; what is too large goes to disk."""
    with lent(_WHAT, _MEMORY) as database:
        is_relation = isinstance(table, duckdb_for(_WHAT).DuckDBPyRelation)
        database.register("stream", _Stream(table) if is_relation else table)
        database.execute("CREATE TEMP TABLE given AS SELECT * FROM stream")
        database.unregister("stream")
        yield database


def _table(columns: Sequence[str], rows: Iterable[list[Cell] | Rejected]) -> ScoreTable:
    duckdb = duckdb_for("table_of")
    rejected: list[Rejected] = []
    database = duckdb.connect(config={**CONFIG, "memory_limit": "80%"})
    database.execute("SET TimeZone = 'UTC'")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.jsonl"
        with file.open("wb") as sink:
            _write(columns, rows, sink, rejected)
        source = tables.rows_in(str(file), columns)
        database.execute(f"CREATE TABLE scores AS FROM {source}")
    return ScoreTable(database, rejected)


def _write(
    columns: Sequence[str],
    rows: Iterable[list[Cell] | Rejected],
    sink: BinaryIO,
    rejected: list[Rejected],
) -> None:
    for row in rows:
        if isinstance(row, Rejected):
            rejected.append(row)
        else:
            sink.write(export.table_line(columns, row, lists=True))
