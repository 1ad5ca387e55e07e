"""Errors of one line, in the language of the reader."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import jauge as package
from jauge.report import error_words
from jauge.report.error_words import error_in_words
from tests.kept import chat, write

NARROW = "\u202f"
# Between them, names; `which column …` is put together of two texts.
_PIECES = re.compile(r"\{\w+\}|[:.?] |which column | \(|\)|Say --\w+ COLUMN")


@pytest.mark.parametrize("english", list(error_words._FRENCH))
def test_what_is_told_in_french_takes_over_all_it_names(english):
    parts = {one: f"<{one}>" for one in re.findall(r"\{(\w+)\}", english)}

    told = error_in_words(english.format(**parts), "fr")

    assert told != english.format(**parts)
    assert all(value in told for value in parts.values())
    assert not re.search(r" [:;!?»]|« ", told)
    assert error_in_words(english.format(**parts), "en") == english.format(**parts)


def test_each_error_is_still_raised_somewhere_in_these_words():
    folder = Path(package.__file__).parent
    texts = (
        path.read_text("utf-8")
        for path in folder.rglob("*.py")
        if path.name != "error_words.py"
    )
    # As one text, without the marks between the pieces of one message.
    source = re.sub(r"\"\s*f?\"", "", " ".join(texts))

    for english in error_words._FRENCH:
        longest = max(_PIECES.split(english), key=len).strip(".? ")
        assert longest in source, english


@pytest.mark.parametrize("hostile", ["{0}", "{at.__class__}", "%s", "a: b: c\n", ""])
def test_a_name_of_any_kind_is_taken_over_as_it_is(hostile):
    told = error_in_words(f"{hostile}: no such file. Check the path.", "fr")

    assert told == f"{hostile}{NARROW}: ce fichier n’existe pas. Vérifiez le chemin."


def test_an_error_that_is_not_known_stays():
    assert error_in_words("something else.", "fr") == "something else."


@pytest.mark.parametrize("by", ["option", "variable", "settings", "system"])
def test_the_language_is_chosen_as_for_all_else(jauge, tmp_path, monkeypatch, by):
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "JAUGE_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "fr_CA.UTF-8" if by == "system" else "en_US.UTF-8")
    if by == "variable":
        monkeypatch.setenv("JAUGE_LANG", "fr-FR")
    if by == "settings":
        Path("jauge.toml").write_text('lang = "fr"\n', encoding="utf-8")
    more = ["--lang", "fr"] if by == "option" else []

    ran = jauge("load", "none.jsonl", *more)

    assert ran.status == 2
    assert ran.err.startswith(f"jauge: none.jsonl{NARROW}: ce fichier n’existe pas.")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ("a été rejetée", "il manque le champ")),
        ("en", ("was rejected",)),
    ],
)
def test_a_rejected_conversation_is_told_with_its_reason(jauge, tmp_path, lang, words):
    faulty = chat("c-9")
    del faulty["events"][0]["role"]
    file = write(tmp_path / "chats.jsonl", chat("c-1"), faulty)

    ran = jauge("explain", file, "--id", "c-9", "--lang", lang)

    assert ran.status == 2
    assert all(word in ran.err for word in words), ran.err
