"""Take the pictures of the README from the real pages, and make the sample reports.

`python -m docs.pictures`, on the sample conversations. Needs Chromium, and a font with
emoji; the pages are served on this machine from a store of their own.
"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from playwright.sync_api import sync_playwright

from jauge import keeping, reporting
from jauge.pipeline import scorer_of
from jauge.report.page import page as made_page
from jauge.service.app import app_of
from jauge.service.site import SiteSettings
from jauge.settings import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.report.wording import Locale

FOLDER = Path(__file__).parent / "pictures"
SAMPLES = str(files("jauge.samples").joinpath("conversations.jsonl"))
PAGES = {
    "conversations-en": "/en/conversations",
    "conversations-fr": "/fr/conversations",
    "conversation-en": "/en/conversation?id=s-083",
    "conversation-fr": "/fr/conversation?id=s-004",
}
REPORTS: dict[str, Locale] = {"report-en.html": "en", "report-fr.html": "fr-CA"}
_SHOWN = 5
_SIZE = {"width": 1280, "height": 900}
_PATIENCE_SECONDS = 20


def main() -> int:
    """Take all pictures and make the reports; give the exit status."""
    for name, locale in REPORTS.items():
        (FOLDER.parent / "samples" / name).write_bytes(report(locale))
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.stderr.write("No Chromium here: apt-get install chromium\n")
        return 2
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Path(folder) / "samples.db"
        keeping.load_files([SAMPLES], str(store), keeping.Plan())
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        with served(SiteSettings(db=store)) as address:
            page = browser.new_page(viewport=_SIZE, base_url=address)
            for name, path in PAGES.items():
                page.goto(path)
                page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()
    return 0


def report(locale: Locale) -> bytes:
    """Make the sample report of a language."""
    options = reporting.Plan(ReadOptions(), most_talks=_SHOWN, mask=locale)
    found = reporting.gather([SAMPLES], options)
    return made_page(found.material, scorer_of(), locale)


@contextmanager
def served(settings: SiteSettings) -> Iterator[str]:
    """Serve a site on a free port of this machine; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(
        app_of(settings), port=port, log_level="error", access_log=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + _PATIENCE_SECONDS
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=_PATIENCE_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
