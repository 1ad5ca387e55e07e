"""Folding: texts alike become equal, and every character knows its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jauge.text.fold import fold, unstretch

KNOWN = frozenset({"merci", "super", "allo", "cool", "livree"})
always = settings(derandomize=True, deadline=None, max_examples=150)
chatty = st.text(
    st.sampled_from(
        "aeéÉœŒßﬁ…e\u0301 \u00a0\u200d'’«»-🤬👍🏽\ufe0fMERCImerci!?\n\t１Ａ中я"
    )
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’Été", "l'ete"),
        ("ça   va\u00a0?", "ca va ?"),
        ("« Merci »", '" merci "'),
        ("MA SŒUR", "ma soeur"),
        ("e\u0301te\u0301", "ete"),
        ("est-ce", "est ce"),
        ("ＭＥＲＣＩ", "merci"),
        ("attends…", "attends..."),
    ],
)
def test_texts_that_read_alike_fold_alike(text, folded):
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("merciiii", "merci"),
        ("suuuper", "super"),
        ("coool", "cool"),
        ("livrée", "livree"),
        ("zzzz", "zzzz"),
    ],
)
def test_stretched_words_come_back_to_known_ones_only(text, short):
    assert unstretch(fold(text), KNOWN).text == short


@always
@given(chatty)
def test_every_folded_character_has_its_place_in_the_text(text):
    folded = unstretch(fold(text), KNOWN)

    for start in range(len(folded.text)):
        first, last = folded.place(start, start + 1)
        assert 0 <= first < last <= len(text)


@always
@given(chatty)
def test_places_never_go_back(text):
    folded = unstretch(fold(text), KNOWN)
    places = [folded.place(at, at + 1) for at in range(len(folded.text))]

    assert places == sorted(places)


@always
@given(st.text())
def test_any_text_folds_and_folding_twice_is_folding_once(text):
    once = fold(text).text

    assert fold(once).text == once


def test_stretched_evidence_covers_the_whole_word():
    text = "ok meeerciiii !"
    folded = unstretch(fold(text), KNOWN)
    at = folded.text.index("merci")

    start, end = folded.place(at, at + len("merci"))

    assert text[start:end] == "meeerciiii"
