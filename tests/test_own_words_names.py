"""No name of a person is learnt, though many customers share it and it is a word."""

from __future__ import annotations

import random

import pytest

from jauge.calibrating.own_words import fitted_with_words
from jauge.calibrating.rated import Rated, names_among
from jauge.calibrating.seen import Seen, see
from jauge.model.conversation import Conversation
from jauge.scorers import build_scorer
from jauge.scoring.calibration import today

NAMES = ("Marie", "Kevin", "Sophie", "Pierre")
TOLD = {
    "fr": ("Bonjour, c’est {name}. Le {thing} ?", "Bonjour {name} ! Oui."),
    "en": ("Hello, this is {name}. Is the {thing} there?", "Hello {name}! Yes."),
}
THINGS = {"fr": ("retard", "lit"), "en": ("drawer", "bed")}


def chats(language: str) -> tuple[list[Conversation], list[float]]:
    """Chats of a shop where one name is happy, another not, and one thing is bad."""
    dice = random.Random(2)
    made, ratings = [], []
    for number in range(300):
        name, bad = dice.choice(NAMES), number % 2
        asked, said = TOLD[language]
        text = asked.format(name=name, thing=THINGS[language][1 - bad])
        # A third of the customers write without capitals.
        text = text if number % 3 else text.lower()
        lines = [("user", text), ("bot", said.format(name=name)), ("user", "ok")]
        made.append(Conversation.of(lines, id=f"n-{number}"))
        ratings.append(75.0 - 50 * bad + {"Marie": 25, "Kevin": -25}.get(name, 0))
    return made, ratings


@pytest.mark.parametrize("language", ["fr", "en"])
def test_names_are_left_out_and_things_are_not(language):
    scorer = build_scorer()
    made, ratings = chats(language)
    seen = [one for one in see(scorer, made) if isinstance(one, Seen)]
    start = today(scorer.scorecard.base, [0.0] * len(scorer.detectors))

    found = fitted_with_words(Rated.of(seen, ratings), start)

    words = {word for table in found.tables.values() for word in table.words}
    assert not words & {"mari", "marie", "kevin", "sophi", "sophie", "pierr", "pierre"}
    assert words & {"retard", "draw"}


def seen(said: str, *names: str) -> Seen:
    return Seen("c", "u", "fr", 1, (), (said,), (), frozenset(names))


def test_a_quarter_with_a_capital_is_enough_to_be_a_name():
    quarter = [seen("mari colis", "mari"), *[seen("mari colis")] * 3]

    assert names_among(quarter) == {"mari"}
    assert names_among([*quarter, seen("mari")]) == frozenset()
    assert names_among([]) == frozenset()
