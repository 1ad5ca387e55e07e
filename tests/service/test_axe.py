"""Pages as axe-core judges them, in a real browser: no violation on any."""

from __future__ import annotations

import itertools
import os
from importlib.resources import files

import pytest

from docs.pictures import served
from tests.service.doors import door_with_people

PAGES = {
    "list": "/{lang}/conversations",
    "filtered": "/{lang}/conversations?level=negative&signal=bot_fallback"
    "&period=last-month",
    "nothing": "/{lang}/conversations?channel=nowhere",
    "one": "/{lang}/conversation?id=s-001",
    "blind": "/{lang}/conversation?id=s-001&blind=1",
    "unscored": "/{lang}/conversations?status=agent",
    "import": "/{lang}/import",
    "not-scored": "/{lang}/not-scored",
    "values": "/{lang}/values?facet=department&department=Mode",
    "only-unscored": "/{lang}/conversations?channel=email",
    "missing": "/{lang}/nowhere",
}
EVERYTHING = list(
    itertools.product(PAGES, ("fr", "en"), ("light", "dark"), (320, 1440))
)
# Each page in each of the two languages, themes and widths; `make soak` takes them all.
COVERING = [
    (name, *rest)
    for at, name in enumerate(PAGES)
    for rest in (
        (("fr", "light", 1440), ("en", "dark", 320))
        if at % 2
        else (("en", "light", 1440), ("fr", "dark", 320))
    )
]
AXE = files("axe_playwright_python").joinpath("axe.min.js")


@pytest.mark.parametrize(
    "shown",
    EVERYTHING if "SOAK_AXE" in os.environ else COVERING,
)
def test_no_violation(reader, served_samples, shown):
    name, lang, theme, width = shown
    one = reader(
        served_samples,
        viewport={"width": width, "height": 900},
        color_scheme=theme,
    )
    one.page.goto(PAGES[name].format(lang=lang))
    assert violations(one.page) == []
    # An answer with an error is told in the console by the browser itself.
    one.faults[:] = [fault for fault in one.faults if "404" not in fault]


def violations(page) -> list[tuple[str, list[str]]]:
    """What axe-core finds on a page, with all its lists open."""
    for list_ in page.locator("details.more, details.as-table").all():
        list_.evaluate("one => { one.open = true }")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (fault["id"], [node["html"][:160] for node in fault["nodes"][:3]])
        for fault in found["violations"]
    ]


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize(
    ("lang", "theme"),
    list(itertools.product(("fr", "en"), ("light", "dark")))
    if "SOAK_AXE" in os.environ
    else [("fr", "light"), ("en", "dark")],
)
def test_no_violation_on_the_pages_of_who_is_signed_in(
    settings, reader, lang, theme, width
):
    door = door_with_people(settings)
    cookies = [door.session("Léo") for _ in range(3)]
    with served(settings) as address:
        one = reader(
            address, viewport={"width": width, "height": 900}, color_scheme=theme
        )
        kept = {"name": "jauge", "value": cookies[0], "url": address}
        one.context.add_cookies([kept])
        for path in ("sessions?done=one", "sessions/end?session=others"):
            one.page.goto(f"/{lang}/{path}")
            assert violations(one.page) == []
            wide = one.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width
        one.page.locator("input[name=token]").fill("jauge_wrong")
        one.page.locator(".sign button").click()
        one.page.wait_for_selector("[role=alert]")
        assert violations(one.page) == []
    one.faults[:] = [fault for fault in one.faults if "401" not in fault]
