"""Addresses that nobody's page made: typed, cut, old, or made up."""

from __future__ import annotations

import re

import pytest


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    "asked",
    [
        "level=furious", "status=lost", "dimension=depth", "signal=user_sings",
        "rating=abc", "rating=%C2%B2", "rating=1e9", "rating=7", "bin=x", "bin=7",
        "bin=" + "9" * 900, "state=x", "review=x", "handoff=x", "flow_type=x",
        "page=%C2%B2", "period=2026-13-45..x", "text=%ff%fe", "text=%00",
    ],
)  # fmt: skip
def test_a_filter_that_says_nothing_is_a_page(client, lang, asked):
    answer = client.get(f"/{lang}/conversations?{asked}")

    assert answer.status_code == 200


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("done", ["nothing", "", "label%00", "told"])
def test_a_word_of_thanks_that_is_none_is_left_out(client, lang, done):
    answer = client.get(f"/{lang}/conversation?id=s-001&done={done}")

    assert answer.status_code == 200
    assert 'id="done"' not in answer.text


@pytest.mark.parametrize("page", ["999999", "1000000", "0", "-1"])
def test_a_page_that_is_past_the_end_says_where_the_rows_are(client, page):
    answer = client.get(f"/en/conversations?page={page}")

    assert answer.status_code == 200
    assert 'class="open"' in answer.text


def token(client) -> str:
    text = client.get("/en/conversations").text
    return re.search(r'name="_csrf_token" value="([^"]+)"', text)[1]


def test_a_form_with_more_filters_than_a_page_writes_is_told_so(client):
    told = {"_csrf_token": token(client), "name": "all", "query": "level=a&" * 5_000}
    answer = client.post("/en/views", data=told)

    assert answer.status_code == 400


@pytest.mark.parametrize("name", ["a\x00b", "a\u202eb", "two\nlines"])
def test_a_view_is_kept_under_one_line_whatever_its_name(client, name):
    told = {"_csrf_token": token(client), "name": name, "query": "level=negative"}
    answer = client.post("/en/views", data=told)

    assert answer.status_code == 200
    assert "views/drop" in answer.text


def test_what_a_list_is_called_without_a_value_is_in_words(client):
    text = client.get("/fr/conversations?channel=(none)&language=(none)").text

    assert "(none)</" not in text
