"""Tone: how warm or cold words sound, one small whole number a word and side.

A linear head over word vectors, folded at training into one number for each row of the
vectors' table (`training/tone.py`), so that no vector is needed here, and a word that
the table lacks has the tone of its pieces. French and English share the space, so what
was learnt from English carries over.
"""

from __future__ import annotations

import functools
import hashlib
from array import array
from pathlib import Path
from typing import TYPE_CHECKING

from jauge.text.phrases import SIDES, Side
from jauge.text.vectors import load_vectors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Columns = Mapping[Side, Sequence[int]]

TABLE = Path(__file__).parent / "tone_table" / "tones.npy"
# Thanks as they are typed in haste: no vector knows them.
_IN_HASTE = {
    "thx": "thanks", "thnx": "thanks", "tnx": "thanks", "thanx": "thanks",
    "tysm": "thanks", "mrc": "merci", "mci": "merci", "mrci": "merci",
}  # fmt: skip
# As many different words as one shop's chats hold.
_MOST_KNOWN = 1 << 14


class _Known(dict[str, int]):
    """The tones of words of a side, of those that came lately."""

    def __init__(self, column: Callable[[], Sequence[int]]) -> None:
        self._column = column

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        column = self._column()
        places = load_vectors().places_of(_IN_HASTE.get(word, word))
        tone = sum([column[place] for place in places])
        self[word] = tone
        return tone


class Tones:
    """The tones of words, in thousandths of the spread of turns, by side.

    `load` gives the columns, when they are first asked for.
    """

    def __init__(self, load: Callable[[], Columns], digest: str) -> None:
        self.digest = digest
        self._load = load
        self._known = {
            side: _Known(functools.partial(self._column, side)) for side in SIDES
        }

    @functools.cached_property
    def _columns(self) -> Columns:
        return self._load()

    def _column(self, side: Side) -> Sequence[int]:
        return self._columns[side]

    def tone(self, word: str, side: Side) -> int:
        """Give the tone of a folded word: above zero warm, below cold."""
        return self._known[side][word]

    def of_all(self, words: Iterable[str], side: Side) -> list[int]:
        """Give the tones of words, in order."""
        return list(map(self._known[side].__getitem__, words))

    def sum_of(self, words: Iterable[str], side: Side) -> int:
        """Add up the tones of words."""
        return sum(map(self._known[side].__getitem__, words))


def columns_in(path: Path) -> Columns:
    """Read a table: a column for each side, a row for each row of the vectors."""
    import numpy as np

    table = np.load(path)
    # A plain array: lists of so many numbers take as long to make as all the rest.
    return {side: array("h", table[at].tobytes()) for at, side in enumerate(SIDES)}


@functools.cache
def load_tones(path: Path = TABLE) -> Tones:
    """Load the shipped table.

    >>> tones = load_tones()
    >>> tones.tone("merci", "user") > 0 > tones.tone("useless", "user")
    True
    """
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Tones(functools.partial(columns_in, path), digest)
