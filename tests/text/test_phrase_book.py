"""Phrases: how lists are written, and what counts as found."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.chats import sample_chats, texts_of
from jauge.errors import ListError
from jauge.text.fold import fold
from jauge.text.language import READ
from jauge.text.own import own_phrases
from jauge.text.phrase_book import PhraseBook
from jauge.text.phrases import ANY, SIDES, Phrase, expand, parse_list
from jauge.text.tables import load_tables


def found(text: str, *phrases: str, where: str = "") -> list[str]:
    """The words that a book of these phrases finds in a text."""
    book = PhraseBook(Phrase("user_x", "fr", phrase, 1.0, where) for phrase in phrases)
    folded = fold(text).text
    return [folded[hit.start : hit.end] for hit in book.find(folded)]


def test_only_whole_words_count():
    assert found("remerciement", "merci") == []
    assert found("(merci)", "merci") == ["merci"]


def test_longest_phrase_hides_what_it_holds():
    assert found("merci mais non", "merci", "merci mais") == ["merci mais"]
    assert found("merci maison", "merci", "merci mais") == ["merci"]


@pytest.mark.parametrize("text", ["c'est nul", "cest nul", "c est nul", "C’EST NUL"])
def test_apostrophe_may_be_dropped_or_a_blank(text):
    assert len(found(text, "c'est nul")) == 1


@pytest.mark.parametrize(
    ("where", "fires", "silent"),
    [
        ("whole", "Merci !", "merci bien"),
        ("start", "merci bien", "bien merci"),
        ("end", "bien merci", "merci bien"),
    ],
)
def test_place_of_a_phrase_counts(where, fires, silent):
    assert found(fires, "merci", where=where) == ["merci"]
    assert found(silent, "merci", where=where) == []


def test_alternatives_are_written_out_once_each():
    assert expand("(a|b|a) (c|)") == ("a c", "a", "b c", "b")


@pytest.mark.parametrize(
    "line", ["\t1", "merci\t2", "merci\tzero", "merci\t0", "merci\t1\tmiddle"]
)
def test_faulty_line_is_named_with_its_file_and_number(line):
    with pytest.raises(ListError, match=r"fr/user_x\.tsv, line 3"):
        parse_list(f"# source\n\n{line}\n", name="user_x", language="fr")


def test_own_phrases_are_found_and_change_the_hash():
    own = own_phrases({"fr": {"user_praises": ["chouettissimo"]}})

    tables = load_tables(own)

    hits = tables.book("fr", "user_").find(fold("c'est chouettissimo").text)
    assert ("user_praises", 6) in {(hit.list, hit.start) for hit in hits}
    assert tables.digest != load_tables().digest


@pytest.mark.parametrize(
    "given_",
    [
        {"xx": {"user_praises": ["a"]}},
        {"fr": {"praises": ["a"]}},
        {"fr": {"user_praises": [" "]}},
    ],
)
def test_own_phrase_that_cannot_be_found_is_refused(given_):
    with pytest.raises(ListError, match=r"jauge\.toml"):
        own_phrases(given_)


@pytest.mark.parametrize(
    "phrase",
    ["(zorglub|xyz", "zorglub|xyz", "zorglub)", "(zorglub|", "((a|b) c|d)", "zorg*"],
)
def test_own_phrase_with_a_typing_error_is_refused_by_its_words(phrase):
    with pytest.raises(ListError, match=re.escape(f"user_praises: '{phrase}': a ")):
        own_phrases({"fr": {"user_praises": ["top", phrase]}})


@pytest.mark.parametrize(
    "phrase", ["super :)", ":(", "=|", "x( non", "(m*rde|f***)", "*sigh*", "quoi ?"]
)
def test_own_phrase_may_hold_faces_and_stars(phrase):
    assert [one.text for one in own_phrases({"fr": {"user_insults": [phrase]}})]


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.text(st.sampled_from("merci ansoupl'!?.é"), max_size=40))
def test_hits_stand_inside_the_text_and_hide_each_other(text):
    folded = fold(text).text
    book = PhraseBook(
        Phrase("user_x", "fr", phrase)
        for phrase in ("merci", "merci mais", "super", "non")
    )

    hits = list(book.find(folded))

    assert all(0 <= hit.start < hit.end <= len(folded) for hit in hits)
    assert not any(
        one is not other and one.start >= other.start and one.end <= other.end
        for one in hits
        for other in hits
    )


def both_ways(phrases) -> tuple[PhraseBook, PhraseBook]:
    """A book that looks words up, and one that is compiled."""
    looked_up, compiled = PhraseBook(phrases), PhraseBook(phrases)
    compiled.compile()
    return looked_up, compiled


@settings(derandomize=True, deadline=None, max_examples=400)
@given(
    st.text(st.sampled_from("merci m'pas :)?!'é👍я"), max_size=50),
    st.sampled_from(["", "whole", "start", "end"]),
)
def test_words_looked_up_give_what_the_compiled_book_gives(text, where):
    patterns = ["merci", "merci (pas|mais|)", "c'est", "pas", ":)", "m'i", "'m", "? !"]
    phrases = [Phrase("user_x", "fr", one, 1.0, where) for one in patterns]
    phrases += [Phrase("user_y", ANY, one) for one in ("👍", ":)", "!!")]

    looked_up, compiled = both_ways(phrases)
    folded = fold(text).text

    assert looked_up.find(folded) == compiled.find(folded)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("language", READ)
def test_real_messages_are_found_alike_before_and_after_compiling(language, side):
    phrases = load_tables().of_book(language, side)
    texts = [fold(text).text for text in texts_of(sample_chats())]
    looked_up, compiled = both_ways(phrases)

    found = [looked_up.find(text) for text in texts]

    assert found == [compiled.find(text) for text in texts]
    assert any(found)


def test_book_compiles_itself_once_it_has_looked_up_much():
    book = PhraseBook([Phrase("user_x", "fr", "merci")])
    text = "a " * 2_000 + "merci"

    found = [book.find(text) for _ in range(9)]

    assert book.is_compiled
    assert all(hits == found[0] and len(hits) == 1 for hits in found)


def test_long_text_is_not_looked_up_word_by_word():
    book = PhraseBook([Phrase("user_x", "fr", "merci")])

    found = book.find("a " * 20_000 + "merci")

    assert book.is_compiled
    assert [hit.start for hit in found] == [40_000]
