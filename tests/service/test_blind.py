"""Judging without seeing the score: nothing on the way tells it."""

from __future__ import annotations

import re

import pytest


def _token(text: str) -> str:
    return re.search(r'name="_csrf_token" value="([^"]+)"', text)[1]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("id_", ["s-004", "s-083"])
def test_the_place_in_a_list_by_score_is_not_told(client, lang, id_):
    text = client.get(f"/{lang}/conversation?id={id_}&blind=1").text

    assert not re.search(r"\b\d+ (of|sur) 69\b", text)
    assert "data-next" not in text
    assert "data-previous" not in text
    assert 'class="pts' not in text
    assert "gauge" not in re.sub(r"jauge", "", text.split("<main", 1)[1])


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_is_marked_as_read_stays_hidden_and_drawn(client, lang):
    shown = f"/{lang}/conversation?id=s-004&blind=1&sampled=1&left=7"
    told = {
        "_csrf_token": _token(client.get(shown).text),
        "id": "s-004", "here": "", "state": "read",
        "blind": "1", "sampled": "1", "left": "7",
    }  # fmt: skip
    answer = client.post(f"/{lang}/conversation/state", data=told)

    assert answer.status_code == 200
    assert {"blind=1", "sampled=1", "left=7"} <= set(
        answer.url.query.decode().split("&")
    )
    assert 'class="hero"' not in answer.text
    form = answer.text.partition("/conversation/label")[2].partition("</form>")[0]
    assert 'name="blind" value="1"' in form
    assert 'name="left" value="7"' in form


def test_the_form_of_states_carries_that_the_score_is_hidden(client):
    text = client.get("/en/conversation?id=s-004&blind=1&sampled=1&left=7").text
    form = text.partition("/conversation/state")[2].partition("</form>")[0]

    assert 'name="blind" value="1"' in form
    assert 'name="left" value="7"' in form


@pytest.mark.parametrize(
    ("lang", "words"), [("fr", "a donné la note"), ("en", "rated")]
)
def test_how_the_customer_rated_is_not_told(client, lang, words):
    shown = client.get(f"/{lang}/conversation?id=s-004").text
    hidden = client.get(f"/{lang}/conversation?id=s-004&blind=1").text

    assert words in shown
    assert words not in hidden
