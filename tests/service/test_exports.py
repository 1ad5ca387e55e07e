"""What is taken along from a page: titles in words, times of the site, as filtered."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
from datetime import datetime
from types import SimpleNamespace

import pytest
from litestar.testing import TestClient
from msgspec.structs import replace
from openpyxl import load_workbook

from jauge import keeping, tables
from jauge.report import export
from jauge.service.app import app_of
from jauge.service.conversations import _export_seconds

BOTH = pytest.mark.parametrize("lang", ["fr", "en"])
MONTREAL = "America/Montreal"
CHAT = {
    "id": "late",
    "language": "fr",
    "events": [
        {"type": "message", "role": "bot", "text": "Bonjour!",
         "at": "2026-11-03T03:30:00+00:00"},
        {"type": "message", "role": "user", "text": "vous êtes des voleurs, c'est nul",
         "at": "2026-11-03T05:31:00.25+02:00"},
        {"type": "message", "role": "bot", "text": "Je n'ai pas compris."},
    ],
}  # fmt: skip


@pytest.fixture
def in_montreal(settings, tmp_path):
    """A site whose clock is that of Montréal, with one conversation of an evening."""
    file = tmp_path / "late.jsonl"
    file.write_text(json.dumps(CHAT))
    keeping.load_files([str(file)], str(settings.db), keeping.Plan())
    app = app_of(replace(settings, zone=MONTREAL))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


def rows_of(client, lang: str, more: str = "") -> list[dict[str, str]]:
    text = client.get(f"/{lang}/export?form=csv{more}").content.decode("utf-8-sig")
    delimiter = ";" if lang == "fr" else ","
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


@BOTH
def test_titles_are_words_and_that_of_times_names_the_zone(in_montreal, lang):
    row = rows_of(in_montreal, lang)[0]

    start, level = {"fr": ("Début", "Niveau"), "en": ("Start", "Level")}[lang]
    assert f"{start} ({MONTREAL})" in row
    assert level in row
    assert "started_at" not in row
    assert len(row) == len(export.COLUMNS) + 1


@BOTH
def test_csv_and_workbook_have_the_times_that_the_page_shows(in_montreal, lang):
    title = {"fr": f"Début ({MONTREAL})", "en": f"Start ({MONTREAL})"}[lang]
    rows = rows_of(in_montreal, lang, "&text=voleurs")
    late = next(row for row in rows if row["Conversation"] == "late")
    book = load_workbook(
        io.BytesIO(in_montreal.get(f"/{lang}/export?form=xlsx&text=voleurs").content)
    )
    sheet = list(book.active.iter_rows(values_only=True))
    place = sheet[0].index(title)
    page = in_montreal.get(f"/{lang}/conversations?text=voleurs").text

    assert late[title] == "2026-11-02 22:30:00"
    assert datetime(2026, 11, 2, 22, 30) in [row[place] for row in sheet[1:]]  # noqa: DTZ001
    assert {"fr": "22\u00a0h\u00a030", "en": "22:30"}[lang] in page


@BOTH
@pytest.mark.parametrize("shape", ["row", "wide"])
def test_no_number_of_a_french_file_has_a_point(in_montreal, lang, shape):
    rows = rows_of(in_montreal, lang, f"&shape={shape}")

    title = {"fr": "Raisons principales", "en": "Top reasons"}[lang]
    reasons = [row[title] for row in rows]
    points = [one.split()[1] for told in reasons for one in told.split("; ") if one]
    sign = {"fr": ",", "en": "."}[lang]
    assert points
    assert all(point[-2] == sign and point[0] in "+-" for point in points)


@BOTH
def test_files_for_programs_keep_names_and_instants(in_montreal, tmp_path, lang):
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "made.parquet"
    path.write_bytes(in_montreal.get(f"/{lang}/export?form=parquet").content)

    columns = [one for one, *_ in duckdb.sql(f"DESCRIBE FROM '{path}'").fetchall()]
    asked = f"SELECT epoch(started_at) FROM '{path}' WHERE conversation_id = 'late'"
    lines = in_montreal.get(f"/{lang}/export?form=jsonl").text.splitlines()

    assert tuple(columns) == (*export.COLUMNS, export.KEPT_RATING)
    at = datetime.fromisoformat("2026-11-03T03:30:00+00:00").timestamp()
    assert duckdb.sql(asked).fetchall() == [(at,)]
    assert "conversation_id" in json.loads(lines[0])


@BOTH
@pytest.mark.parametrize("form", ["xlsx", "parquet"])
@pytest.mark.parametrize("page", ["export", "not-scored/export"])
def test_a_disk_without_room_is_a_page_that_says_so(
    in_montreal, monkeypatch, lang, form, page
):
    pytest.importorskip("duckdb")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tables, "shutil", SimpleNamespace(copyfileobj=full))

    answer = in_montreal.get(f"/{lang}/{page}?form={form}")

    told = {"fr": "Plus de place sur le disque", "en": "No room on the disk"}[lang]
    assert answer.status_code == 503
    assert told in answer.text
    assert "content-disposition" not in answer.headers


@BOTH
def test_a_file_has_the_rows_of_the_list_in_their_order(in_montreal, lang):
    names = [row["Conversation"] for row in rows_of(in_montreal, lang, "&order=latest")]
    lines = in_montreal.get(f"/{lang}/export?form=jsonl&order=latest").text.splitlines()

    assert len(names) == 70
    assert [json.loads(line)["conversation_id"] for line in lines] == names


def test_the_wait_for_a_file_is_told_where_anybody_would_notice():
    assert [_export_seconds(rows) for rows in (0, 9_000, 100_000)] == [0, 0, 30]
