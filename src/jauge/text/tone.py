"""Tone: how warm or cold words sound, one small whole number a word and side.

A linear head over word vectors, folded at training into one number for each row of the
vectors' table (`training/tone.py`), so that no vector is needed here, and a word that
the table lacks has the tone of its pieces. French and English share the space, so what
was learnt from English carries over.
"""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from jauge.text.phrases import SIDES, Side
from jauge.text.vectors import load_vectors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Columns = Mapping[Side, Sequence[int]]

TABLE = Path(__file__).parent / "tone_table" / "tones.npy"
# As many different words as one shop's chats hold.
_MOST_KNOWN = 1 << 14


class Tones:
    """The tones of words, in thousandths of the spread of turns, by side.

    `load` gives the columns, when they are first asked for.
    """

    def __init__(self, load: Callable[[], Columns], digest: str) -> None:
        self.digest = digest
        self._load = load
        self._known: dict[Side, dict[str, int]] = {side: {} for side in SIDES}

    @functools.cached_property
    def _columns(self) -> Columns:
        return self._load()

    def tone(self, word: str, side: Side) -> int:
        """Give the tone of a folded word: above zero warm, below cold."""
        known = self._known[side]
        tone = known.get(word)
        if tone is None:
            column = self._columns[side]
            tone = sum([column[place] for place in load_vectors().places_of(word)])
            if len(known) >= _MOST_KNOWN:
                known.clear()
            known[word] = tone
        return tone

    def sum_of(self, words: Iterable[str], side: Side) -> int:
        """Add up the tones of words."""
        known, tone = self._known[side], self.tone
        return sum(
            [known[word] if word in known else tone(word, side) for word in words]
        )


def columns_in(path: Path) -> Columns:
    """Read a table: a column for each side, a row for each row of the vectors."""
    import numpy as np

    table = np.load(path)
    return {side: table[at].tolist() for at, side in enumerate(SIDES)}


@functools.cache
def load_tones(path: Path = TABLE) -> Tones:
    """Load the shipped table.

    >>> tones = load_tones()
    >>> tones.tone("merci", "user") > 0 > tones.tone("useless", "user")
    True
    """
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Tones(functools.partial(columns_in, path), digest)
