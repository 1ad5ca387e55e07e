"""Import in a real browser: dropped, told, kept; and without any script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from docs.pictures import served as served_at
from jauge.service.imports import ImportSettings
from jauge.service.site import SiteSettings
from jauge.store.database import open_store
from tests.kept import chat, lines
from tests.service.conftest import PATIENCE

# A load of so many goes on for longer than a busy browser takes to stop it.
MANY = 15_000
TWO = lines(chat("c-1"), chat("c-2"))
DROP = """([name, text]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name));
  const said = { bubbles: true, cancelable: true, dataTransfer: files };
  document.body.dispatchEvent(new DragEvent("dragover", said));
  document.body.dispatchEvent(new DragEvent("drop", said));
}"""


def seen(found) -> None:
    """Wait until it is seen: there, and once."""
    expect(found).to_be_visible(timeout=PATIENCE)


@pytest.fixture
def empty(tmp_path):
    settings = SiteSettings(
        db=tmp_path / "empty.db", imports=ImportSettings(most_bytes=100_000)
    )
    with served_at(settings) as address:
        yield address


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ("Garder", "C’est chargé", "Vers les conversations")),
        ("en", ("Keep", "Loaded", "To the conversations")),
    ],
)
@pytest.mark.parametrize("start", ["conversations", "import"])
def test_file_that_is_dropped_is_told_then_kept(empty, reader, lang, words, start):
    keep, done, to = words
    page = reader(empty).page
    page.goto(f"/{lang}/{start}")

    page.evaluate(DROP, ["chats.jsonl", TWO])
    page.get_by_role("button", name=keep).click()
    seen(page.get_by_role("heading", name=done))
    page.get_by_role("link", name=to, exact=True).click()

    expect(page.locator("[data-rows] tbody tr")).to_have_count(2, timeout=PATIENCE)


def test_file_that_is_too_big_is_told_at_the_field(empty, reader):
    page = reader(empty).page
    page.goto("/en/import")

    page.evaluate(DROP, ["big.jsonl", "x" * 200_000])

    expect(page.get_by_role("alert")).to_contain_text("Too big", timeout=PATIENCE)


@pytest.mark.parametrize("script", [True, False])
def test_file_that_is_chosen_works_without_a_script(empty, reader, tmp_path, script):
    file = tmp_path / "chats.jsonl"
    file.write_text(TWO, "utf-8")
    page = reader(empty, java_script_enabled=script).page
    page.goto("/en/import")

    page.get_by_label("Files", exact=True).set_input_files(file)
    page.get_by_role("button", name="Examine").click()
    page.get_by_role("button", name="Keep").click()

    seen(page.get_by_role("heading", name="Loaded"))
    page.get_by_role("link", name="To the conversations", exact=True).click()
    expect(page.locator("[data-rows] tbody tr")).to_have_count(2, timeout=PATIENCE)


def test_progress_is_shown_until_it_is_done(tmp_path, reader):
    file = tmp_path / "many.jsonl"
    file.write_text(lines(*(chat(f"m-{at}", 6) for at in range(MANY))), "utf-8")
    with served_at(SiteSettings(db=tmp_path / "kept.db")) as address:
        page = reader(address).page
        page.goto("/en/import")

        page.get_by_label("Files", exact=True).set_input_files(file)
        page.get_by_role("button", name="Examine").click()
        seen(page.get_by_role("heading", name="Reading the files"))
        page.get_by_role("button", name="Keep").click()
        seen(page.get_by_role("heading", name="Loading"))
        seen(page.get_by_text("conversations read"))
        page.get_by_role("button", name="Stop").click()

        seen(page.get_by_role("heading", name="Stopped"))
        seen(page.get_by_role("link", name="To the conversations", exact=True))
        kept = open_store(tmp_path / "kept.db").count()
        told = "What was kept until then stays." if kept else "Nothing was kept."
        expect(page.locator("#job .lede")).to_contain_text(told)
        assert kept < MANY
