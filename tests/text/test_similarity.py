"""Similarity: the same need in other words, another need in the same words."""

import pytest

from jauge.text.fold import fold
from jauge.text.similarity import alike, likeness
from jauge.text.tables import load_tables
from jauge.text.words import words_of

TABLES = load_tables()
SAME = [
    ("où est mon colis", "ma commande n'est toujours pas arrivée"),
    ("je voudrais être remboursé", "comment récupérer mon argent ?"),
    ("where is my parcel", "my order still hasn't arrived"),
    ("i forgot my password", "can't log in to my account anymore"),
]
OTHER = [
    ("annuler ma commande", "passer une commande"),
    ("ouvert samedi ?", "ouvert dimanche ?"),
    ("cancel my order", "place an order"),
    ("return these shoes", "exchange these shoes"),
]
APART = [
    ("la fermeture de mon manteau a lâché", "quels papiers pour ouvrir un compte ?"),
    ("the zip of my new coat broke", "which papers do i need to open an account"),
]


def split(text: str) -> list[str]:
    return words_of(fold(text).text)


@pytest.mark.parametrize(("first", "second"), SAME)
def test_same_need_in_other_words_is_alike(first, second):
    assert alike(split(first), split(second), TABLES) > 0


@pytest.mark.parametrize(("first", "second"), [*OTHER, *APART])
def test_other_need_is_not_alike_whatever_the_words(first, second):
    assert alike(split(first), split(second), TABLES) < 0


def test_likeness_does_not_depend_on_which_text_comes_first():
    for first, second in [*SAME, *OTHER, *APART]:
        there = likeness(split(first), split(second), TABLES)
        back = likeness(split(second), split(first), TABLES)
        assert {
            name: there[name] for name in ("near", "shared", "opposed", "denied")
        } == {name: back[name] for name in ("near", "shared", "opposed", "denied")}


def test_misspelt_word_finds_its_partner():
    found = likeness(split("rembourssement"), split("remboursement"), TABLES)

    assert found["shared"] == 1000


def test_texts_without_words_are_compared_without_a_fault():
    assert likeness([], [], TABLES)["shared"] == 0
    assert isinstance(alike([], split("hello"), TABLES), int)
