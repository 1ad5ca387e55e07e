"""The bot's part before an agent, when it is counted: in numbers and rows alike."""

from __future__ import annotations

import re

import pytest

ASKED = "bot_part=1&status=agent"


@pytest.mark.parametrize(
    ("lang", "words"),
    [("fr", "Passées à un agent</dt><dd>100"), ("en", "Went to an agent</dt><dd>100")],
)
def test_those_that_went_to_an_agent_are_still_counted_as_such(client, lang, words):
    assert words in client.get(f"/{lang}/conversations?{ASKED}").text


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_rows_show_the_score_that_is_counted(client, lang):
    text = client.get(f"/{lang}/conversations?{ASKED}").text
    table = text.partition("data-rows")[2]
    scores = [
        int(one) for one in re.findall(r"</svg>(\d+)<span class=\"vh\">, ", table)
    ]

    assert len(scores) == 4
    assert scores == sorted(scores)
    assert "part=bot" in table


@pytest.mark.parametrize(("lang", "of"), [("fr", "sur"), ("en", "of")])
def test_most_is_not_called_one_in_one(client, lang, of):
    page = client.get(f"/{lang}/conversations?{ASKED}").text
    numbers = page.partition("39)</dt>")[2].partition("</div>")[0]

    assert re.search(rf">[34] conversations {of} 4<", numbers)
