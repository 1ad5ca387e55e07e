"""A name is told by its capital inside a sentence, in French and in English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jauge.text.capitals import named_in
from jauge.text.reader import Reader
from jauge.text.tables import load_tables

READER = Reader(load_tables())


def names(text: str) -> set[str]:
    return set(named_in(READER.text(text, "user")))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bonjour, je suis Élodie Tremblay", {"elodi", "tremblay"}),
        ("Hi Kevin, where is it?", {"kevin"}),
        ("hi, it's Anne-Marie", {"anne", "mari"}),
        ("Salut l’équipe d’Amélie", {"ameli"}),
        ("I love *Kevin*", {"kevin"}),
    ],
)
def test_a_capital_inside_a_sentence_is_a_name(text, found):
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Parfait. Merci! Super",
        "parfait\nMerci\n- Commander",
        "WHERE IS MY PARCEL",
        "où est MON colis",
        "I want iPhone help",
        "1. Suivre 2. Retourner",
        "",
        "😡 😡",
    ],
)
def test_what_begins_a_sentence_or_shouts_is_none(text):
    assert names(text) <= {"suivr", "retourn"}
    assert "merci" not in names(text)


@given(st.text(max_size=60))
def test_any_text_can_be_read(text):
    assert all(stem.isascii() for stem in names(text))
