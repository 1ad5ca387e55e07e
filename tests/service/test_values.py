"""All values of a filter: those that its list leaves out are counted and found."""

from __future__ import annotations

import json
import re

import pytest

from jauge import keeping
from jauge.columnar.query import MOST_VALUES
from jauge.service.values import MOST_SHOWN

BOTH = pytest.mark.parametrize("lang", ["fr", "en"])
SAID = [
    {"type": "message", "role": "user", "text": "c'est nul"},
    {"type": "message", "role": "bot", "text": "Je n'ai pas compris."},
]


def load(settings, tmp_path, departments):
    file = tmp_path / "many.jsonl"
    file.write_text(
        "\n".join(
            json.dumps({"id": f"d-{place}", "department": name, "events": SAID})
            for place, name in enumerate(departments)
        )
    )
    keeping.load_files([str(file)], str(settings.db), keeping.Plan())


@pytest.fixture
def many(settings, tmp_path, request):
    """A site with more departments than a list shows."""
    load(settings, tmp_path, [f"Café <b>{n:03}</b>" for n in range(120)])
    return request.getfixturevalue("client")


@BOTH
def test_a_list_says_how_many_values_it_leaves_out(many, lang):
    text = many.get(f"/{lang}/conversations?channel=unknown").text

    words = {"fr": "autres valeurs", "en": "other values"}[lang]
    told = re.search(r'<a href="([^"]+)"[^>]* data-more>(\d+) ' + words, text)
    address = told[1].replace("&amp;", "&")
    assert int(told[2]) > 0
    assert address == f"/{lang}/values?facet=department&channel=unknown"
    assert many.get(address).status_code == 200


@BOTH
def test_every_value_can_be_found_whatever_its_accents(many, lang):
    text = many.get(f"/{lang}/values?facet=department&find=CAFE+<b>119").text

    assert re.findall(r'name="department" value="([^"]*)"', text) == [
        "Café &lt;b&gt;119&lt;/b&gt;"
    ]
    assert "<b>119" not in text


@BOTH
def test_what_was_chosen_stays_while_others_are_searched(many, lang):
    asked = "facet=department&department=Mode&department=x&order=latest&find=%20119"
    text = many.get(f"/{lang}/values?{asked}").text

    checked = re.findall(r'name="department" value="([^"]*)" checked', text)
    assert checked == ["Mode", "x"]
    assert '<input type="hidden" name="order" value="latest">' in text


@BOTH
def test_nothing_found_is_said(many, lang):
    text = many.get(f"/{lang}/values?facet=department&find=zzz").text

    said = {"fr": "Aucune autre valeur ne contient", "en": "No other value holds"}[lang]
    assert said in text


def test_more_values_than_a_page_shows_are_told(settings, tmp_path, request):
    load(settings, tmp_path, [f"n {n}" for n in range(MOST_SHOWN + 60)])
    client = request.getfixturevalue("client")

    text = client.get("/en/values?facet=department").text

    assert text.count('type="checkbox" name="department"') == MOST_SHOWN
    assert f"The {MOST_SHOWN} most frequent are shown" in text


@pytest.mark.parametrize("asked", ["", "?facet=", "?facet=nonsense", "?facet=<b>"])
def test_there_are_no_values_of_what_is_no_filter(client, asked):
    assert client.get(f"/en/values{asked}").status_code == 404


@BOTH
def test_a_filter_that_takes_no_more_values_says_so(client, lang):
    chosen = "&".join(f"bot=b{n}" for n in range(MOST_VALUES + 1))

    text = client.get(f"/{lang}/conversations?{chosen}").text

    said = {"fr": "le plus que prend un filtre", "en": "the most that a filter takes"}
    assert said[lang] in text
