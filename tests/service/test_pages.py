"""Every page of a site, as an answer: what it says, and in which language."""

from __future__ import annotations

import re

import pytest

NARROW = "\u202f"


@pytest.mark.parametrize(
    ("asked", "start"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.8", "/fr/conversations"),
        ("en-GB,en;q=0.9,fr;q=0.3", "/en/conversations"),
        ("de, fr;q=0.2, en;q=0.7", "/en/conversations"),
        ("*", "/en/conversations"),
        ("fr;q=1.2.3, en;q=x", "/fr/conversations"),
    ],
)
def test_the_start_speaks_the_language_of_the_browser(client, asked, start):
    answer = client.get("/", headers={"Accept-Language": asked}, follow_redirects=False)

    assert answer.headers["location"] == start


@pytest.mark.parametrize(
    ("lang", "words"),
    [("fr", "Rapport de conversations"), ("en", "Conversation report")],
)
def test_the_list_is_worst_first(client, lang, words):
    text = client.get(f"/{lang}/conversations").text

    assert f">{words}</h1>" in text
    scores = [int(one) for one in re.findall(r"</svg>(\d+)<span class=\"vh\">, ", text)]
    assert len(scores) >= 20
    assert scores == sorted(scores)
