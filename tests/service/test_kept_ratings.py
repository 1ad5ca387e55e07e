"""Ratings of a table stand in what is taken along, whatever its form."""

from __future__ import annotations

import csv
import io
import json

import duckdb
import pytest
from litestar.testing import TestClient
from msgspec import json as decoding

from jauge.model.score import Score
from jauge.service.app import app_of
from jauge.service.site import SiteSettings
from tests.kept import chat, write

TITLES = {"fr": "Note du client, sur 100", "en": "Customer rating, of 100"}
RATED = {"c-1": 100.0, "c-2": None}


@pytest.fixture
def rated(jauge, tmp_path):
    """A site with two conversations, of which a table rates the first."""
    table = tmp_path / "r.csv"
    table.write_text("id,rating\nc-1,5\n", encoding="utf-8")
    chats = write(tmp_path / "chats.jsonl", chat("c-1"), chat("c-2"))
    db = tmp_path / "kept.db"
    more = ("--ratings", table, "--on", "id")
    assert jauge("load", chats, "--db", db, *more).status == 0
    with TestClient(app_of(SiteSettings(db=db))) as client:
        client.base_url = "http://127.0.0.1"
        yield client


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("shape", ["row", "wide"])
def test_csv_has_them_from_0_to_100(rated, lang, shape):
    content = rated.get(f"/{lang}/export?form=csv&shape={shape}").content
    text = content.decode("utf-8-sig")
    delimiter = ";" if lang == "fr" else ","

    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))

    told = {row["Conversation"]: row[TITLES[lang]] for row in rows}
    assert told == {"c-1": "100,0" if lang == "fr" else "100.0", "c-2": ""}


def test_parquet_has_them_as_numbers(rated, tmp_path):
    path = tmp_path / "taken.parquet"
    path.write_bytes(rated.get("/en/export?form=parquet").content)

    asked = f"SELECT conversation_id, rating_hundred FROM '{path}'"
    assert dict(duckdb.sql(asked).fetchall()) == RATED


def test_a_line_has_them_beside_its_score_which_is_still_read(rated):
    lines = rated.get("/en/export?form=jsonl").text.splitlines()

    told = {one["conversation_id"]: one for one in map(json.loads, lines)}
    assert {id_: one["rating_hundred"] for id_, one in told.items()} == RATED
    assert decoding.decode(lines[0], type=Score).conversation_id in RATED


def test_rows_of_points_have_no_rating_and_no_column_of_it(rated):
    text = rated.get("/en/export?form=csv&shape=long").text

    assert TITLES["en"] not in text
