"""Signing in and leaving in a real browser."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files

import pytest

from docs.pictures import served
from jauge.store.database import open_store
from jauge.store.given import LONGEST_NAME
from jauge.store.people import add_person, person_of_token, revoke_person
from jauge.store.sessions import open_session
from tests.service.conftest import click_through
from tests.service.doors import door_with_people

AXE = files("axe_playwright_python").joinpath("axe.min.js")


@pytest.fixture
def door(settings):
    return door_with_people(settings)


@pytest.mark.parametrize(
    ("lang", "token", "leave"),
    [("fr", "Jeton", "Quitter"), ("en", "Token", "Sign out")],
)
def test_one_signs_in_by_keyboard_goes_on_and_leaves(
    door, settings, reader, lang, token, leave
):
    with served(settings) as address:
        page = reader(address, locale=lang).page
        asked = f"{address}/{lang}/conversations?level=negative"

        page.goto(asked)
        assert page.get_by_label(token).evaluate(
            "one => one === document.activeElement"
        )
        page.keyboard.type(door.tokens["Léo"])
        page.keyboard.press("Enter")
        page.wait_for_url(asked)
        assert page.locator("[data-rows] tbody tr").count() > 0

        page.get_by_role("button", name=leave).click()
        page.wait_for_url(f"{address}/{lang}/sign-in")
        page.go_back()
        page.wait_for_url("**/sign-in**")
        assert page.locator("[data-rows]").count() == 0


def test_a_list_that_was_open_asks_for_a_token_once_one_is_revoked(
    door, settings, chromium
):
    with served(settings) as address:
        context = chromium.new_context(base_url=address)
        page = context.new_page()
        page.goto("/en/conversations")
        page.get_by_label("Token").fill(door.tokens["Léo"])
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/en/conversations")

        revoke_person(open_store(settings.db), "Léo")
        page.locator("#page .seg a").nth(1).click()

        page.wait_for_url("**/en/sign-in?next=*")
        assert page.get_by_label("Token").is_visible()
        context.close()


@pytest.mark.parametrize("width", [320, 900, 1440])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_longest_name_widens_no_page(settings, reader, lang, width):
    store = open_store(settings.db)
    token = add_person(store, "W" * LONGEST_NAME, "review")
    cookie = open_session(store, person_of_token(store, token), datetime.now(UTC))
    with served(settings) as address:
        one = reader(address, viewport={"width": width, "height": 800})
        kept = {"name": "jauge", "value": cookie, "url": address}
        one.context.add_cookies([kept])
        for path in ("sessions", "conversations"):
            one.page.goto(f"/{lang}/{path}")
            wide = one.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, path


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ("Jeton", "Entrer", "Fermer", "Fermer la session", "est fermée")),
        ("en", ("Token", "Sign in", "End", "End the session", "has ended")),
    ],
)
def test_one_ends_the_session_of_another_browser_and_it_is_out(
    door, settings, reader, lang, words, scripts
):
    token, enter, end, end_it, ended = words
    with served(settings) as address:
        pages = [reader(address, java_script_enabled=scripts).page for _ in range(2)]
        for page in pages:
            page.goto(f"/{lang}/conversations")
            page.get_by_label(token).fill(door.tokens["Léo"])
            page.get_by_role("button", name=enter).click()
            page.wait_for_url(f"{address}/{lang}/conversations")
        here, there = pages

        click_through(here.get_by_role("link", name="Sessions"))
        assert here.locator(".sessions tbody tr").count() == 2
        click_through(here.locator(".sessions").get_by_role("link", name=end))
        here.get_by_label(token).fill(door.tokens["Léo"])
        here.keyboard.press("Enter")
        here.wait_for_url("**/sessions?done=one")
        assert ended in here.locator("#done").inner_text()
        assert here.locator(".sessions tbody tr").count() == 1
        assert here.get_by_role("button", name=end_it).count() == 0

        there.reload()
        there.wait_for_url("**/sign-in?next=*")
        here.goto(f"/{lang}/conversations")
        assert here.url == f"{address}/{lang}/conversations"


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_that_asks_is_accessible(
    settings, door, chromium, lang, scheme, width
):
    with served(settings) as address:
        context = chromium.new_context(
            base_url=address,
            color_scheme=scheme,
            viewport={"width": width, "height": 800},
        )
        page = context.new_page()
        for token in (None, "jauge_wrong"):
            page.goto(f"/{lang}/sign-in")
            if token:
                page.locator("input[name=token]").fill(token)
                page.locator(".sign button").click()
                page.wait_for_selector("[role=alert]")
            page.evaluate(AXE.read_text("utf-8"))
            found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            assert [one["id"] for one in found["violations"]] == []
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width
        context.close()
