"""Fold a text for matching: lower case, no accents, plain quotes and blanks.

Every folded character knows its place in the text, so that evidence can be shown
as it was written. The character classes are our own and frozen: Python's follow
the Unicode version, and the same text must fold alike on every Python.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_ACCENTED = {
    "a": "àáâãäåāăą", "c": "çćĉċč", "d": "ďđð", "e": "èéêëēĕėęě", "g": "ĝğġģ",
    "h": "ĥħ", "i": "ìíîïĩīĭįı", "j": "ĵ", "k": "ķ", "l": "ĺļľŀł", "n": "ñńņňŉ",
    "o": "òóôõöøōŏő", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťŧț", "u": "ùúûüũūŭůűų",
    "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
}  # fmt: skip
_UPPER = {
    "a": "ÀÁÂÃÄÅĀĂĄ", "c": "ÇĆĈĊČ", "d": "ĎĐÐ", "e": "ÈÉÊËĒĔĖĘĚ", "g": "ĜĞĠĢ",
    "h": "ĤĦ", "i": "ÌÍÎÏĨĪĬĮİ", "j": "Ĵ", "k": "Ķ", "l": "ĹĻĽĿŁ", "n": "ÑŃŅŇ",
    "o": "ÒÓÔÕÖØŌŎŐ", "r": "ŔŖŘ", "s": "ŚŜŞŠȘ", "t": "ŢŤŦȚ", "u": "ÙÚÛÜŨŪŬŮŰŲ",
    "w": "Ŵ", "y": "ÝŸŶ", "z": "ŹŻŽ",
}  # fmt: skip
_SAME = {
    "'": "’‘ʼ‛′´`＇",
    '"': "«»“”„‟″＂",
    " ": "\t\u00a0\u2009\u202f\u2007\u3000",
    "-": "‐‑–—−",
}
_LONGER = {
    "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ﬁ": "fi", "ﬂ": "fl",
    "…": "...",
}  # fmt: skip
# Combining accents, zero-width characters, variation selectors, soft hyphen.
_SILENT = {
    *range(0x300, 0x370), 0xAD, *range(0x200B, 0x2010), 0x2060, 0xFE0E, 0xFE0F, 0xFEFF,
}  # fmt: skip

_TABLE: dict[int, str] = {code: chr(code) for code in range(128)}
_TABLE |= {code: chr(code + 32) for code in range(65, 91)}
for _plain, _variants in [*_ACCENTED.items(), *_UPPER.items(), *_SAME.items()]:
    _TABLE |= {ord(variant): _plain for variant in _variants}
# Full-width letters and digits, typed to slip past filters.
_TABLE |= {0xFF10 + n: chr(48 + n) for n in range(10)}
_TABLE |= {base + n: chr(97 + n) for base in (0xFF21, 0xFF41) for n in range(26)}

# The same table over the bytes of Latin-1; a character that moves others shows as NUL.
_MOVES = "\0"
_LATIN = bytes(
    0 if code in _SILENT or chr(code) in _LONGER else ord(_TABLE.get(code, chr(code)))
    for code in range(256)
)
# A hyphen joins words; the nose of a face stays.
_HYPHEN = re.compile(r"(?<=[a-z0-9])-(?=[a-z0-9])")
_SILENCE = "".join(re.escape(chr(code)) for code in sorted(_SILENT))
_MOVING = re.compile(f"[{''.join(_LONGER)}]|[{_SILENCE}]+| [ {_SILENCE}]+")
# A letter three times or more, or twice at the end of a word: « mercii », "sooo".
# Words often end in ee (« livrée »), ll and ss; these are never called stretched.
_STRETCHED = re.compile(r"([a-z])\1(?:\1+|(?<![els])(?![a-z]))")
_RUN = re.compile(r"([a-z])\1\1+")
_WORD = re.compile(r"[a-z]+")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


class Folded(Struct, frozen=True, gc=False):
    """A folded text and, where characters moved, the origin of each one."""

    text: str
    origin: tuple[int, ...] | None = None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Give the place `[start, end)` of the folded text in the text as written.

        >>> fold("Ma sœur  MERCI").place(9, 14)
        (9, 14)
        """
        if self.origin is None:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold a text: lower case, no accents, plain quotes, single blanks.

    >>> fold("L’Été").text
    "l'ete"
    """
    if text.isascii():
        folded = text.lower().replace("\t", " ")
        moves = "  " in folded
    else:
        folded, moves = _accented(text)
    if moves:
        folded = text.translate(_TABLE)
    if "-" in folded:
        folded = _HYPHEN.sub(" ", folded)
    return _collapse(folded) if moves else Folded(folded)


def _accented(text: str) -> tuple[str, bool]:
    """Fold place by place; say whether a character moves those after it."""
    try:
        # Most chat is Latin-1, where folding is one pass over bytes.
        data = text.replace("’", "'").encode("latin-1")
    except UnicodeEncodeError:
        folded = text.translate(_TABLE)
        return folded, _MOVING.search(folded) is not None
    folded = data.translate(_LATIN).decode("latin-1")
    return folded, _MOVES in folded or "  " in folded


def _collapse(text: str) -> Folded:
    """Drop, lengthen and join the characters that move others; keep each origin."""
    pieces: list[str] = []
    origin: list[int] = []
    done = 0
    for match in _MOVING.finditer(text):
        start, end = match.span()
        pieces.append(text[done:start])
        origin += range(done, start)
        found = match.group()
        # Of several blanks one stays; what is neither long nor blank is silent.
        written = " " if found[0] == " " else _LONGER.get(found, "")
        pieces.append(written)
        origin += [start] * len(written)
        done = end
    pieces.append(text[done:])
    origin += range(done, len(text))
    return Folded("".join(pieces), tuple(origin))


def is_stretched(text: str) -> bool:
    """Say whether a folded text may hold a stretched word, as « mercii ».

    >>> is_stretched("mercii"), is_stretched("merci")
    (True, False)
    """
    return _STRETCHED.search(text) is not None


def unstretch(folded: Folded, known: AbstractSet[str]) -> Folded:
    """Bring stretched words back to a known one: « mercii » → « merci ».

    A word stays as it is when it is known, or when no shorter form is known.

    >>> unstretch(fold("Meeerciii mille fois"), {"merci"}).text
    'merci mille fois'
    """
    text = folded.text
    match = _STRETCHED.search(text)
    if match is None:
        return folded
    pieces: list[str] = []
    origin: list[int] = []
    done = 0
    while match is not None:
        start, end = _word_around(text, match.start())
        short = _known_form(text[start:end], known)
        if short is not None:
            pieces += [text[done:start], short]
            origin += range(done, start)
            # The last letter keeps the last place, so that evidence covers the word.
            origin += [*range(start, start + len(short) - 1), end - 1]
            done = end
        match = _STRETCHED.search(text, end)
    if not pieces:
        return folded
    pieces.append(text[done:])
    origin += range(done, len(text))
    if folded.origin is not None:
        origin = [folded.origin[place] for place in origin]
    return Folded("".join(pieces), tuple(origin))


def _word_around(text: str, place: int) -> tuple[int, int]:
    start = place
    while start and text[start - 1] in _LETTERS:
        start -= 1
    match = _WORD.match(text, start)
    return start, match.end() if match else place + 1


def _known_form(word: str, known: AbstractSet[str]) -> str | None:
    """Give the known shorter form of a stretched word; None for a known word."""
    if word in known:
        return None
    once, twice = _RUN.sub(r"\1", word), _RUN.sub(r"\1\1", word)
    forms = (once, twice, _single_end(word), _single_end(once))
    return next((form for form in forms if form in known), None)


def _single_end(word: str) -> str:
    return word.rstrip(word[-1]) + word[-1]
