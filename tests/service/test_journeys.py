"""What people come for, in a real browser: each test is one journey to its end."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.service.conftest import click_through

SCORE = ".c-score .score"


def scores_of(page) -> list[int]:
    return [
        int(re.search(r"\d+", one).group())
        for one in page.locator(SCORE).all_inner_texts()
    ]


@pytest.mark.parametrize(
    ("lang", "why", "open_original"),
    [("fr", "D’où vient ce score", "Ouvrir l’original"),
     ("en", "Where this score comes from", "Open the original")],
)  # fmt: skip
def test_the_worst_is_found_and_says_why(
    reader, served_samples, lang, why, open_original
):
    page = reader(served_samples).page
    page.goto(f"/{lang}/conversations")
    worst = scores_of(page)[0]

    click_through(page.locator("a.open").first)

    assert page.get_by_role("heading", name=why).is_visible()
    assert str(worst) in page.locator(".hero .score").inner_text()
    totals = page.locator(".log .run").all_inner_texts()
    last = re.search(r"[\d,.]+$", totals[-1]).group().replace(",", ".")
    assert float(last) == worst


def test_a_bar_filters_and_back_comes_back(reader, served_samples):
    page = reader(served_samples).page
    page.goto("/en/conversations")
    before = page.locator("#count").inner_text()

    page.locator(".bands a", has_text="Very positive").click()
    page.wait_for_url("**level=very_positive**")
    assert min(scores_of(page)) >= 80
    assert page.locator("#live").inner_text() == page.locator("#count").inner_text()

    page.go_back()
    page.wait_for_url("**/en/conversations")
    expect(page.locator("#count")).to_have_text(before)
    page.go_forward()
    page.wait_for_url("**level=very_positive**")
    expect(page.locator("#count")).not_to_have_text(before)
    assert min(scores_of(page)) >= 80


def test_what_is_chosen_in_a_list_filters_and_says_how_many_it_leaves(
    reader, served_samples
):
    page = reader(served_samples).page
    page.goto("/fr/conversations")
    page.locator("#f-channel summary").click()
    one = page.locator("#f-channel label.check", has_text="Messenger")
    leaves = one.locator(".n").inner_text()
    one.locator("input").check()
    page.locator("#f-channel button").click()
    page.wait_for_url("**channel=messenger**")

    assert page.locator("#count").inner_text().endswith(f"sur {leaves}")
    page.get_by_role("link", name=re.compile("Tout effacer")).click()
    page.wait_for_url(lambda url: "channel" not in url)


def test_words_are_found_whatever_their_accents(reader, served_samples):
    page = reader(served_samples).page
    page.goto("/fr/conversations")
    page.locator("[data-search]").fill("deja")
    page.keyboard.press("Enter")
    page.wait_for_url("**text=deja**")

    assert page.locator("a.open").count() >= 1
    click_through(page.locator("a.open").first)
    assert re.search("d[ée]j[àa]", page.locator(".log").inner_text(), re.IGNORECASE)


def test_a_conversation_is_reviewed_and_the_score_stays(reader, served):
    page = reader(served).page
    page.goto("/fr/conversations")
    click_through(page.locator("a.open").first)
    score = page.locator(".hero .score").inner_text()

    page.get_by_label("2", exact=True).check(force=True)
    page.get_by_label("Pourquoi, en quelques mots").fill("le bot tourne en rond")
    click_through(page.get_by_role("button", name="Enregistrer"))

    assert page.locator("#done").is_visible()
    assert "le bot tourne en rond" in page.locator(".labels").inner_text()
    assert page.locator(".hero .score").inner_text() == score


def test_ten_are_reviewed_at_random_without_seeing_a_score(reader, served):
    page = reader(served).page
    page.goto("/en/conversations?language=fr-CA&level=very_negative")
    click_through(page.get_by_role("link", name="Review 10 at random"))
    seen = set()
    for _ in range(10):
        assert page.locator(".hero").count() == page.locator(".pn").count() == 0
        assert page.locator(".log mark").count() == 0
        seen.add(page.get_by_role("heading", level=1).inner_text())
        page.locator("input[name=stars][value='4']").check(force=True)
        click_through(page.get_by_role("button", name="Save"))

    # What tells of the score is no filter of a blind review.
    assert page.url.endswith("/en/conversations?language=fr-CA")
    assert len(seen) == 10


def test_a_point_is_said_to_be_wrong_and_taken_back(reader, served):
    page = reader(served).page
    page.goto("/en/conversations")
    click_through(page.locator("a.open").first)
    score = page.locator(".hero .score").inner_text()
    page.locator(".wrong summary").first.click()
    page.get_by_label("Why", exact=True).first.fill("it is only a question")
    click_through(page.get_by_role("button", name="Say that this point is wrong").first)

    told = page.locator(".said-wrong").first
    assert "it is only a question" in told.inner_text()
    assert page.locator(".hero .score").inner_text() == score

    click_through(told.get_by_role("button"))
    assert page.locator(".said-wrong").count() == 0


def test_a_conversation_is_settled_and_found_by_its_state(reader, served):
    page = reader(served).page
    page.goto("/fr/conversations")
    click_through(page.locator("a.open").first)
    click_through(page.get_by_role("button", name="Réglée"))
    assert page.locator("[aria-pressed=true]").inner_text() == "Réglée"

    page.goto("/fr/conversations?state=settled")
    assert page.locator("a.open").count() == 1


def test_the_language_switches_and_the_view_stays(reader, served_samples):
    page = reader(served_samples).page
    page.goto("/fr/conversations?level=negative&channel=messenger")
    rows = page.locator("a.open").count()

    page.locator(".lang a", has_text="EN").click()

    page.wait_for_url("**/en/conversations?**")
    assert "Conversation report" in page.locator("h1").inner_text()
    assert page.locator("a.open").count() == rows


def test_the_keyboard_alone_is_enough(reader, served_samples):
    page = reader(served_samples).page
    page.goto("/en/conversations")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("tr.at a.open").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith(second))

    page.keyboard.press("j")
    page.wait_for_url(lambda url: not url.endswith(second))
    page.keyboard.press("k")
    page.wait_for_url(lambda url: url.endswith(second))
    page.keyboard.press("4")
    expect(page.locator("input[name=stars]:checked")).to_have_value("4")
    page.keyboard.press("u")
    page.wait_for_url("**/en/conversations")
    page.keyboard.press("/")
    page.keyboard.type("jjj")
    expect(page.locator("[data-search]")).to_have_value("jjj")
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_the_keys_can_be_switched_off(reader, served_samples):
    page = reader(served_samples).page
    page.goto("/en/conversations")
    page.keyboard.press("?")
    page.get_by_label("Do not listen to these keys any more").check()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")

    assert page.locator("tr.at").count() == 0


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_shows_cards_and_nothing_leaves_the_screen(
    reader, served_samples, width
):
    page = reader(served_samples, viewport={"width": width, "height": 800}).page
    page.goto("/fr/conversations")
    assert page.locator(".conv thead").is_hidden()
    page.locator(".facets > summary").click()
    page.locator("#f-signal summary").click()
    assert page.locator("#f-signal .pop").bounding_box()["width"] <= width
    page.keyboard.press("Escape")
    for address in (page.url, page.locator("a.open").first.get_attribute("href")):
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width


def test_every_page_can_be_read_and_used_without_a_script(reader, served_samples):
    page = reader(served_samples, java_script_enabled=False).page
    page.goto("/en/conversations")
    page.locator("#f-level summary").click()
    page.locator("#f-level input[value=negative]").check()
    click_through(page.locator("#f-level button"))
    assert "level=negative" in page.url
    click_through(page.locator("a.open").first)
    assert page.locator(".hero .score").is_visible()
    click_through(page.get_by_role("link", name=re.compile("Next")))
    assert page.locator(".log").is_visible()


def test_light_and_dark_are_remembered(reader, served_samples):
    page = reader(served_samples, color_scheme="light").page
    page.goto("/en/conversations")
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(colour)
    page.locator("[data-theme-switch]").click()
    dark = page.evaluate(colour)
    page.reload()

    assert light != dark == page.evaluate(colour)


def test_paper_shows_no_address_of_a_customer(reader, served):
    page = reader(served).page
    page.goto("/en/conversations?text=%40")
    page.goto("/en/conversations")
    page.emulate_media(media="print")
    assert page.locator(".filters").is_hidden()
    for hidden in page.locator(".raw").all():
        assert hidden.is_hidden()
