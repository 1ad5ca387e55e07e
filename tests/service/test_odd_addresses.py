"""Addresses that nobody's page made: typed, cut, old, or made up."""

from __future__ import annotations

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
