"""Pages mask personal data on the screen, too, and marks stay where they are."""

import json
import re

import pytest
from litestar.testing import TestClient
from msgspec.structs import replace

from jauge import keeping
from jauge.service.app import app_of
from jauge.service.site import SiteSettings
from jauge.store.database import open_store
from jauge.store.objections import objections_of

SAID = (
    ("bot", "Hello! How can I help?"),
    ("user", "My order 55123 for lou@post.example is a disgrace"),
    ("bot", "Sorry, I did not understand."),
    ("user", "call me on 020 7946 0018, I am so angry"),
)
EVENTS = [{"type": "message", "role": role, "text": text} for role, text in SAID]
CHAT = json.dumps({"id": "c-1", "events": EVENTS})
SECRETS = ("55123", "lou@post.example", "7946")


def site(tmp_path, *, mask: bool = True) -> SiteSettings:
    file = tmp_path / "chats.jsonl"
    file.write_text(CHAT + "\n" + '{"id": "c-2", "text": "order 77881"' + "\n")
    db = tmp_path / "kept.db"
    keeping.load_files([str(file)], str(db), keeping.Plan())
    return SiteSettings(db=db, mask=mask)


@pytest.fixture
def settings(tmp_path) -> SiteSettings:
    return site(tmp_path)


def shown(settings: SiteSettings, path: str) -> str:
    with TestClient(app_of(settings), base_url="http://127.0.0.1") as client:
        return client.get(path).text


@pytest.mark.parametrize(
    "path",
    ["conversations", "conversation?id=c-1", "conversation?id=c-1&blind=1", "review"],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_page_shows_personal_data(settings, lang, path):
    page = shown(settings, f"/{lang}/{path}")

    assert not [secret for secret in SECRETS if secret in page]
    assert ("[courriel]" if lang == "fr" else "[e-mail]") in page or path == "review"


def test_page_in_the_french_of_france_has_its_mask(settings):
    page = shown(replace(settings, french="fr-FR"), "/fr/conversation?id=c-1")

    assert "[e-mail]" in page
    assert "[courriel]" not in page


def test_refused_record_is_masked(settings):
    page = shown(settings, "/en/not-scored")

    assert "order [reference]" in page
    assert "77881" not in page


def test_evidence_is_marked_beside_a_mask(settings):
    page = shown(settings, "/en/conversation?id=c-1")

    marked = re.findall(r"<mark[^>]*>([^<]*)", page)
    assert any("angry" in one for one in marked)


def test_site_told_so_shows_all_on_the_screen_and_nothing_on_paper(tmp_path):
    page = shown(site(tmp_path, mask=False), "/en/conversation?id=c-1")

    assert "lou@post.example" in page
    assert '<span class="veiled" aria-hidden="true">' in page


def test_point_after_a_mask_can_be_said_wrong(settings):
    """What a form sends names the point as it is kept, not as it is shown."""
    with TestClient(app_of(settings), base_url="http://127.0.0.1") as client:
        page = client.get("/en/conversation?id=c-1").text
        forms = re.findall(
            r'conversation/objection">(.*?)</form>', page, flags=re.DOTALL
        )
        assert forms
        for form in forms:
            fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
            answer = client.post(
                "/en/conversation/objection",
                data={**fields, "why": "call 020 7946 0018"},
                headers={"Origin": "http://127.0.0.1"},
            )
            assert answer.status_code == 200
        after = client.get("/en/conversation?id=c-1").text

    told = objections_of(open_store(settings.db), "c-1")
    assert len(told) == len(forms)
    assert after.count("said-wrong") == len(forms)
    assert "7946" not in after
