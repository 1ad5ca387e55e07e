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

_TABLE = Path(__file__).parent / "vectors_table"
ROWS, NAMES = _TABLE / "rows.npy", _TABLE / "names.txt"
_PIECE = 4
_LONGEST = 24
_KNOWN = 1 << 14


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
    """The table of rows, and what was looked up in it."""

    def __init__(self, rows: NDArray[np.int8], names: Sequence[str]) -> None:
        self._rows = rows
        self._places = {name: at for at, name in enumerate(names)}
        self._known: dict[str, list[int]] = {}

    def rows_of(self, word: str) -> list[int]:
        """Give the rows that add up to a word: its own, or those of its pieces."""
        known = self._known.get(word)
        if known is None:
            own = self._places.get(word)
            if own is not None:
                known = [own]
            elif word.isdigit():
                known = []
            else:
                pieces = map(self._places.get, pieces_of(word))
                known = [place for place in pieces if place is not None]
            if len(self._known) >= _KNOWN:
                self._known.clear()
            self._known[word] = known
        return known

    def matrix(self, texts: Sequence[Iterable[str]]) -> Matrix:
        """Give one row a text: the sum of the vectors of its words, zeros for none."""
        import numpy as np

        places: list[int] = []
        starts: list[int] = []
        known = self._known
        for words in texts:
            starts.append(len(places))
            for word in words:
                found = known.get(word)
                places += self.rows_of(word) if found is None else found
        # A row of zeros at the end keeps an empty last text inside.
        rows = np.zeros((len(places) + 1, self._rows.shape[1]), np.int32)
        rows[:-1] = self._rows[places]
        sums = np.add.reduceat(rows, starts, axis=0).astype(np.float64)
        for at, (start, end) in enumerate(pairwise([*starts, len(places)])):
            if start == end:
                sums[at] = 0.0
        return sums


@functools.cache
def load_vectors() -> Vectors:
    """Load the shipped table; its rows stay in the file until they are asked for."""
    import numpy as np

    names = NAMES.read_text("utf-8").split("\n")[:-1]
    # Looked up as a plain array: the class of a mapped file costs at every look.
    return Vectors(np.load(ROWS, mmap_mode="r").view(np.ndarray), names)


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
