"""Vectors of texts: sums of rows of eight bits, so cosines are the same anywhere.

French and English words lie in one space. The table is made by `training/vectors.py`:
a row for each word, and one for each piece of four letters, whose rows add up to the
word that they make; so a word that the table lacks, or a misspelt one, has one too.
"""

from __future__ import annotations

import functools
import itertools
from bisect import bisect_left
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

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
_MOST_KNOWN = 1 << 14
# So many words and pieces are looked for before a dictionary is worth its while.
_MANY = 2000
# Each word takes half a kilobyte while texts are summed.
_AT_ONCE = 128


def pieces_of(word: str) -> list[str]:
    """Cut a word into overlapping pieces of four letters; `~` and `$` mark its edges.

    No piece reads like a word: all have a mark in front.

    >>> pieces_of("colis")
    ['~~col', '~coli', '~olis', '~lis$']
    """
    marked = f"~{word[:_LONGEST]}$"
    places = range(max(1, len(marked) - _PIECE + 1))
    return [f"~{marked[at : at + _PIECE]}" for at in places]


class _Places(dict[str, tuple[int, ...]]):
    """The rows that add up to a word: its own, or those of its pieces.

    Holds the words that came lately: most come again soon, and few stay close at hand.
    """

    def __init__(self, own: Callable[[str], int | None]) -> None:
        self.own = own

    def __missing__(self, word: str) -> tuple[int, ...]:
        own = self.own(word)
        if own is not None:
            places: tuple[int, ...] = (own,)
        elif word.isdigit():
            places = ()
        else:
            found = map(self.own, pieces_of(word))
            places = tuple([place for place in found if place is not None])
        if len(self) >= _MOST_KNOWN:
            self.clear()
        self[word] = places
        return places


class Vectors:
    """The table of rows, and where those of each word stand: `names` are in order."""

    def __init__(
        self, rows: NDArray[np.int8], names: Sequence[str], owners: str
    ) -> None:
        self._rows = rows
        self._owners = owners
        self._names = names
        self._asked = 0
        self._places = _Places(self._own)

    def _own(self, word: str) -> int | None:
        """Find the row of a word or piece.

        A dictionary finds it faster, but takes longer to make than one chat to score.
        """
        self._asked += 1
        if self._asked == _MANY:
            places = range(len(self._names))
            self._places.own = dict(zip(self._names, places, strict=True)).get
        place = bisect_left(self._names, word)
        is_there = place < len(self._names) and self._names[place] == word
        return place if is_there else None

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

        find, chain = self._places.__getitem__, itertools.chain.from_iterable
        found = [list(chain(map(find, words))) for words in texts]
        lengths = list(map(len, found))
        places = list(chain(found))
        sums = np.zeros((len(found), self._rows.shape[1]))
        if places:
            # Sums of so few numbers of eight bits are exact in 24.
            rows = self._rows.take(places, axis=0).astype(np.float32)
            held = np.flatnonzero(lengths)
            starts = np.cumsum([0, *lengths])[held]
            sums[held] = np.add.reduceat(rows, starts, axis=0)
        return sums

    def places_of(self, word: str) -> Sequence[int]:
        """Give the rows that a word is the sum of: its own, or those of its pieces."""
        return self._places[word]

    def language_of(self, word: str) -> str | None:
        """Name the language that alone has a word; None where both or neither do."""
        place = self._places.own(word)
        return None if place is None else _LETTERS.get(self._owners[place])

    def words(self) -> Iterator[str]:
        """Give the words that have a row of their own."""
        return (name for name in self._names if not name.startswith("~"))

    def forget(self) -> None:
        """Look every word up again, as if none had come before."""
        self._places.clear()


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
