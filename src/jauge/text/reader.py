"""The reader: reads single texts with one set of tables, each text once."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from jauge.text.fold import Folded, fold, unstretch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jauge.text.phrases import Hit, Side
    from jauge.text.tables import TextTables

WORD = re.compile(r"[a-z0-9]+")
_LAST_WORD = re.compile(r"([a-z']+) *$")
# Words in quotes, quoted lines and what follows a signature are not the customer's mood.
_QUOTED = re.compile(
    r'"[^"\n]{2,400}"|^>[^\n]*$|\n(?:--|_{5,})\s*\n[\s\S]*', re.MULTILINE
)
_QUOTING = ('"', ">", "\n--", "\n_____")
# Skin tones and joiners belong to the emoji before them.
_EMOJI_TAIL = frozenset(
    map(chr, (*range(0x1F3FB, 0x1F400), 0xFE0F, 0x200D, 0x2640, 0x2642))
)
_NEGATABLE = frozenset({"user_praises", "user_angry", "user_insults", "bot_succeeds"})
_NEGATION_REACH = 4
_NEGATION_WINDOW = 40
_CACHE_SIZE = 4096


# Letters and digits stay, all else becomes a blank: faster than any expression.
_BLANKED = bytes(code if WORD.fullmatch(chr(code)) else 32 for code in range(256))


def words_of(folded: str) -> list[str]:
    """Split a folded text into its words.

    >>> words_of("j'ai recu 2 colis 😡")
    ['j', 'ai', 'recu', '2', 'colis']
    """
    return folded.encode("ascii", "replace").translate(_BLANKED).decode("ascii").split()


class TextReading(NamedTuple):
    """One text, read: folded, and its words in order."""

    folded: Folded
    words: list[str]


class Phrased(NamedTuple):
    """A phrase of a list in a text: `text[start:end] == words`."""

    list: str
    words: str
    start: int
    end: int
    strength: float


class Said(NamedTuple):
    """A phrase of a list, said at an event: `text[start:end] == words`."""

    list: str
    event: int
    words: str
    start: int
    end: int
    strength: float


class Reader:
    """Reads texts; one that comes again is not read again.

    What is read never depends on what was read before.
    """

    def __init__(self, tables: TextTables) -> None:
        self.tables = tables
        self._texts: dict[str, TextReading] = {}
        self._phrases: dict[tuple[str, Side], dict[str, tuple[Phrased, ...]]] = {}

    def text(self, text: str) -> TextReading:
        """Read one text."""
        known = self._texts.get(text)
        if known is not None:
            return known
        folded = unstretch(fold(text), self.tables.words)
        if len(self._texts) >= _CACHE_SIZE:
            self._texts.clear()
        reading = self._texts[text] = TextReading(folded, words_of(folded.text))
        return reading

    def phrases(self, text: str, language: str, side: Side) -> tuple[Phrased, ...]:
        """Find what a side says in a text."""
        known = self._phrases.setdefault((language, side), {})
        found = known.get(text)
        if found is None:
            if len(known) >= _CACHE_SIZE:
                known.clear()
            found = known[text] = self._find(text, language, side)
        return found

    def _find(self, text: str, language: str, side: Side) -> tuple[Phrased, ...]:
        folded = self.text(text).folded
        hits: Iterable[Hit] = self.tables.book(language, side).find(folded.text)
        if not hits:
            return ()
        if side == "user":
            hits = _unquoted(hits, folded.text)
        return tuple(
            _phrased(hit, text, folded)
            for hit in hits
            if hit.list not in _NEGATABLE
            or not self._is_negated(folded.text, hit.start, language)
        )

    def _is_negated(self, text: str, start: int, language: str) -> bool:
        """Say whether a negation stands before, with nothing but intensifiers between."""
        negations = self.tables.negations.get(language, ())
        intensifiers = self.tables.intensifiers.get(language, ())
        for _ in range(_NEGATION_REACH):
            match = _LAST_WORD.search(text, max(0, start - _NEGATION_WINDOW), start)
            if match is None:
                return False
            word = match.group(1)
            if language == "fr":
                word = word.rsplit("'", 1)[-1]
            if word in negations:
                return True
            if word not in intensifiers:
                return False
            start = match.start(1)
        return False

    def content_words(self, text: str) -> frozenset[str]:
        """Give the stems of the words that carry a need."""
        different = frozenset(self.text(text).words) - self.tables.function_words
        return frozenset(map(stem, different))

    def places_of(self, text: str, stems: frozenset[str]) -> list[tuple[int, int]]:
        """Find where words with these stems stand in a text, in order."""
        folded = self.text(text).folded
        return [
            folded.place(*match.span())
            for match in WORD.finditer(folded.text)
            if stem(match.group()) in stems
        ]


def _phrased(hit: Hit, text: str, folded: Folded) -> Phrased:
    start, end = folded.place(hit.start, hit.end)
    while end < len(text) and text[end] in _EMOJI_TAIL:
        end += 1
    return Phrased(hit.list, text[start:end], start, end, hit.strength)


def _unquoted(hits: Iterable[Hit], text: str) -> list[Hit]:
    if not any(mark in text for mark in _QUOTING):
        return list(hits)
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    return [
        hit
        for hit in hits
        if not any(start <= hit.start < end for start, end in quoted)
    ]


_ENDINGS = ("ements", "ement", "ing", "ees", "er", "ed", "ee", "es", "s", "x", "e")
_LEAST_STEM = 3


@functools.lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Cut endings of number, gender and tense; a stem keeps four letters.

    >>> stem("commandes"), stem("parcel"), stem("retourner")
    ('command', 'parcel', 'retourn')
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > _LEAST_STEM:
            return word[: -len(ending)]
    return word


@functools.lru_cache(maxsize=1 << 14)
def plain(text: str) -> str:
    """Give a text without case, accents, marks and emoji, to compare what was read.

    >>> plain("Suivre  ma commande 📦"), plain("suivre ma commande !")
    ('suivre ma commande', 'suivre ma commande')
    """
    return " ".join(words_of(fold(text).text)) or text.strip()
