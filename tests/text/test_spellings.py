"""The spellings of the shipped phrases, written out ahead."""

from __future__ import annotations

import msgspec
import pytest

from jauge.text import spellings
from jauge.text.language import READ
from jauge.text.phrases import SIDES, Phrase, write_out
from jauge.text.spellings import (
    Spellings,
    kept_phrases,
    spelled,
    spellings_of,
    table_of,
)
from jauge.text.tables import list_files, load_tables, name_of, shipped_phrases

_BOOKS = [(language, side) for language in READ for side in SIDES]


@pytest.mark.parametrize(("language", "side"), _BOOKS)
def test_tables_are_of_the_lists_as_they_stand(language, side):
    phrases = load_tables().of_book(language, side)

    kept = msgspec.msgpack.decode(table_of(language, side).read_bytes(), type=Spellings)

    assert kept == spellings_of(phrases), "a list was edited: make phrases"
    assert spelled(phrases, language, side).entries() == write_out(phrases)


def test_phrases_read_ahead_are_those_of_the_lists():
    files = list_files()

    assert kept_phrases(name_of(files)) == shipped_phrases(files), "make phrases"


def test_phrases_of_other_lists_are_passed_over():
    assert kept_phrases("other") is None


def test_phrases_of_your_own_stand_beside_the_table():
    own = Phrase("user_thanks", "fr", "gracias (amigo|)")
    hidden = Phrase("user_thanks", "fr", "merci", 0.1)
    phrases = (*load_tables().of_book("fr", "user"), own, hidden)

    found = spelled(phrases, "fr", "user").entries()

    assert found["gracias amigo"] == (own,)
    assert found == write_out(phrases)


def test_a_table_of_other_lists_is_passed_over(monkeypatch, tmp_path):
    phrases = load_tables().of_book("fr", "user")
    monkeypatch.setattr(spellings, "TABLES", tmp_path)
    old = spellings_of([Phrase("user_thanks", "fr", "marci")])
    table_of("fr", "user").write_bytes(msgspec.msgpack.encode(old))

    assert "marci" not in spelled(phrases, "fr", "user").entries()
    assert spelled(phrases, "fr", "user").entries() == write_out(phrases)


def test_without_a_table_phrases_are_written_out(monkeypatch, tmp_path):
    phrases = load_tables().of_book("en", "bot")
    monkeypatch.setattr(spellings, "TABLES", tmp_path / "none")

    assert spelled(phrases, "en", "bot").entries() == write_out(phrases)
