"""Vectors of texts: sums of rows of eight bits, so cosines are the same anywhere.

French and English words lie in one space. The table is made by `training/vectors.py`:
a row for each word, and one for each piece of four letters, whose rows add up to the
word that they make; so a word that the table lacks, or a misspelt one, has one too.
"""

from __future__ import annotations

import functools
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    # Whole numbers, as floats: their products and sums are exact up to 2**53.
    Matrix = NDArray[np.float64]
    Vector = NDArray[np.float64]

_TABLE = Path(__file__).parent / "vectors_table"
ROWS, NAMES = _TABLE / "rows.npy", _TABLE / "names.txt"
# Whose each name is, a letter for each.
OWNERS = _TABLE / "owners.txt"
# The table's part in the hash of a scorer: hashing it at every start would take longer
# than loading it, so training writes it down and a test compares.
DIGEST = _TABLE / "digest.txt"
_LETTERS = {"f": "fr", "e": "en"}
_PIECE = 4
_LONGEST = 24
_MOST_MADE = 1 << 14
# Each word takes half a kilobyte while texts are summed.
_AT_ONCE = 128


def pieces_of(word: str) -> list[str]:
    """Cut a word into overlapping pieces of four letters; `~` and `$` mark its edges.

    No piece reads like a word: all have a mark in front.

    >>> pieces_of("colis")
    ['~~col', '~coli', '~olis', '~lis$']
    """
    marked = f"~{word[:_LONGEST]}$"
    ends = range(min(_PIECE, len(marked)), len(marked) + 1)
    return [f"~{marked[max(0, end - _PIECE) : end]}" for end in ends]


class Vectors:
    """The table of rows, and the words that were put together from pieces."""

    def __init__(
        self, rows: NDArray[np.int8], names: Sequence[str], owners: str
    ) -> None:
        self._rows = rows
        self._owners = owners
        self._places = dict(zip(names, range(len(names)), strict=True))
        self._made: dict[str, list[int]] = {}

    def matrix(self, texts: Sequence[Iterable[str]]) -> Matrix:
        """Give one row a text: the sum of the vectors of its words, zeros for none."""
        import numpy as np

        if len(texts) > _AT_ONCE:
            starts = range(0, len(texts), _AT_ONCE)
            parts = [self._sums(texts[at : at + _AT_ONCE]) for at in starts]
            return np.concatenate(parts)
        return self._sums(texts)

    def _sums(self, texts: Sequence[Iterable[str]]) -> Matrix:
        import numpy as np

        places: list[int] = []
        starts: list[int] = []
        find, keep = self._places.get, places.append
        for words in texts:
            starts.append(len(places))
            for word in words:
                place = find(word)
                if place is not None:
                    keep(place)
                else:
                    places += self._pieces(word)
        if not places:
            return np.zeros((len(starts), self._rows.shape[1]))
        # Sums of so few numbers of eight bits are exact in 24; a last row of zeros
        # keeps an empty last text inside.
        rows = np.zeros((len(places) + 1, self._rows.shape[1]), np.float32)
        rows[:-1] = self._rows.take(places, axis=0)
        sums = np.add.reduceat(rows, starts, axis=0).astype(np.float64)
        for at, (start, end) in enumerate(pairwise([*starts, len(places)])):
            if start == end:
                sums[at] = 0.0
        return sums

    def places_of(self, word: str) -> Sequence[int]:
        """Give the rows that a word is the sum of: its own, or those of its pieces."""
        place = self._places.get(word)
        return self._pieces(word) if place is None else (place,)

    def _pieces(self, word: str) -> list[int]:
        """Give the rows that add up to a word that has none of its own."""
        if word in self._made:
            return self._made[word]
        if word.isdigit():
            return []
        found = [self._places.get(piece) for piece in pieces_of(word)]
        if len(self._made) >= _MOST_MADE:
            self._made.clear()
        made = self._made[word] = [place for place in found if place is not None]
        return made

    def language_of(self, word: str) -> str | None:
        """Name the language that alone has a word; None where both or neither do."""
        place = self._places.get(word)
        return None if place is None else _LETTERS.get(self._owners[place])

    def forget(self) -> None:
        """Put every word together again, as if none had come before."""
        self._made.clear()


@functools.cache
def load_vectors() -> Vectors:
    """Load the shipped table; its rows stay in the file until they are asked for."""
    import numpy as np

    names = NAMES.read_text("utf-8").split("\n")[:-1]
    # Looked up as a plain array: the class of a mapped file costs at every look.
    owners = OWNERS.read_text("ascii")
    return Vectors(np.load(ROWS, mmap_mode="r").view(np.ndarray), names, owners)


def vectors_digest() -> str:
    """Name the table that ships, by a hash."""
    return DIGEST.read_text("ascii").strip()


def cosines(matrix: Matrix) -> Matrix:
    """Give the cosine of each row with each other, in thousandths; 0 for zeros.

    >>> import numpy as np
    >>> cosines(np.array([[3.0, 4.0], [4.0, 3.0], [0.0, 0.0]])).tolist()
    [[1000.0, 960.0, 0.0], [960.0, 1000.0, 0.0], [0.0, 0.0, 0.0]]
    """
    import numpy as np

    products = matrix @ matrix.T
    sizes = np.sqrt(products.diagonal())
    sizes[sizes == 0] = 1.0
    return np.rint(1000.0 * products / sizes / sizes[:, None])
