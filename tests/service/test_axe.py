"""Pages as axe-core judges them, in a real browser: no violation on any."""

from __future__ import annotations

import itertools
import os
from importlib.resources import files

import pytest

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
    for list_ in one.page.locator("details.more, details.as-table").all():
        list_.evaluate("one => { one.open = true }")
    one.page.evaluate(AXE.read_text("utf-8"))
    found = one.page.evaluate("axe.run(document, {resultTypes: ['violations']})")

    assert [
        (fault["id"], [node["html"][:160] for node in fault["nodes"][:3]])
        for fault in found["violations"]
    ] == []
    # An answer with an error is told in the console by the browser itself.
    one.faults[:] = [fault for fault in one.faults if "404" not in fault]
