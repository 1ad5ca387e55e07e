"""Where the focus goes, what fits, and what paper says, in a real browser."""

from __future__ import annotations

import pytest

# The box of each line of the words in an element.
LINES = """(element) => {
  const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), boxes = [];
  const range = document.createRange();
  while (walk.nextNode()) {
    range.selectNodeContents(walk.currentNode);
    boxes.push(...range.getClientRects());
  }
  return boxes.filter((box) => box.width)
    .map((box) => [box.left, box.top, box.right, box.bottom]);
}"""


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_who_filters_by_keyboard_goes_on_from_there(reader, served_samples, lang):
    page = reader(served_samples).page
    page.goto(f"/{lang}/conversations")

    page.locator("#level-negative").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**level=negative*")
    page.locator("#level-negative:focus").wait_for()

    page.locator("#f-signal summary").focus()
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**signal=*")
    page.locator("#f-signal > summary:focus").wait_for()

    page.locator(".chosen .tag").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "level=" not in url)
    page.locator("h1:focus").wait_for()


def test_next_rows_begin_at_their_first(reader, served_samples):
    page = reader(served_samples).page
    page.goto("/en/conversations")
    page.locator(".pager [rel=next]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**page=2*")
    page.locator("#list-title:focus").wait_for()

    assert page.locator("#list .bar").bounding_box()["y"] >= 0
    assert page.locator("a.open").first.bounding_box()["y"] < 900


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    "asked",
    [
        "conversations?period=last-week",
        "conversations?period=2026-01-01..2026-12-31&level=negative&bot_part=1",
        "import",
        "not-scored",
        "conversation?id=s-004&done=label",
    ],
)
def test_nothing_leaves_the_narrowest_screen(reader, served_samples, lang, asked):
    page = reader(served_samples, viewport={"width": 320, "height": 800}).page
    page.goto(f"/{lang}/{asked}")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("width", [320, 360, 600, 861, 900, 1200])
def test_what_is_told_of_the_bars_does_not_lie_over_their_table(
    reader, served_samples, lang, width
):
    page = reader(served_samples, viewport={"width": width, "height": 900}).page
    page.goto(f"/{lang}/conversations")

    said, button = (
        page.locator(f".hist {part}").evaluate(LINES)
        for part in ("figcaption", ".as-table summary")
    )

    assert said
    assert button
    assert [one for one in said if any(is_over(one, other) for other in button)] == []


def is_over(one, other) -> bool:
    """Say whether two boxes, left, top, right, bottom, have a part in common."""
    return all(
        one[side] < other[side + 2] and other[side] < one[side + 2] for side in (0, 1)
    )


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ("oct. 2026", "Niveau", "Négatif")),
        ("en", ("Oct 1, 2026", "Level", "Negative")),
    ],
)
def test_paper_says_what_was_asked_for(reader, served_samples, lang, words):
    page = reader(served_samples).page
    page.goto(f"/{lang}/conversations?period=2026-10-01..2026-12-31&level=negative")
    assert page.locator(".asked").is_hidden()
    page.emulate_media(media="print")

    assert page.locator(".asked").is_visible()
    said = page.locator(".asked").inner_text()
    assert [one for one in words if one not in said] == []
