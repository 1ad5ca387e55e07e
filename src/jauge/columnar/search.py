"""Words of messages as they are searched, and the search through all of them."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jauge.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

# All of ASCII but letters and digits, every blank, and marks of other blocks.
_BETWEEN = re.compile("[\\s\0-/:-@\\[-`{-\x9f\u2000-\u206f\u3000-\u3003]+")
_ASKED = re.compile(r'"([^"]*)"?|([^\s"]+)')


class Texts(NamedTuple):
    """The words of all conversations in one text; `ends` is where each one ends."""

    blob: bytes
    ends: array[int]


def words_of(text: str) -> str:
    """Fold a text to its words, a blank between two.

    >>> words_of("L’œuf n’est pas cassé!")
    'l oeuf n est pas casse'
    """
    return _BETWEEN.sub(" ", fold(text).text).strip()


def lines_of(texts: Iterable[str]) -> str:
    """Fold messages to their words, one message a line."""
    return "\n".join(filter(None, map(words_of, texts)))


def needles_of(text: str) -> tuple[bytes, ...]:
    """Give what must stand in the words; longest first, as it is the rarest.

    Each word may go on ("rembours" finds "remboursement"); one in quotes may not.

    >>> needles_of('cassé « mon œuf »')
    (b' mon oeuf ', b' casse')
    """
    found = set()
    for quoted, plain in _ASKED.findall(fold(text).text):
        words = words_of(quoted or plain)
        if words:
            found.add(f" {words} " if quoted else f" {words}")
    return tuple(
        one.encode() for one in sorted(found, key=lambda one: (-len(one), one))
    )


def holding(texts: Texts, needles: tuple[bytes, ...]) -> NDArray[np.bool_]:
    """Say of each conversation whether all needles stand in it."""
    blob, ends = texts
    mask = np.zeros(len(ends), dtype=bool)
    if not needles:
        mask[:] = True
        return mask
    first, *rest = needles
    place = blob.find(first)
    while place >= 0:
        row = bisect_right(ends, place)
        end = ends[row]
        start = ends[row - 1] if row else 0
        mask[row] = all(blob.find(one, start, end) >= 0 for one in rest)
        place = blob.find(first, end)
    return mask
