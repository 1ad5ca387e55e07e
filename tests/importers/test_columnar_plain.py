"""Conversations that DuckDB writes whole are those that their rows would become."""

from __future__ import annotations

import itertools
import random
import threading
from contextlib import closing

import duckdb

from jauge.importers.columnar import Columnar, Source, kept
from jauge.importers.columnar_plain import plain_sql
from jauge.importers.columnar_sql import columns_of, shape_of
from jauge.importers.database import CONFIG
from jauge.importers.finished import conversations
from jauge.importers.pieces import Pieces
from jauge.model.conversation import Conversation, encode_conversation
from jauge.model.rejected import Rejected
from jauge.settings import Limits, ReadOptions
from jauge.sources import read

NASTY = (
    "",
    " ",
    "\t",
    "\xa0",
    'a "b" \\ c',
    "x\0y",
    "🏒 é",
    "a|b",
    "null",
    "\u2028",
    "'",
)
CELLS = {
    "id VARCHAR": ("a", "b", "c-1", 'd"', "é"),
    "id BIGINT": (1, 2, 3),
    "id DOUBLE": (1.0, 2.5, 3.0),
    "role VARCHAR": ("user", "bot", "Client", "Lia", "", None, " ", "agent "),
    "text VARCHAR": ("hi", "allô", "", None, *NASTY),
    "at TIMESTAMPTZ": ("2026-09-14 08:00:00Z", "2026-09-14 08:00:01.25Z", None),
    "at TIMESTAMP": ("2026-09-14 08:00:00", "2026-09-14 08:00:00.123456", None),
    "at TIMESTAMP_MS": ("2026-09-14 08:00:00.123", None),
    "at VARCHAR": (
        "2026-09-14T08:00:00Z",
        "2026-09-14 08:00:00.125-05:30",
        "2026-09-14T08:00:00+00:00",
        "",
        None,
    ),
    "choices VARCHAR[]": (["yes", "no"], [], None, ["a;b", "é"], ["l'un"]),
    "intent VARCHAR": ("help", "", None, 'q"'),
    "confidence DOUBLE": (0.1, 1.0, 0.0, -0.0, None, 1e-7, 0.30000000000000004),
    "fallback BOOLEAN": (True, False, None),
    "flow VARCHAR": ("sales", "", None),
    "channel VARCHAR": ("Web Chat", "telegram", " ", None),
    "language VARCHAR": ("Français", "fr-CA", "", None),
    "department INTEGER": (7, None),
    "user_id VARCHAR": ("u 1", "", None),
    "shelf DOUBLE": (1.5, None, float("nan")),
    "mine VARCHAR": ("x", None, *NASTY),
    "more JSON": ('{"a":[1,null]}', "null", None),
}
"""Column → cells that are plain."""
ODD = {
    "id VARCHAR": (None, "", " ", "\ta", "a\xa0"),
    "at TIMESTAMPTZ": ("0001-01-01 00:00:00Z", "infinity"),
    "at VARCHAR": ("14/09/2026 08:02", "2026-02-30T08:00:00Z", "1789372800", " "),
    "at TIMESTAMP": ("0999-01-01 00:00:00",),
    "choices VARCHAR[]": (
        [" a"],
        ["a", None],
        ["", "b"],
        ["a|b"],
        ["a\xa0", "b"],
        [""],
    ),
    "confidence DOUBLE": (1.5, float("nan"), float("inf")),
}
"""Column → cells that need a second look."""
PER_CONVERSATION = ("channel", "language", "department", "user_id")
OPTIONS = ReadOptions(roles={"Lia": "bot"})


class Table:
    """A table in memory; `is_plain`: DuckDB writes its conversations whole."""

    def __init__(self, columns, rows) -> None:
        self.database = duckdb.connect(config=CONFIG)
        self.database.execute("SET TimeZone = 'UTC'")
        typed = ", ".join('"{}" {}'.format(*column.split()) for column in columns)
        self.database.execute(f"CREATE TABLE given ({typed})")
        marks = ", ".join("?" for _ in columns)
        self.database.executemany(f"INSERT INTO given VALUES ({marks})", rows)

    @property
    def is_plain(self) -> bool:
        shape = shape_of("given", columns_of(self.database, "given"), OPTIONS)
        return plain_sql(self.database, shape, OPTIONS) is not None

    def read(self, *, alone: bool, options: ReadOptions = OPTIONS) -> list[object]:
        source = Source("t.parquet", options, is_alone=alone)
        with closing(Pieces()) as pieces:
            found = kept(self.database, "given", source, pieces)
            limit = options.limits.record_bytes
            return [
                one
                for record in itertools.chain(found, pieces.records(limit))
                for one in (
                    [record]
                    if isinstance(record, Rejected)
                    else conversations(Columnar(), record, options)
                )
            ]


def random_table(rnd: random.Random) -> Table:
    """A table of some columns; now and then a cell, or the order, is not plain."""
    chosen: dict[str, str] = {}
    for column in rnd.sample(list(CELLS), len(CELLS)):
        name = column.split()[0]
        if name in ("id", "role", "text") or rnd.random() < 0.6:
            chosen.setdefault(name, column)
    columns = rnd.sample(list(chosen.values()), len(chosen))
    ids = rnd.sample(CELLS[chosen["id"]], 3)
    rows = [row for id_ in ids for row in conversation_rows(rnd, columns, id_)]
    if rnd.random() < 0.2:
        rnd.shuffle(rows)
    if rnd.random() < 0.3:
        column = rnd.choice(columns)
        row = rnd.choice(rows)
        row[columns.index(column)] = rnd.choice(ODD.get(column, CELLS[column]))
    return Table(columns, rows)


def conversation_rows(rnd: random.Random, columns, id_) -> list[list[object]]:
    size = rnd.randint(1, 6)
    cells = {}
    for column in columns:
        name = column.split()[0]
        values = rnd.choices(CELLS[column], k=size)
        if name == "id":
            values = [id_] * size
        elif name in PER_CONVERSATION or rnd.random() < 0.2:
            values = values[:1] * size
        elif name == "at":
            values = sorted(values, key=lambda at: at or "")
        cells[column] = values
    return [list(row) for row in zip(*cells.values(), strict=True)]


def told(found: list[object]) -> list[object]:
    return [
        encode_conversation(one) if isinstance(one, Conversation) else one
        for one in found
    ]


def test_a_conversation_written_whole_is_that_of_its_rows():
    rnd = random.Random(7)
    plain = 0
    for number in range(80):
        table = random_table(rnd)

        whole, by_rows = table.read(alone=True), table.read(alone=False)

        assert told(whole) == told(by_rows), number
        plain += table.is_plain
        table.database.close()
    assert plain > 30


def test_what_needs_a_second_look_is_read_by_rows():
    for column, cells in ODD.items():
        for cell in cells:
            columns = sorted({"role VARCHAR", "text VARCHAR", "id VARCHAR", column})
            row = ["user" if one != column else cell for one in columns]
            if column not in CELLS or not column.startswith("id"):
                row[columns.index("id VARCHAR")] = "a"

            table = Table(columns, [row])

            assert not table.is_plain, (column, cell)
            assert told(table.read(alone=True)) == told(table.read(alone=False))


def test_rows_that_stand_apart_or_out_of_order_are_put_together():
    columns = ["id VARCHAR", "role VARCHAR", "text VARCHAR", "at TIMESTAMP"]
    first, second = "2026-09-14 08:00:00", "2026-09-14 08:00:01"
    apart = [["a", "user", "1", first], ["b", "bot", "2", first]] * 2
    turned = [["a", "user", "2", second], ["a", "bot", "1", first]]

    for rows, wanted in ((apart, ["11", "22"]), (turned, ["12"])):
        found = Table(columns, rows).read(alone=True)

        assert ["".join(one.text for one in chat.events) for chat in found] == wanted


def test_a_fact_told_later_than_in_the_first_row_is_kept():
    columns = ["id VARCHAR", "role VARCHAR", "text VARCHAR", "language VARCHAR"]
    rows = [["a", "user", "allô", None], ["a", "bot", "oui", "français"]]

    (chat,) = Table(columns, rows).read(alone=True)

    assert chat.language == "fr"


def test_one_over_the_limit_is_refused_at_its_first_row_and_the_others_are_kept():
    columns = ["id VARCHAR", "role VARCHAR", "text VARCHAR"]
    rows = [["a", "user", "x"], *[["b", "bot", "x" * 999]] * 9, ["c", "user", "y"]]
    options = ReadOptions(limits=Limits(record_bytes=2000))

    first, refused, last = Table(columns, rows).read(alone=True, options=options)

    assert (first.id, last.id, refused.line) == ("a", "c", 2)
    assert "longer than 2000 bytes" in refused.reason
    assert len(refused.record) <= 200


def test_a_conversation_of_many_batches_is_one():
    columns = ["id BIGINT", "role VARCHAR", "text VARCHAR", "mark BIGINT"]
    rows = [[number // 4999, "user", "x", number] for number in range(5010)]

    found = Table(columns, rows).read(alone=True)

    assert [len(one.events) for one in found] == [4999, 11]
    assert found[1].metadata == {"mark": list(range(4999, 5010))}


def test_what_stands_together_is_not_put_aside(monkeypatch, tmp_path):
    monkeypatch.delattr("jauge.importers.pieces.Pieces.keep")
    path = tmp_path / "t.parquet"
    rows = "SELECT i // 3 AS id, 'user' AS role, 'x' || i AS text FROM range(9999) t(i)"
    duckdb.execute(f"COPY ({rows}) TO '{path}'")

    found = list(read(path, ReadOptions(limit=7)))

    assert [one.id for one in found] == list("0123456")
    assert threading.active_count() == 1


def test_what_comes_before_a_damage_is_read(tmp_path):
    path = tmp_path / "t.parquet"
    text = "repeat('y', 1000) || i"
    rows = f"SELECT i AS id, 'user' AS role, {text} AS text FROM range(6000) t(i)"
    duckdb.execute(
        f"COPY ({rows}) TO '{path}' (ROW_GROUP_SIZE 2048, COMPRESSION uncompressed)"
    )
    data = bytearray(path.read_bytes())
    place = data.rindex(b"y5000")
    data[place - 400 : place + 400] = b"\xff" * 800
    path.write_bytes(data)

    *found, refused = read(path)

    assert [one.id for one in found[:2048]] == [str(one) for one in range(2048)]
    assert "cannot be read" in refused.reason


def test_numbers_that_are_none_are_left_out_of_own_columns():
    columns = ["id VARCHAR", "role VARCHAR", "text VARCHAR", "mine DOUBLE"]
    rows = [["a", "user", "x", float("nan")], ["a", "bot", "y", 0.5]]

    (whole,), (by_rows,) = (
        Table(columns, rows).read(alone=alone) for alone in (True, False)
    )

    assert whole.metadata == by_rows.metadata == {"mine": 0.5}
