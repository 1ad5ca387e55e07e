"""Parquet and Arrow: the same conversations as in the tables and lines they hold."""

from __future__ import annotations

import io
import json
import random
from importlib.util import find_spec

import duckdb
import pytest

from jauge import samples
from jauge.errors import InputError
from jauge.importers.columnar import Columnar
from jauge.model.conversation import Conversation, Message, encode_conversation
from jauge.model.rejected import Rejected
from jauge.settings import Limits, ReadOptions
from jauge.sources import files_of, read, read_all
from tests.importers.test_hostile import check_read
from tests.mutations import MUTATIONS, damaged, deeply_retold
from tests.within_limits import within_limits

HAS_ARROW = find_spec("pyarrow") is not None


def written(path, sql: str):
    duckdb.execute(f"COPY ({sql}) TO '{path}' (FORMAT parquet)")
    return path


def chats_in(path, **options) -> list[Conversation]:
    found = list(read(path, ReadOptions(**options)))
    assert all(isinstance(one, Conversation) for one in found), found
    return found


@pytest.mark.parametrize("name", ["commas.csv", "scattered.csv", "day_month_year.csv"])
def test_a_table_of_texts_is_read_as_its_csv(formats, name, tmp_path):
    source = formats / "csv" / name
    table = f"read_csv('{source}', all_varchar = true, header = true)"
    path = written(tmp_path / "t.parquet", f"SELECT * FROM {table}")

    assert chats_in(path) == chats_in(source)


def test_typed_columns_are_read_as_they_are_meant(tmp_path):
    path = written(
        tmp_path / "t.parquet",
        "SELECT 7.0::DOUBLE AS conversation_id, 'user' AS role, 'hi' AS text,"
        " TIMESTAMPTZ '2026-09-14 08:02:11.25Z' AS \"timestamp\", NULL::VARCHAR[] AS"
        " choices, NULL::DOUBLE AS confidence, NULL::BOOLEAN AS fallback UNION ALL"
        " SELECT 7.0, 'bot', 'sorry?', TIMESTAMPTZ '2026-09-14 08:02:12Z', ['a;b'],"
        " 0.25, true",
    )

    (chat,) = chats_in(path)

    assert chat.id == "7"
    assert chat.events[0].at.isoformat() == "2026-09-14T08:02:11.250000+00:00"
    bot = chat.events[1]
    assert (bot.choices, bot.confidence, bot.fallback) == (("a;b",), 0.25, True)


def test_own_columns_are_kept_with_their_types(tmp_path):
    path = written(
        tmp_path / "t.parquet",
        "SELECT 'c' AS id, role, 'x' AS text, 3 AS shelf, {'a': 1} AS more,"
        " n AS mark FROM (VALUES ('user', 1), ('bot', 2)) AS t(role, n)",
    )

    (chat,) = chats_in(path)

    assert chat.metadata == {"shelf": 3, "more": {"a": 1}, "mark": [1, 2]}


def test_messages_nested_in_a_row_are_rows(tmp_path):
    path = written(
        tmp_path / "t.parquet",
        "SELECT 1 AS id, 'fr' AS language, 'late' AS created_at, [{'id': 'm1', 'from':"
        " 'Client', 'body': 'allô', 'sent_at': TIMESTAMP '2026-09-14 08:00:00'}, {'id':"
        " 'm2', 'from': 'Robot', 'body': 'oui', 'sent_at': NULL}] AS messages"
        " UNION ALL SELECT 2, 'fr', 'late', []",
    )

    full, empty = chats_in(path, timezone="Europe/Paris")

    assert (full.id, full.language) == ("1", "fr")
    assert [(str(one.role), one.text) for one in full.events] == [
        ("user", "allô"),
        ("bot", "oui"),
    ]
    assert full.events[0].at.utcoffset().total_seconds() == 7200
    assert (empty.id, empty.events) == ("2", ())


def test_our_own_format_as_parquet_is_read_back_the_same(tmp_path):
    lines = f"{samples.__path__[0]}/conversations.jsonl"
    table = f"read_json('{lines}', format = 'newline_delimited', sample_size = -1)"
    path = written(tmp_path / "t.parquet", f"SELECT * FROM {table}")

    found = chats_in(path)

    assert found == list(read(lines))
    assert encode_conversation(found[0]).startswith(b'{"id":')


def test_a_conversation_over_the_parts_of_a_lake_is_put_together(tmp_path):
    rows = (
        "SELECT 'c-' || (i % 3) AS id, CASE WHEN i % 2 = 0 THEN 'user' ELSE 'bot' END"
        " AS role, 'm' || i AS text, TIMESTAMPTZ '2026-09-14 08:00:00Z' + INTERVAL 1"
        " HOUR * i AS at, i // 6 AS day, 'Laval' AS store FROM range(18) AS t(i)"
    )
    duckdb.execute(
        f"COPY ({rows}) TO '{tmp_path / 'lake'}'"
        " (FORMAT parquet, PARTITION_BY (store, day))"
    )

    found = chats_in(tmp_path / "lake")

    assert [one.id for one in found] == ["c-0", "c-1", "c-2"]
    assert [one.text for one in found[1].events] == [f"m{i}" for i in range(1, 18, 3)]
    assert found[0].department == "Laval"


def test_the_same_part_twice_counts_once(tmp_path):
    sql = "SELECT 'c' AS id, 'user' AS role, 'x' AS text"
    paths = [written(tmp_path / name, sql) for name in ("a.parquet", "b.parquet")]

    (chat,) = read_all(map(str, paths), ReadOptions())

    assert len(chat.events) == 1


def test_what_is_packed_or_comes_by_a_pipe_is_read(tmp_path):
    import gzip

    path = written(tmp_path / "t.parquet", "SELECT 'c' id, 'bot' AS role, 'x' AS text")
    packed = tmp_path / "t.parquet.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))

    assert chats_in(packed) == chats_in(path)
    assert files_of([str(tmp_path)]) == [str(path), str(packed)]


def test_a_row_without_a_conversation_is_refused(tmp_path):
    path = written(
        tmp_path / "t.parquet",
        "SELECT * FROM (VALUES ('c', 'user', 'x'), (NULL, 'bot', 'y'), (' ', 'bot',"
        " 'z')) AS t(id, role, text)",
    )

    found = list(read(path))

    assert [getattr(one, "reason", "") for one in found].count(
        "no conversation id"
    ) == 2
    assert [one.line for one in found if isinstance(one, Rejected)] == [2, 3]


def test_a_table_of_something_else_names_its_columns(tmp_path):
    path = written(tmp_path / "t.parquet", "SELECT 1 AS a, 'x' AS \"b''\"\"\"")

    with pytest.raises(InputError, match="no column for id, role, text"):
        list(read(path))


def test_columns_of_other_names_are_said(tmp_path):
    path = written(
        tmp_path / "t.parquet", 'SELECT 1 AS k, \'user\' AS w, \'hi\' AS "it\'s ""x"""'
    )

    (chat,) = chats_in(path, columns={"id": "k", "role": "w", "text": 'it\'s "x"'})

    assert (chat.id, chat.events[0].text) == ("1", "hi")


def test_a_conversation_over_the_limit_is_refused(tmp_path):
    path = written(
        tmp_path / "t.parquet",
        "SELECT 'c' AS id, 'user' AS role, repeat('x', 1000) AS text FROM range(9)",
    )

    (found,) = read(path, ReadOptions(limits=Limits(record_bytes=2000)))

    assert "longer than 2000 bytes" in found.reason


def retyped(chats: list[object], folder, rnd: random.Random) -> bytes:
    """Write conversations as Parquet, each with something changed; b"" if none can."""
    lines, path = folder / "lines.jsonl", folder / "retyped.parquet"
    some = [deeply_retold(chat, rnd) for chat in rnd.sample(chats, 2)]
    lines.write_text("\n".join(json.dumps(chat) for chat in some))
    try:
        written(path, f"SELECT * FROM read_json('{lines}')")
    except duckdb.Error:
        return b""
    return path.read_bytes()


def as_arrow(data: bytes) -> bytes:
    """Write what a Parquet file holds as an Arrow stream."""
    import pyarrow
    from pyarrow import parquet

    table, sink = parquet.read_table(pyarrow.BufferReader(data)), io.BytesIO()
    with pyarrow.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def test_whatever_is_done_to_a_file_it_is_read_or_refused(sample, tmp_path):
    rnd = random.Random(26)
    path = tmp_path / "t"
    chats = [json.loads(line) for line in sample.read_bytes().splitlines()]
    sql = "SELECT 'c-' || i AS id, 'user' AS role, 'x' AS text FROM range(50) AS t(i)"
    rows = changed = written(path, sql).read_bytes()
    for number in range(MUTATIONS):
        if number % 5 == 0:  # to make one takes longer than to read it
            changed = retyped(chats, tmp_path, rnd) or rows
        data = rnd.choice((rows, changed))
        data = as_arrow(data) if HAS_ARROW and rnd.random() < 0.5 else data
        data = data[:8] + damaged(data[8:], rnd) if rnd.random() < 0.7 else data
        path.write_bytes(data)
        with within_limits(data):
            check_read(path, ReadOptions())


def test_an_arrow_file_that_leads_outside_of_itself_is_refused(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    path = tmp_path / "t.arrow"
    cells = {"id": ["c"] * 51, "role": ["user"] * 51, "text": ["x"] * 51}
    batch = pyarrow.record_batch({**cells, "mine": list(range(51))})
    with pyarrow.ipc.new_stream(str(path), batch.schema) as writer:
        writer.write_batch(batch)
    # 52 places of texts, of which only two are said to be there.
    places, fewer = ((4 * count).to_bytes(8, "little") for count in (52, 2))
    assert places in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(places, fewer))

    (refused,) = read(path)

    assert "cannot be read" in refused.reason
    assert "Traceback" not in refused.reason


def test_an_own_column_that_says_nothing_of_a_conversation_is_left_out(tmp_path):
    path = written(
        tmp_path / "t.parquet",
        "SELECT * FROM (VALUES ('c', 'user', 'x', NULL, 1), ('d', 'bot', 'y', 7, 2))"
        " AS t(id, role, text, shelf, mark)",
    )

    first, second = chats_in(path)

    assert (first.metadata, second.metadata) == ({"mark": 1}, {"shelf": 7, "mark": 2})


def test_a_missing_package_is_named(tmp_path, monkeypatch):
    path = written(tmp_path / "t.parquet", "SELECT 1 AS id")
    monkeypatch.setattr("jauge.importers.database.find_spec", lambda _: None)

    with pytest.raises(InputError, match=r"pip install 'jauge\[tables\]'"):
        list(read(path))


def test_an_arrow_file_is_read_where_pyarrow_is(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import feather

    table = pyarrow.table({"id": ["c"], "role": ["user"], "text": ["hi"]})
    feather.write_feather(table, tmp_path / "t.arrow")
    sink = pyarrow.OSFile(str(tmp_path / "s.arrow"), "wb")
    with sink, pyarrow.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)

    for name in ("t.arrow", "s.arrow"):
        (chat,) = chats_in(tmp_path / name)
        assert isinstance(chat.events[0], Message)


def test_an_arrow_file_without_pyarrow_says_what_to_do(tmp_path, monkeypatch):
    path = tmp_path / "t.arrow"
    path.write_bytes(b"ARROW1\0\0" + bytes(100))
    monkeypatch.setattr("jauge.importers.columnar_sql.find_spec", lambda _: None)

    with pytest.raises(InputError, match="pip install pyarrow"):
        list(read(path))


def test_it_is_recognised_by_its_first_bytes():
    assert Columnar().recognizes(b"PAR1" + bytes(10))
    assert not Columnar().recognizes(b'{"PAR1": 1}')
