"""Every page of a site, as an answer: what it says, and in which language."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil

import pytest
from litestar.testing import TestClient
from openpyxl import load_workbook

from jauge import keeping
from jauge.service.app import app_of
from jauge.store.database import open_store
from jauge.store.states import set_state, state_of

NARROW = "\u202f"


@pytest.mark.parametrize(
    ("asked", "start"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.8", "/fr/conversations"),
        ("en-GB,en;q=0.9,fr;q=0.3", "/en/conversations"),
        ("de, fr;q=0.2, en;q=0.7", "/en/conversations"),
        ("*", "/en/conversations"),
        ("fr;q=1.2.3, en;q=x", "/fr/conversations"),
    ],
)
def test_the_start_speaks_the_language_of_the_browser(client, asked, start):
    answer = client.get("/", headers={"Accept-Language": asked}, follow_redirects=False)

    assert answer.headers["location"] == start


@pytest.mark.parametrize(
    ("lang", "words"),
    [("fr", "Rapport de conversations"), ("en", "Conversation report")],
)
def test_the_list_is_worst_first(client, lang, words):
    text = client.get(f"/{lang}/conversations").text

    assert f">{words}</h1>" in text
    scores = [int(one) for one in re.findall(r"</svg>(\d+)<span class=\"vh\">, ", text)]
    assert len(scores) >= 20
    assert scores == sorted(scores)


def test_the_list_is_ordered_by_what_people_marked(client, settings):
    store = open_store(settings.db)
    for id_, state in (("s-001", "settled"), ("s-003", "read")):
        set_state(store, id_, state, "ann")

    text = client.get("/en/conversations?order=state&descending=1&columns=state").text

    ids = re.findall(r'class="open"[^>]*href="/en/conversation\?id=([^&"]+)', text)
    assert ids[:2] == ["s-001", "s-003"]


def test_once_a_site_has_ended_its_one_file_holds_what_people_marked(
    settings, tmp_path
):
    with TestClient(app_of(settings), base_url="http://127.0.0.1") as client:
        shown = client.get("/en/conversation?id=s-004").text
        token = re.search(r'name="_csrf_token" value="([^"]+)"', shown)[1]
        told = {"_csrf_token": token, "id": "s-004", "here": "", "state": "settled"}
        assert client.post("/en/conversation/state", data=told).status_code == 200

    copy = tmp_path / "copy.db"
    for end in ("", ".key"):
        shutil.copy(f"{settings.db}{end}", f"{copy}{end}")
    assert state_of(open_store(copy), "s-004") == "settled"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_refused_records_can_be_taken_along(client, settings, tmp_path, lang):
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": 1, "note": "ann@post.example"}\n{"id": \n')
    keeping.load_files([str(broken)], str(settings.db), keeping.Plan())

    def taken(form, more=""):
        return client.get(f"/{lang}/not-scored/export?form={form}{more}").content

    lines = [json.loads(line) for line in taken("jsonl").splitlines()]
    assert [one["line"] for one in lines] == [1, 2]
    assert "ann@post.example" not in lines[0]["record"]
    assert b"ann@post.example" in taken("jsonl", "&mask=no")
    rows = list(
        csv.reader(
            io.StringIO(taken("csv").decode("utf-8-sig")),
            delimiter=";" if lang == "fr" else ",",
        )
    )
    assert (
        rows[0]
        == {
            "fr": ["Fichier", "Ligne", "Chemin", "Raison", "Enregistrement"],
            "en": ["File", "Line", "Path", "Reason", "Record"],
        }[lang]
    )
    assert len(rows) == 3
    told = {"fr": "il faut un texte", "en": "a text is needed"}[lang]
    assert rows[1][3].startswith(told)
    assert lines[0]["reason"].startswith("Expected `str`")
    sheet = load_workbook(io.BytesIO(taken("xlsx"))).active
    assert sheet["A1"].value == {"fr": "Fichier", "en": "File"}[lang]
    assert taken("parquet").startswith(b"PAR1")
