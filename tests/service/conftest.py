"""A site with the sample conversations, its application, and a real browser on it."""

from __future__ import annotations

import shutil
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from litestar.testing import TestClient

from docs.pictures import served as served_at
from jauge import keeping
from jauge.service.app import app_of
from jauge.service.site import SiteSettings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator

PATIENCE = 90_000  # milliseconds
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SAMPLES = str(files("jauge.samples").joinpath("conversations.jsonl"))


def site_with_samples(folder: Path) -> SiteSettings:
    """Make a store with the samples, and the settings of a site that shows it."""
    path = folder / "kept.db"
    keeping.load_files([SAMPLES], str(path), keeping.Plan())
    return SiteSettings(db=path)


@pytest.fixture(scope="session")
def samples_folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    site_with_samples(folder)
    return folder


@pytest.fixture
def settings(samples_folder, tmp_path) -> SiteSettings:
    """A site of one's own: what a test keeps is not there for the next."""
    folder = tmp_path / "site"
    shutil.copytree(samples_folder, folder)
    return SiteSettings(db=folder / "kept.db")


@pytest.fixture
def client(settings) -> Iterator[TestClient]:
    with TestClient(app_of(settings), base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def empty_client(tmp_path) -> Iterator[TestClient]:
    app = app_of(SiteSettings(db=tmp_path / "empty.db"))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def served(settings) -> Iterator[str]:
    with served_at(settings) as address:
        yield address


@pytest.fixture(scope="session")
def served_samples(samples_folder) -> Iterator[str]:
    """A site that no test writes to."""
    with served_at(SiteSettings(db=samples_folder / "kept.db")) as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    """A real browser; what needs it is skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


def click_through(link: Locator) -> None:
    """Click what leads to another page, and wait until that page is all there.

    Playwright's click returns as soon as the browser sets out, and what asks at once
    (`is_visible`, `count`) would be answered by the old page or by half of the new.
    """
    with link.page.expect_event("load"):
        link.click()


class Reader:
    """A page of a browser, and all that went wrong on it."""

    def __init__(self, chromium, address: str, **options: object) -> None:
        self.context = chromium.new_context(
            base_url=address, **{"viewport": {"width": 1440, "height": 900}, **options}
        )
        # Long enough for a machine that does much else: nothing waits for its end.
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on(
            "console",
            lambda said: (
                said.type in ("error", "warning") and self.faults.append(said.text)
            ),
        )
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "request",
            lambda asked: (
                asked.url.startswith((address, "data:"))
                or self.faults.append(f"asked elsewhere: {asked.url}")
            ),
        )
        self.page.on("dialog", lambda dialog: self.faults.append(dialog.message))

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def reader(chromium):
    """Make readers; at the end nothing may have gone wrong for any of them."""
    made: list[Reader] = []

    def open_at(address: str, **options: object) -> Reader:
        made.append(Reader(chromium, address, **options))
        return made[-1]

    yield open_at
    faults = [fault for one in made for fault in one.faults]
    for one in made:
        one.close()
    assert faults == []
