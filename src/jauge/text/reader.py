"""The reader: reads single texts with one set of tables, each text once."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from jauge.text.fold import Folded, fold, is_stretched, unstretch
from jauge.text.phrases import SIDES
from jauge.text.toned import Toned, toned
from jauge.text.words import WORD, words_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from jauge.text.phrase_book import Hit
    from jauge.text.phrases import Side
    from jauge.text.tables import TextTables

# Words in quotes, quoted lines and what follows a signature are not what is meant.
_QUOTED = re.compile(
    r'"[^"\n]{2,400}"|^>[^\n]*$|\n(?:--|_{5,})\s*\n[\s\S]*', re.MULTILINE
)
_MASK = re.compile(r"#[A-Z_]{2,40}#|\[[A-Z_]{2,40}\]|<[A-Z_]{2,40}>")
# Skin tones and joiners belong to the emoji before them.
_EMOJI_TAIL = frozenset(
    map(chr, (*range(0x1F3FB, 0x1F400), 0xFE0F, 0x200D, 0x2640, 0x2642))
)
_NEGATABLE = frozenset({"user_praises", "user_angry", "user_insults", "bot_succeeds"})
_NEGATION_REACH = 4
_NEGATION_WINDOW = 40
_CACHE_SIZE = 1024
_MOST_STEMS = 1 << 14


class Phrased(Struct, frozen=True, gc=False):
    """A phrase of a list in a text: `text[start:end] == words`."""

    list: str
    words: str
    start: int
    end: int
    strength: float


class Said(Struct, frozen=True, gc=False):
    """A phrase of a list, said at an event: `text[start:end] == words`."""

    list: str
    event: int
    words: str
    start: int
    end: int
    strength: float


class TextReading(Struct, gc=False):
    """One text of one side, read: folded, its words in order, its phrases so far.

    `content` and `sentences` (long ones, for echoes) are worked out when first asked
    for, and kept; so are its phrases and its tone, by language, and the places of the
    words that raise a head, by the name of the head.
    """

    text: str
    folded: Folded
    words: list[str]
    phrases: dict[str, tuple[Phrased, ...]] = field(default_factory=dict)
    content: frozenset[str] | None = None
    toned: dict[str, Toned] = field(default_factory=dict)
    sentences: list[str] | None = None
    places: dict[str, tuple[int, int]] = field(default_factory=dict)


class _Stems(dict[str, str]):
    """The stems of words that carry a need; empty for function words.

    Holds the words that came lately: most come again soon, and few stay close at hand.
    """

    def __init__(self, function_words: Collection[str]) -> None:
        self._function_words = function_words

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_STEMS:
            self.clear()
        cut = self[word] = "" if word in self._function_words else cut_endings(word)
        return cut


class Reader:
    """Reads texts; one that comes again is not read again.

    What is read never depends on what was read before.
    """

    def __init__(self, tables: TextTables) -> None:
        self.tables = tables
        self._texts: dict[Side, dict[str, TextReading]] = {side: {} for side in SIDES}
        self._stems = _Stems(tables.function_words)

    def text(self, text: str, side: Side) -> TextReading:
        """Read one text of a side; customers stretch words, bots do not."""
        texts = self._texts[side]
        known = texts.get(text)
        if known is not None:
            return known
        folded = fold(text)
        if side == "user" and is_stretched(folded.text):
            folded = unstretch(folded, self.tables.words)
        if len(texts) >= _CACHE_SIZE:
            texts.clear()
        reading = texts[text] = TextReading(text, folded, words_of(folded.text))
        return reading

    def phrases(
        self, reading: TextReading, language: str, side: Side
    ) -> tuple[Phrased, ...]:
        """Find what a side says in a text that was read, in a language."""
        found = reading.phrases.get(language)
        if found is None:
            hits = self.tables.book(language, side).find(reading.folded.text)
            found = self._meant(hits, reading, language)
            reading.phrases[language] = found
        return found

    def _meant(
        self, hits: list[Hit], reading: TextReading, language: str
    ) -> tuple[Phrased, ...]:
        """Leave out what is quoted or negated; give the rest in the text as written."""
        if not hits:
            return ()
        text, folded = reading.text, reading.folded
        return tuple(
            [
                _phrased(hit, text, folded)
                for hit in _unquoted(hits, folded.text)
                if hit.list not in _NEGATABLE
                or not self.is_negated(folded.text, hit.start, language)
            ]
        )

    def is_negated(self, text: str, start: int, language: str) -> bool:
        """Say whether a negation stands before a place of a folded text.

        Only intensifiers may stand between: « pas très clair ».
        """
        negations = self.tables.negations.get(language, ())
        intensifiers = self.tables.intensifiers.get(language, ())
        before = text[max(0, start - _NEGATION_WINDOW) : start]
        for _ in range(_NEGATION_REACH):
            before = before.rstrip(" ")
            word = before.rpartition(" ")[2]
            before = before[: len(before) - len(word)]
            if language == "fr":
                word = word.removesuffix("'").rpartition("'")[2]
            word = word.lstrip("(.!?")
            if word in negations:
                return True
            if word not in intensifiers:
                return False
        return False

    def content_words(self, reading: TextReading) -> frozenset[str]:
        """Give the stems of the words of a text that carry a need.

        Marks of redaction, `[EMAIL]` or `#NAME#`, carry none.
        """
        if reading.content is None:
            words: Collection[str] = reading.words
            text = reading.text
            if "#" in text or "[" in text or "<" in text:
                masks = " ".join(_MASK.findall(text))
                words = frozenset(words).difference(words_of(fold(masks).text))
            find = self._stems.__getitem__
            reading.content = frozenset(filter(None, map(find, words)))
        return reading.content

    def toned(self, reading: TextReading, language: str, side: Side) -> Toned:
        """Say how warm or cold the words of a text of a side sound, in a language."""
        found = reading.toned.get(language)
        if found is None:
            tones = self.tables.tones.of_all(reading.words, side)
            phrases = self.phrases(reading, language, side)
            found = reading.toned[language] = toned(reading.folded, tones, phrases)
        return found

    def places_of(self, text: str, stems: frozenset[str]) -> list[tuple[int, int]]:
        """Find where words with these stems stand in a customer's text, in order."""
        folded = self.text(text, "user").folded
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


def _unquoted(hits: list[Hit], text: str) -> list[Hit]:
    if '"' not in text and ">" not in text and "\n-" not in text and "\n_" not in text:
        return hits
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    return [
        hit
        for hit in hits
        if not any(start <= hit.start < end for start, end in quoted)
    ]


# By their last letter; the first that fits is cut.
_ENDINGS = {
    "s": ("ements", "ees", "es", "s"), "t": ("ement",), "g": ("ing",), "r": ("er",),
    "d": ("ed",), "e": ("ee", "e"), "x": ("x",),
}  # fmt: skip
_LEAST_STEM = 3


def cut_endings(word: str) -> str:
    """Cut endings of number, gender and tense; what is left keeps four letters.

    >>> cut_endings("commandes"), cut_endings("parcel"), cut_endings("retourner")
    ('command', 'parcel', 'retourn')
    """
    if len(word) > _LEAST_STEM:
        for ending in _ENDINGS.get(word[-1], ()):
            if word.endswith(ending) and len(word) - len(ending) > _LEAST_STEM:
                return word[: -len(ending)]
    return word


stem = functools.lru_cache(maxsize=1 << 15)(cut_endings)
"""Gives the stem of a word; those of words that came lately are at hand."""


@functools.lru_cache(maxsize=1 << 10)
def plain(text: str) -> str:
    """Give a text without case, accents, marks and emoji, to compare what was read.

    >>> plain("Suivre  ma commande 📦"), plain("suivre ma commande !")
    ('suivre ma commande', 'suivre ma commande')
    """
    return " ".join(words_of(fold(text).text)) or text.strip()
