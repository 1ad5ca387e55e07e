"""Tables of Arrow in, scores out; the same scores as for the same conversations."""

from __future__ import annotations

import duckdb
import pytest

import jauge
from jauge import samples
from jauge.arrow import ScoreTable, table_of
from jauge.errors import InputError, UsageError
from jauge.settings import ReadOptions

LINES = f"{samples.__path__[0]}/conversations.jsonl"
ROWS = (
    'SELECT id AS conversation_id, language, e.role, e."at", e."text" FROM (SELECT'
    f" *, unnest(events) AS e FROM read_json('{LINES}', format = 'newline_delimited',"
    " sample_size = -1)) WHERE e.type = 'message'"
)


class Stream:
    """An Arrow stream of nobody's type, which can be read once."""

    def __init__(self, sql: str) -> None:
        self.sql = sql

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return duckdb.connect().sql(self.sql).__arrow_c_stream__(requested_schema)


def rows_in(table: ScoreTable) -> list[dict[str, object]]:
    """Read a table back through the protocol."""
    database = duckdb.connect()
    database.register("scores", table)
    found = database.execute("SELECT * FROM scores")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def parquet_scores(tmp_path, sql: str) -> dict[str, int | None]:
    path = tmp_path / "t.parquet"
    duckdb.execute(f"COPY ({sql}) TO '{path}'")
    scores = jauge.score_many(jauge.read(path))
    return {one.conversation_id: one.value for one in scores}


@pytest.mark.parametrize("is_relation", [True, False])
def test_a_table_gets_the_scores_of_its_conversations(is_relation, tmp_path):
    table = duckdb.connect().sql(ROWS) if is_relation else Stream(ROWS)

    scored = jauge.score_table(table)

    found = rows_in(scored)
    assert {one["conversation_id"]: one["value"] for one in found} == parquet_scores(
        tmp_path, ROWS
    )
    assert (len(scored), scored.rejected) == (len(found), ())
    assert scored.columns[:2] == ("conversation_id", "status")


def test_our_own_format_in_a_table_gets_the_scores_of_the_lines():
    sql = f"FROM read_json('{LINES}', format = 'newline_delimited', sample_size = -1)"

    found = rows_in(jauge.score_table(Stream(sql)))

    told = jauge.score_many(jauge.read(LINES))
    assert [(one["conversation_id"], one["value"]) for one in found] == [
        (one.conversation_id, one.value) for one in told
    ]


def test_a_table_is_read_as_often_as_asked_two_streams_at_once():
    table = jauge.score_table(Stream(ROWS))

    first, second = rows_in(table), rows_in(table)
    streams = [table.__arrow_c_stream__() for _ in range(2)]

    assert first == second
    assert len(streams) == 2


def test_lists_and_times_keep_their_types():
    (row, *_) = rows_in(jauge.score_table(Stream(ROWS)))

    assert isinstance(row["top_reasons"], list)
    assert row["started_at"].utcoffset().total_seconds() == 0


def test_what_is_refused_is_beside_the_scores():
    sql = (
        "SELECT * FROM (VALUES ('a', 'user', 'hi'), (NULL, 'bot', 'x'))"
        " AS t(id, role, text)"
    )

    scored = jauge.score_table(Stream(sql))

    assert len(scored) == 1
    assert [one.reason for one in scored.rejected] == ["no conversation id"]


def test_options_name_the_columns():
    sql = "SELECT 7 AS k, 'Lia' AS w, 'hi' AS x UNION ALL SELECT 7, 'client', 'no'"
    options = ReadOptions(
        columns={"id": "k", "role": "w", "text": "x"}, roles={"Lia": "bot"}
    )

    (row,) = rows_in(jauge.score_table(Stream(sql), options=options))

    assert (row["conversation_id"], row["status"]) == ("7", "scored")


def test_what_is_no_table_is_said():
    with pytest.raises(UsageError, match="list: no Arrow table"):
        jauge.score_table([1, 2])
    with pytest.raises(InputError, match="no column for id, role, text"):
        jauge.score_table(Stream("SELECT 1 AS a"))


def test_an_empty_table_gives_an_empty_one():
    sql = "SELECT 'a' AS id, 'user' AS role, 'x' AS text WHERE false"

    assert rows_in(jauge.score_table(Stream(sql))) == []


def test_one_score_or_many_are_a_table():
    scores = list(jauge.score_many(jauge.read(LINES)))

    one, many = table_of(scores[0]), table_of(iter(scores))

    assert rows_in(one) == rows_in(many)[:1]
    assert [row["value"] for row in rows_in(many)] == [one.value for one in scores]
    assert len(table_of([])) == 0


@pytest.mark.parametrize("package", ["polars", "pandas", "pyarrow"])
def test_frames_go_in_and_come_out(package, tmp_path):
    pytest.importorskip("pyarrow")
    pytest.importorskip(package)
    relation = duckdb.connect().sql(ROWS)
    frame = {
        "polars": relation.pl,
        "pandas": relation.df,
        "pyarrow": relation.to_arrow_table,
    }[package]()

    scored = jauge.score_table(frame)

    out = {
        "polars": scored.to_polars,
        "pandas": scored.to_pandas,
        "pyarrow": scored.to_arrow,
    }[package]()
    assert len(out) == len(scored) == len(parquet_scores(tmp_path, ROWS))


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setattr("jauge.importers.database.find_spec", lambda _: None)

    with pytest.raises(InputError, match=r"pip install 'jauge\[tables\]'"):
        jauge.score_table(Stream(ROWS))
