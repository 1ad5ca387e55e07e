"""Whatever customers, bots and addresses say is text on the pages, and runs nowhere."""

from __future__ import annotations

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from docs.pictures import served
from jauge import keeping
from jauge.model.conversation import encode_conversation
from jauge.service.site import SiteSettings
from tests.report.test_page_hostile import ADDRESSES, PAYLOADS, hostile

FORMULAS = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1")


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory):
    """A store of 200 conversations, each hostile wherever a text can stand."""
    folder = tmp_path_factory.mktemp("hostile")
    file = folder / "chats.jsonl"
    chats = [hostile(payload, at) for at, payload in enumerate(PAYLOADS)]
    file.write_bytes(b"\n".join(map(encode_conversation, chats)))
    keeping.load_files([str(file)], str(folder / "kept.db"), keeping.Plan())
    return SiteSettings(db=folder / "kept.db")


def test_nothing_that_is_written_runs_on_any_page(hostile_site, reader):
    with served(hostile_site) as address:
        one = reader(address)
        page = one.page
        links = []
        for number in (1, 2):
            page.goto(f"/en/conversations?size=100&page={number}")
            for list_ in page.locator("details").all():
                list_.evaluate("one => { one.open = true }")
            found = page.locator("a.open").all()
            links += [link.get_attribute("href") for link in found]
        assert len(links) == len(PAYLOADS)
        for link in links[::4]:
            page.goto(link)
        # What ran would have asked elsewhere, opened a dialog, or said so.
        assert one.faults == []


@pytest.mark.parametrize("payload", [*PAYLOADS[::9], *ADDRESSES])
def test_an_address_is_text_too(client, payload):
    for name in ("text", "channel", "period", "order", "columns", "page", "signal"):
        answer = client.get("/fr/conversations", params={name: payload})
        assert answer.status_code == 200
        assert payload not in answer.text or payload.isalnum() or "<" not in payload
    answer = client.get("/en/conversation", params={"id": payload})
    assert answer.status_code == 404


def test_a_view_may_have_any_name(client):
    page = client.get("/en/conversations").text
    token = page.split('name="_csrf_token" value="')[1].split('"')[0]
    name = "<script>alert(1)</script>"
    client.post(
        "/en/views", data={"_csrf_token": token, "name": name, "query": "a=<b>"}
    )

    shown = client.get("/en/conversations").text
    assert name not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</a>" in shown


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_cell_of_an_export_starts_a_formula(tmp_path, lang):
    from litestar.testing import TestClient

    from jauge.service.app import app_of

    chats = [
        {
            "id": f"{at}{text}", "department": text, "bot": text, "channel": text,
            "events": [
                {"type": "message", "role": "user", "text": text},
                {"type": "message", "role": "bot", "text": text},
                {"type": "message", "role": "user", "text": f"merci {text}"},
            ],
        }
        for at, text in enumerate(FORMULAS)
    ]  # fmt: skip
    file = tmp_path / "chats.jsonl"
    file.write_text("\n".join(map(json.dumps, chats)))
    keeping.load_files([str(file)], str(tmp_path / "kept.db"), keeping.Plan())
    app = app_of(SiteSettings(db=tmp_path / "kept.db"))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        for shape in ("row", "wide", "long"):
            answer = client.get(f"/{lang}/export?form=csv&shape={shape}")
            text = answer.content.decode("utf-8-sig")
            rows = list(csv.reader(io.StringIO(text), delimiter=";,"[lang == "en"]))
            assert len(rows) > len(FORMULAS)
            cells = [cell for row in rows for cell in row]
            assert not [one for one in cells if one.startswith(("=", "@", "\t", "\r"))]
        book = load_workbook(
            io.BytesIO(client.get(f"/{lang}/export?form=xlsx").content)
        )
        for row in book.active.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
