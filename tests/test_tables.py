"""Workbooks and Parquet: the rows of the CSV, typed, whole or not at all."""

from __future__ import annotations

import csv
import datetime
import errno
import io
import json
import os
import subprocess
import sys
import zoneinfo
from types import SimpleNamespace

import pytest

from jauge import tables
from jauge.batch import Plan, score_files
from jauge.errors import InputError, UsageError
from jauge.report import column_words, export
from jauge.scorers import build_scorer
from jauge.settings import ReadOptions

openpyxl = pytest.importorskip("openpyxl")
duckdb = pytest.importorskip("duckdb")
pytest.importorskip("xlsxwriter")

SHAPES = pytest.mark.parametrize("shape", [(), ("--wide",), ("--long",)], ids=str)
HOSTILE = {
    "id": "=1+1\0",
    "bot": "@SUM(A1)",
    "channel": "https://x.example",
    "department": "{=1}",
    "events": [
        {"type": "message", "role": "user", "text": "=cmd|'/c calc'!A1 c'est nul"},
        {"type": "message", "role": "bot", "text": "Je n'ai pas compris.\u0001"},
    ],
}


@pytest.fixture
def scored(jauge, here, sample):
    """Score the samples into a file; give its path."""

    def run(form, *options, source=sample):
        assert (
            jauge("score", source, "--to", form, "-o", f"out.{form}", *options).status
            == 0
        )
        return here / f"out.{form}"

    return run


def sheets_of(path):
    book = openpyxl.load_workbook(path)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book]


def parquet(path, what="*"):
    # Text: fetching a time with a zone would need another package.
    return duckdb.sql(f"SELECT {what} FROM '{path}'").fetchall()


def csv_of(path):
    return list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))


def as_text(cell) -> str:
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return "" if cell is None else str(cell)


@SHAPES
def test_a_workbook_has_the_rows_of_the_csv(scored, shape):
    (rows,) = sheets_of(scored("xlsx", *shape))
    expected = csv_of(scored("csv", *shape))
    times = rows[0].index("Start (UTC)") if "Start (UTC)" in rows[0] else None

    assert len(rows) == len(expected) > 84
    for row, other in zip(rows[1:], expected[1:], strict=True):
        for place, (cell, text) in enumerate(zip(row, other, strict=True)):
            if place == times and cell:
                at = datetime.datetime.fromisoformat(text).astimezone(datetime.UTC)
                assert cell == at.replace(tzinfo=None)
            elif isinstance(cell, int | float):
                assert cell == float(text)
            else:
                assert as_text(cell).replace("_x000D_", "\r") == text


@pytest.mark.parametrize(
    ("lang", "title"), [("fr", "Début (Europe/Paris)"), ("en", "Start (Europe/Paris)")]
)
def test_times_of_a_workbook_are_of_one_zone_that_its_title_names(scored, lang, title):
    (rows,) = sheets_of(scored("xlsx", "--timezone", "Europe/Paris", "--lang", lang))
    expected = csv_of(scored("csv"))
    place = expected[0].index("started_at")

    assert rows[0][place] == title
    paris = zoneinfo.ZoneInfo("Europe/Paris")
    assert [row[place] for row in rows[1:]] == [
        datetime.datetime.fromisoformat(row[place])
        .astimezone(paris)
        .replace(tzinfo=None)
        if row[place]
        else None
        for row in expected[1:]
    ]


@SHAPES
def test_parquet_has_the_rows_of_the_csv(scored, shape):
    path = scored("parquet", *shape)
    expected = csv_of(scored("csv", *shape))

    columns = [name for name, *_ in duckdb.sql(f"DESCRIBE FROM '{path}'").fetchall()]
    number = columns.index("points" if "points" in columns else "value")
    rows = parquet(path, f"conversation_id, {columns[number]}")

    assert columns == expected[0]
    assert [[row[0], as_text(row[1])] for row in rows] == [
        [row[0], as_text(float(row[number])) if row[number] else ""]
        for row in expected[1:]
    ]


def test_parquet_columns_are_typed_and_lists_are_lists(scored):
    path = scored("parquet")

    described = duckdb.sql(f"DESCRIBE FROM '{path}'").fetchall()
    types = {name: kind for name, kind, *_ in described}
    reasons, unavailable = parquet(path, "top_reasons, unavailable")[2]

    assert (types["value"], types["ease"]) == ("INTEGER", "DOUBLE")
    assert types["started_at"] == "TIMESTAMP WITH TIME ZONE"
    assert types["top_reasons"] == types["unavailable"] == "VARCHAR[]"
    assert len(reasons) == 3
    assert unavailable == ["bot_unsure"]


def test_parquet_times_are_the_same_instants(scored):
    path = scored("parquet")
    expected = csv_of(scored("csv"))
    place = expected[0].index("started_at")

    found = [at for (at,) in parquet(path, "epoch(started_at)")]

    assert found == [
        datetime.datetime.fromisoformat(row[place]).timestamp() if row[place] else None
        for row in expected[1:]
    ]


def test_nothing_to_write_is_a_table_of_its_columns(scored, here):
    chat = {"id": "a", "events": []}
    (here / "one.jsonl").write_text(json.dumps(chat) + "\n")

    (rows,) = sheets_of(scored("xlsx", "--long", source="one.jsonl"))

    assert [len(rows), len(rows[0])] == [1, len(export.LONG_COLUMNS)]
    assert parquet(scored("parquet", "--long", source="one.jsonl")) == []


@pytest.mark.parametrize(
    ("lang", "titles"),
    [
        ("fr", ("Conversation", "État", "Raison")),
        ("en", ("Conversation", "Status", "Reason")),
    ],
)
def test_titles_are_in_the_readers_language_and_stay_in_sight(scored, lang, titles):
    path = scored("xlsx", "--lang", lang)

    sheet = openpyxl.load_workbook(path).active

    assert tuple(cell.value for cell in sheet[1][:3]) == titles
    assert sheet.freeze_panes == "B2"
    assert sheet.column_dimensions["P"].width > sheet.column_dimensions["B"].width


def test_every_column_has_words_and_a_type():
    names = {*export.COLUMNS, *export.LONG_COLUMNS, *export.REFUSED_COLUMNS}
    names.add(export.KEPT_RATING)
    wide = [detector.name for detector in build_scorer().detectors]

    assert set(column_words._COLUMNS) == names
    assert {column_words.sql_type(name) for name in wide} == {"DOUBLE"}


@SHAPES
def test_texts_are_never_run_as_formulas(scored, here, shape):
    (here / "hostile.jsonl").write_text(json.dumps(HOSTILE) + "\n")

    book = openpyxl.load_workbook(scored("xlsx", *shape, source="hostile.jsonl"))

    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.hyperlink is None for cell in cells)
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert not [text for text in texts if text.startswith(export._FORMULA)]
    assert "'=1+1�" in texts


def test_parquet_keeps_texts_as_they_are(scored, here):
    (here / "hostile.jsonl").write_text(json.dumps(HOSTILE) + "\n")

    path = scored("parquet", source="hostile.jsonl")

    assert parquet(path, "conversation_id, bot") == [("=1+1�", "@SUM(A1)")]


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_the_same_scores_are_the_same_bytes(scored, form):
    first = scored(form).read_bytes()

    assert scored(form, "--jobs", "2").read_bytes() == first


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_a_table_appears_whole_or_not_at_all(here, form):
    sink = {
        "xlsx": lambda stream: tables.workbook(stream, ("value",), "en"),
        "parquet": lambda stream: tables.parquet(stream, ("value",)),
    }[form]
    out = io.BytesIO()

    def stopped():
        with sink(out) as taken:
            taken.write(b'{"value": 1}\n')
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()

    assert out.getvalue() == b""


@pytest.mark.parametrize("blocks", [8, 40, 60, 100])
@pytest.mark.parametrize("out", ["scores.xlsx", "parts/"])
def test_a_full_disk_is_one_line_and_leaves_no_workbook(here, sample, out, blocks):
    """A limit on the size of files stands for the disk; each ends another part."""
    limited = ["sh", "-c", f'ulimit -f {blocks}; exec "$0" "$@"', sys.executable]
    command = [*limited, "-m", "jauge", "score", sample, "--to", "xlsx", "-o", out]

    done = subprocess.run(command, cwd=here, capture_output=True, check=False)

    told = done.stderr.decode()
    assert done.returncode == 2
    assert told.startswith("jauge: temporary files: cannot be written (File too large)")
    assert told.count("\n") == 1
    assert not list(here.rglob("*.xlsx"))


def test_a_disk_that_fills_at_the_very_end_is_one_line_too(here, sample, monkeypatch):
    """What is copied to the place that was named can fail as well."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tables, "shutil", SimpleNamespace(copyfileobj=full))
    plan = Plan(ReadOptions(), to="xlsx")

    with pytest.raises(InputError, match=r"^s.xlsx: cannot be written \(No space left"):
        score_files([str(sample)], plan, out="s.xlsx")

    assert not list(here.glob("*s.xlsx*"))


def test_more_rows_than_a_sheet_holds_go_on_another(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    out = io.BytesIO()

    with tables.workbook(out, ("value",), "en") as taken:
        for value in range(5):
            taken.write(b'{"value": %d}\n' % value)

    rows = sheets_of(out)
    assert rows == [
        [("Score",), (0,), (1,)],
        [("Score",), (2,), (3,)],
        [("Score",), (4,)],
    ]


def test_a_text_longer_than_a_cell_is_cut():
    out = io.BytesIO()

    with tables.workbook(out, ("evidence",), "en") as taken:
        taken.write(json.dumps({"evidence": "a" * 40_000}).encode() + b"\n")

    assert len(sheets_of(out)[0][1][0]) == 32_766


def test_one_table_a_file_in_a_folder(jauge, here, sample):
    assert jauge("score", sample, "--to", "xlsx", "-o", "parts/").status == 0

    assert len(sheets_of(here / "parts" / "conversations.jsonl.scores.xlsx")[0]) == 85


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_a_missing_package_is_one_line_that_says_what_to_install(monkeypatch, form):
    monkeypatch.setattr(tables, "find_spec", lambda _: None)

    with pytest.raises(UsageError, match=r"pip install 'jauge\[tables\]'$"):
        tables.check(form, "scores")


START = {"csv": b"conversation_id,", "xlsx": b"PK", "parquet": b"PAR1", "jsonl": b"{"}


@pytest.mark.parametrize(
    ("out", "form"),
    [
        ("scores.csv", "csv"),
        ("scores.XLSX", "xlsx"),
        ("scores.parquet", "parquet"),
        ("scores.jsonl", "jsonl"),
        ("scores.txt", "jsonl"),
        ("scores", "jsonl"),
    ],
)
def test_the_ending_of_a_file_says_its_form(jauge, here, sample, out, form):
    assert jauge("score", sample, "-o", out).status == 0

    assert (here / out).read_bytes().startswith(START[form])


@pytest.mark.parametrize("out", ["s.xls", "s.ODS", "s.csv.gz", "s.pdf"])
def test_an_ending_that_is_not_written_is_refused(jauge, here, sample, out):
    ran = jauge("score", sample, "-o", out)

    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "Name .jsonl, .csv, .xlsx, .parquet, or say --to" in ran.err
    assert not (here / out).exists()
    assert jauge("score", sample, "-o", out, "--to", "csv").status == 0


@pytest.mark.parametrize("out", ["own.csv", "own.xlsx", "own.json.gz"])
def test_conversations_are_not_written_under_the_name_of_a_table(
    jauge, here, sample, out
):
    ran = jauge("convert", sample, "-o", out)

    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "Name a file that ends in .jsonl." in ran.err
    assert not (here / out).exists()


@pytest.mark.parametrize("by", ["option", "variable", "settings"])
@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_form_that_was_told_goes_before_the_ending(
    jauge, here, sample, monkeypatch, by, form
):
    if by == "variable":
        monkeypatch.setenv("JAUGE_TO", form)
    if by == "settings":
        (here / "jauge.toml").write_text(f'to = "{form}"\n', encoding="utf-8")
    more = ["--to", form] if by == "option" else []

    assert jauge("score", sample, "-o", "scores.xlsx", *more).status == 0

    assert (here / "scores.xlsx").read_bytes().startswith(START[form])


def test_options_of_tables_go_with_the_form_that_the_ending_says(jauge, here, sample):
    assert jauge("score", sample, "-o", "scores.csv", "--wide", "--bom").status == 0
    refused = jauge("score", sample, "-o", "scores.jsonl", "--wide")

    assert b"user_repeats" in (here / "scores.csv").read_bytes().splitlines()[0]
    assert refused.status == 2


def test_a_folder_with_a_name_like_a_file_is_a_folder(jauge, here, sample):
    assert jauge("score", sample, "-o", "scores.csv/").status == 0

    (part,) = (here / "scores.csv").iterdir()
    assert part.name == "conversations.jsonl.scores.jsonl"
