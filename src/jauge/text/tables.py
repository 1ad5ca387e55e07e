"""The shipped word lists, loaded once and named by a hash of their bytes."""

from __future__ import annotations

import functools
import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from jauge.text.fold import fold
from jauge.text.heads import Heads, load_heads
from jauge.text.language import READ, parse_languages
from jauge.text.phrase_book import PhraseBook
from jauge.text.phrases import ANY, Phrase, parse_list
from jauge.text.spellings import kept_phrases, spelled
from jauge.text.tone import Tones, load_tones
from jauge.text.vectors import vectors_digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jauge.text.phrases import Side

_LISTS = Path(__file__).parent / "lists"
_WORD = re.compile(r"[a-z]+")
_PHRASE_SIDES = ("user_", "bot_")


@dataclass(frozen=True)
class TextTables:
    """Everything that reading needs: phrases, stop words, negations, languages.

    `french` and `english` are the frequent ones
    of one and not of the other; `digest` names it all.
    """

    phrases: tuple[Phrase, ...]
    function_words: frozenset[str]
    negations: Mapping[str, frozenset[str]]
    intensifiers: Mapping[str, frozenset[str]]
    languages: Mapping[str, tuple[str, ...]]
    french: frozenset[str]
    english: frozenset[str]
    opposites: Mapping[str, tuple[tuple[int, int], ...]]
    heads: Heads
    tones: Tones
    digest: str
    _books: dict[tuple[str, Side], PhraseBook] = field(default_factory=dict)
    _only: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of the phrases; few texts ask for them, and they take a while."""
        texts = [fold(phrase.text).text for phrase in self.phrases]
        return frozenset(_WORD.findall("\n".join(texts)))

    def book(self, language: str, side: Side) -> PhraseBook:
        """Give the phrases of a side in a language, read when first asked for."""
        book = self._books.get((language, side))
        if book is None:
            phrases = self.of_book(language, side)
            written = spelled(phrases, language, side)
            book = self._books[language, side] = PhraseBook(phrases, written)
        return book

    def of_book(self, language: str, side: Side) -> tuple[Phrase, ...]:
        """Give the phrases that a side may say in a language."""
        return tuple(
            phrase
            for phrase in self.phrases
            if phrase.language in (language, ANY) and phrase.list.startswith(side)
        )

    def only(self, language: str, other: str) -> frozenset[str]:
        """Give the frequent words of a language that the other does not have."""
        only = self._only.get((language, other))
        if only is None:
            only = self._only[language, other] = _only(language, other, self.languages)
        return only


@functools.lru_cache(maxsize=8)
def load_tables(own: tuple[Phrase, ...] = ()) -> TextTables:
    """Load the shipped lists, with phrases of your own beside them.

    Raises:
        ListError: a list has a faulty line, named with its file.

    >>> "merci" in load_tables().words
    True
    """
    files = list_files()
    of = name_of(files)
    shipped = kept_phrases(of)
    phrases = (*(shipped_phrases(files) if shipped is None else shipped), *own)
    languages = parse_languages(files["languages.tsv"])
    return TextTables(
        phrases=phrases,
        function_words=_parts(_words(files, "function_words")),
        negations=_words(files, "negations"),
        intensifiers=_words(files, "intensifiers"),
        languages=languages,
        french=_only("fr", "en", languages),
        english=_only("en", "fr", languages),
        opposites=_opposites(files["opposites.tsv"]),
        heads=load_heads(),
        tones=load_tones(),
        digest=_digest(of, own),
    )


def list_files() -> dict[str, str]:
    """Read the shipped lists, by name."""
    return {
        path.relative_to(_LISTS).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(_LISTS.glob("**/*.tsv"))
    }


def name_of(files: Mapping[str, str]) -> str:
    """Name lists by a hash of their bytes."""
    digest = hashlib.sha256()
    for name, text in files.items():
        digest.update(f"{name}\0{text}\0".encode())
    return digest.hexdigest()


def shipped_phrases(files: Mapping[str, str]) -> tuple[Phrase, ...]:
    """Read the phrases of lists.

    Raises:
        ListError: a list has a faulty line, named with its file.
    """
    phrases: list[Phrase] = []
    for name, text in files.items():
        language, _, file = name.partition("/")
        if file.startswith(_PHRASE_SIDES):
            phrases += parse_list(text, name=file[:-4], language=language)
    return (*phrases, *_emoji(files["emoji.tsv"]))


def _emoji(text: str) -> tuple[Phrase, ...]:
    """Read the emoji table: emoji, list, strength, note; they speak every language."""
    phrases: list[Phrase] = []
    for line in text.splitlines():
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


def _opposites(text: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """Give the classes that a word belongs to, and which member of each it names."""
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for group, line in enumerate(text.splitlines()):
        if not line.startswith("#"):
            for member, cell in enumerate(line.split("\t")):
                for word in cell.replace("-", " ").split():
                    found[word] = (*found.get(word, ()), (group, member))
    return found


def _parts(words: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Give the words of all languages, cut at apostrophes, and all letters."""
    return frozenset(
        part
        for language in words.values()
        for word in language
        for part in word.split("'")
    ) | frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


def _only(
    language: str, other: str, table: Mapping[str, tuple[str, ...]]
) -> frozenset[str]:
    """Give the frequent words of a language that the other does not have."""
    return frozenset(
        word
        for word, owners in table.items()
        if language in owners and other not in owners
    )


def _digest(of: str, own: tuple[Phrase, ...]) -> str:
    digest = hashlib.sha256(of.encode())
    digest.update(load_heads().digest.encode())
    digest.update(vectors_digest().encode())
    digest.update(load_tones().digest.encode())
    digest.update(msgspec.json.encode(own))
    return digest.hexdigest()
