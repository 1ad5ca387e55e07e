"""Excel workbooks: the same conversations as in the CSV of the same cells."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from datetime import datetime

import pytest
import xlsxwriter

from jauge.errors import InputError
from jauge.settings import ReadOptions
from jauge.sources import read
from tests.importers.test_hostile import check_read
from tests.mutations import MUTATIONS, damaged
from tests.within_limits import within_limits


def workbook(path, *sheets):
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, column, cell)
    return path


@pytest.mark.parametrize(
    ("name", "delimiter"),
    [("commas.csv", ","), ("scattered.csv", "|"), ("day_month_year.csv", ";")],
)
def test_a_sheet_is_read_as_its_csv(formats, name, delimiter, tmp_path):
    source = formats / "csv" / name
    with source.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines, delimiter=delimiter))

    path = workbook(tmp_path / "t.xlsx", rows)

    assert list(read(path)) == list(read(source))


def test_cells_are_numbers_times_and_truths(tmp_path):
    header = [
        "N° conversation",
        "Date",
        "Auteur",
        "Texte",
        "confiance",
        "repli",
        "Note",
    ]
    first = [
        82078,
        datetime.fromisoformat("2026-09-14 08:02:11"),
        "Client",
        "allô",
        None,
        None,
        4.5,
    ]
    last = [
        82078,
        datetime.fromisoformat("2026-09-14 08:02:12"),
        "Robot",
        "oui",
        0.25,
        True,
        None,
    ]

    (chat,) = read(workbook(tmp_path / "t.xlsx", [header, first, last]))

    assert chat.id == "82078"
    assert chat.events[0].at.isoformat() == "2026-09-14T08:02:11+00:00"
    assert (chat.events[1].confidence, chat.events[1].fallback) == (0.25, True)
    assert chat.events[-1].value == 4.5


def test_the_sheet_and_the_row_of_the_header_are_found(tmp_path):
    cover = [["Export du 14 septembre"]]
    table = [
        ["Export"],
        [],
        ["id", "role", "text", "mine"],
        ["c", "user", "hi", "x"],
        ["", "user", "who?", "x"],
    ]

    chat, refused = sorted(
        read(workbook(tmp_path / "t.xlsx", cover, table)),
        key=lambda one: type(one).__name__,
    )

    assert chat.metadata == {"mine": "x"}
    assert (refused.line, refused.reason) == (5, "no conversation id")


def test_a_workbook_of_something_else_names_its_columns(tmp_path):
    path = workbook(tmp_path / "t.xlsx", [["a", "b"], [1, 2]])

    with pytest.raises(
        InputError, match=r"no column for id, role, text.*columns: a, b"
    ):
        list(read(path))


def test_a_workbook_that_would_fill_the_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("jauge.importers.workbook._LARGEST", 100_000)
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", bytes(1_000_000))

    (refused,) = read(path)

    assert "unpacked; save it as CSV" in refused.reason


def repacked(data: bytes, rnd: random.Random) -> bytes:
    """Change what is inside one file of a workbook; the workbook itself is sound."""
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(sink, "w") as new:
        chosen = rnd.choice(old.namelist())
        for name in old.namelist():
            inside = old.read(name)
            new.writestr(name, damaged(inside, rnd) if name == chosen else inside)
    return sink.getvalue()


def test_whatever_is_done_to_a_workbook_it_is_read_or_refused(tmp_path):
    rnd = random.Random(26)
    row = ["c", "user", "x", datetime.fromisoformat("2026-09-14 08:02:12"), 0.5]
    header = ["id", "role", "text", "at", "confidence"]
    path = workbook(tmp_path / "t.xlsx", [header, row], [["x"]])
    data = path.read_bytes()
    for _ in range(MUTATIONS):
        outside = data[:60] + damaged(data[60:], rnd)
        changed = outside if rnd.random() < 0.3 else repacked(data, rnd)
        path.write_bytes(changed)
        with within_limits(changed):
            check_read(path, ReadOptions())


def test_a_missing_package_is_named(tmp_path, monkeypatch):
    path = workbook(tmp_path / "t.xlsx", [["id"]])
    monkeypatch.setattr("jauge.importers.workbook.find_spec", lambda _: None)

    with pytest.raises(InputError, match=r"pip install 'jauge\[tables\]'"):
        list(read(path, ReadOptions()))
