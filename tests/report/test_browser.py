"""The page in a real Chromium; these tests are skipped where there is none."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from importlib.resources import files

import pytest

import jauge
from jauge.model.conversation import Conversation
from jauge.report import typeset
from tests.report.pages import longer, page_of

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SAMPLES = files("jauge.samples").joinpath("conversations.jsonl")
WIDTHS = (320, 768, 1080, 1440, 1600)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
# The page allows no script: one around it looks at it.
LOOK = """<!doctype html><body><iframe src="page.html" width="%d" height="900"></iframe>
<pre id="seen"></pre><script>
onload = async () => {
  const page = document.querySelector("iframe").contentDocument
  await page.fonts.ready
  page.querySelectorAll("details").forEach(one => one.open = true)
  const wide = page.documentElement.clientWidth
  const out = [...page.querySelectorAll("main *, header *")].filter(one =>
    one.getBoundingClientRect().right > wide + 1 && !one.closest(".vh, svg"))
  const small = [...page.querySelectorAll("main *")].filter(one =>
    one.childNodes.length && parseFloat(getComputedStyle(one).fontSize) < 11
    && !one.closest("svg"))
  document.querySelector("#seen").textContent = JSON.stringify({
    wide, scroll: page.documentElement.scrollWidth,
    out: out.map(one => one.tagName + "." + one.className).slice(0, 9),
    small: small.map(one => one.tagName + "." + one.className).slice(0, 9),
    font: page.fonts.check('14px "Public Sans"'),
    faces: [...page.fonts].filter(one => one.status == "loaded").length,
  })
}
</script>"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    where = tmp_path_factory.mktemp("page")
    (where / "page.html").write_text(hard_page("fr"), "utf-8")
    return where


def hard_page(locale) -> str:
    """Make a page that has every part, and words too long for any."""
    chats = [one for one in jauge.read(str(SAMPLES)) if isinstance(one, Conversation)]
    word = "x" * 400
    long = Conversation.of([("user", word), ("bot", f"Désolé {word}")], id=word)
    return page_of([*chats, long], locale, most_talks=8)


def chromium(folder, *arguments) -> subprocess.CompletedProcess[str]:
    quiet = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
        " --disable-background-networking --disable-component-update --disable-sync"
        " --allow-file-access-from-files --virtual-time-budget=4000"
        " --enable-logging=stderr"
    )
    command = [CHROMIUM, *quiet.split(), f"--user-data-dir={folder / 'profile'}"]
    return subprocess.run(
        [*command, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )


def looked_at(folder, width) -> dict[str, object]:
    """Open the page of a folder, and tell what is seen."""
    look = folder / f"look-{width}.html"
    look.write_text(LOOK % width, "utf-8")
    done = chromium(folder, "--dump-dom", look.as_uri())
    told = re.search(r'<pre id="seen">(.+?)</pre>', done.stdout, re.DOTALL)
    assert told is not None
    assert "Content Security Policy" not in done.stderr
    assert "CONSOLE" not in done.stderr
    return json.loads(html.unescape(told[1]))


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_overflows_and_nothing_is_refused(folder, width):
    seen = looked_at(folder, width)

    assert seen["scroll"] <= seen["wide"]
    assert seen["out"] == []
    assert seen["small"] == []
    assert seen["font"]
    assert seen["faces"] >= 2


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_words_longer_by_two_fifths_overflow_nothing(tmp_path, monkeypatch, locale):
    monkeypatch.setattr(typeset, "translations", longer)
    (tmp_path / "page.html").write_text(hard_page(locale), "utf-8")

    for width in (320, 1080):
        seen = looked_at(tmp_path, width)

        assert seen["out"] == []
        assert seen["scroll"] <= seen["wide"]


def test_page_prints(folder):
    target = folder / "page.pdf"

    chromium(folder, f"--print-to-pdf={target}", (folder / "page.html").as_uri())

    # A4 in points, whichever way Chromium rounds it.
    sizes = set(re.findall(rb"/MediaBox \[0 0 (\d+)[.\d]* (\d+)", target.read_bytes()))
    assert sizes <= {(b"594", b"841"), (b"595", b"842"), (b"595", b"841")}
    assert sizes
