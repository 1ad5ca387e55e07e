"""Words sound warm or cold, alike in French and English."""

import numpy as np
import pytest

from jauge.scorers import build_scorer
from jauge.testing import conversation
from jauge.text.tone import TABLE, Tones, load_tones
from jauge.text.vectors import ROWS

SAME = [
    ("merci", "thanks"), ("parfait", "perfect"), ("excellent", "excellent"),
    ("rien", "nothing"), ("inutile", "useless"), ("refuse", "refuse"),
    ("aucune", "none"), ("plaisir", "pleasure"),
]  # fmt: skip


def tones_in(*lines: str, language: str) -> list[tuple[str, float, str]]:
    scorer = build_scorer()
    found = scorer.signals(scorer.read(conversation(*lines, language=language)))
    return [
        (one.name, one.strength, one.evidence)
        for one in found
        if one.name.endswith("_tone")
    ]


# The bot's thanks are a formula.
@pytest.mark.parametrize(
    ("side", "french", "english"),
    [("user", *words) for words in SAME] + [("bot", *words) for words in SAME[1:]],
)
def test_one_idea_sounds_alike_in_both_languages(side, french, english):
    one, other = (load_tones().tone(word, side) for word in (french, english))

    assert one * other > 0


@pytest.mark.parametrize("word", ["merci", "thanks", "welcome"])
def test_formulas_of_the_bot_have_no_tone(word):
    assert load_tones().tone(word, "bot") == 0


def test_every_row_of_the_vectors_has_a_tone_for_each_side():
    assert np.load(TABLE).shape == (2, len(np.load(ROWS, mmap_mode="r")))


def test_misspelt_word_has_the_tone_of_its_pieces():
    assert load_tones().tone("exellentt", "user") > 0


def test_number_sounds_like_nothing():
    assert load_tones().tone("12345", "user") == 0


def test_sum_of_words_is_the_sum_of_their_tones():
    tones = load_tones()
    words = ["merci", "rien", "qsdfgh", "merci"]

    assert tones.sum_of(words, "user") == sum(tones.tone(w, "user") for w in words)


def test_table_is_loaded_when_a_word_is_asked_for_and_not_before():
    asked: list[str] = []

    def load() -> dict[str, list[int]]:
        asked.append("now")
        return {"user": [7] * 100_000, "bot": [0] * 100_000}

    tones = Tones(load, "digest")
    assert asked == []
    assert tones.tone("merci", "user") == 7
    assert tones.tone("merci", "bot") == 0
    assert asked == ["now"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_bubbles_sound_like_one_message(language):
    words = {
        "fr": ("c'est vraiment", "excellent, quel plaisir"),
        "en": ("this is truly", "excellent, what a pleasure"),
    }[language]

    one = tones_in("user: " + " ".join(words), language=language)
    two = tones_in(*(f"user: {part}" for part in words), language=language)

    assert [(name, strength) for name, strength, _ in one] == [
        (name, strength) for name, strength, _ in two
    ]


def test_evidence_of_a_negated_verb_is_more_than_its_last_letter():
    for _, _, evidence in tones_in("bot: Sorry, I can't.", language="en"):
        assert len(evidence) > 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "C'est parfait. Super, merci beaucoup"),
        ("en", "That is perfect. Great, thanks a lot"),
    ],
)
@pytest.mark.parametrize("end", [". ", "! ", "\n"])
def test_evidence_stays_within_one_sentence(language, said, end):
    said = said.replace(". ", end)
    for _, _, evidence in tones_in(f"bot: {said}", f"user: {said}", language=language):
        assert any(evidence in sentence for sentence in said.split(end))
