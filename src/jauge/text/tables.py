"""The shipped word lists, loaded once and named by a hash of their bytes."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from jauge.text.fold import fold
from jauge.text.language import READ, parse_languages
from jauge.text.phrases import ANY, Phrase, PhraseBook, parse_list

if TYPE_CHECKING:
    from collections.abc import Mapping

_LISTS = Path(__file__).parent / "lists"
_PHRASE_SIDES = ("user_", "bot_")


@dataclass(frozen=True, slots=True)
class TextTables:
    """Everything that reading needs: phrases, stop words, negations, languages."""

    phrases: tuple[Phrase, ...]
    book: PhraseBook
    function_words: Mapping[str, frozenset[str]]
    negations: Mapping[str, frozenset[str]]
    intensifiers: Mapping[str, frozenset[str]]
    languages: Mapping[str, tuple[str, ...]]
    votes: Mapping[str, int]
    digest: str


@functools.lru_cache(maxsize=8)
def load_tables(own: tuple[Phrase, ...] = ()) -> TextTables:
    """Load the shipped lists, with phrases of your own beside them.

    Raises:
        ListError: a list has a faulty line, named with its file.

    >>> "merci" in load_tables().book.words
    True
    """
    files = {
        path.relative_to(_LISTS).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(_LISTS.glob("**/*.tsv"))
    }
    phrases = (*_shipped(files), *own)
    languages = parse_languages(files["languages.tsv"])
    return TextTables(
        phrases=phrases,
        book=PhraseBook(phrases),
        function_words=_words(files, "function_words"),
        negations=_words(files, "negations"),
        intensifiers=_words(files, "intensifiers"),
        languages=languages,
        votes=_votes(languages),
        digest=_digest(files, own),
    )


def _shipped(files: Mapping[str, str]) -> tuple[Phrase, ...]:
    phrases: list[Phrase] = []
    for name, text in files.items():
        language, _, file = name.partition("/")
        if file.startswith(_PHRASE_SIDES):
            phrases += parse_list(text, name=file[:-4], language=language)
    return (*phrases, *_emoji(files["emoji.tsv"]))


def _emoji(text: str) -> tuple[Phrase, ...]:
    """Read the emoji table: emoji, list, strength, note; they speak every language."""
    phrases: list[Phrase] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            emoji, name, rest = (*line.split("\t", 2), "", "")[:3]
            row = f"{emoji}\t{rest.split(chr(9))[0]}"
            for phrase in parse_list(row, name=name, language=ANY):
                phrases.append(phrase)
    return tuple(phrases)


def _words(files: Mapping[str, str], name: str) -> dict[str, frozenset[str]]:
    return {
        language: frozenset(
            fold(line.strip()).text
            for line in files[f"{language}/{name}.tsv"].splitlines()
            if line.strip() and not line.startswith("#")
        )
        for language in READ
    }


def _votes(languages: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Weigh a word for French (+1) or English (-1); shared words say nothing."""
    votes = {word: ("fr" in owners) - ("en" in owners) for word, owners in languages.items()}
    return {word: vote for word, vote in votes.items() if vote}


def _digest(files: Mapping[str, str], own: tuple[Phrase, ...]) -> str:
    digest = hashlib.sha256()
    for name, text in files.items():
        digest.update(f"{name}\0{text}\0".encode())
    digest.update(msgspec.json.encode(own))
    return digest.hexdigest()
