"""How near texts are to those just before them, by their vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.text.fact_table import FULL
from jauge.text.vectors import load_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jauge.text.vectors import Matrix

REACH = 6
"""How far back texts are compared."""
# So many texts at once: each takes some kilobytes.
_AT_ONCE = 1024


def nearness(texts: Sequence[Sequence[str]]) -> list[list[int]]:
    """Compare each text, given as words, with the last ones before it.

    Gives cosines in thousandths, that with the text just before it first; 0 where a
    text has no vector, and where there is none so far back.

    >>> nearness([["hello"], ["hello"], []])[1]
    [1000, 0, 0, 0, 0, 0]
    """
    found: list[list[int]] = []
    for start in range(0, len(texts), _AT_ONCE):
        first = max(0, start - REACH)
        vectors = load_vectors().matrix(texts[first : start + _AT_ONCE])
        found += _cosines(vectors)[start - first :]
    return found


def _cosines(vectors: Matrix) -> list[list[int]]:
    import numpy as np

    sizes = np.sqrt(np.vecdot(vectors, vectors))
    sizes[sizes == 0] = 1.0
    near = np.zeros((len(vectors), REACH))
    for back in range(1, min(REACH + 1, len(vectors))):
        products = np.vecdot(vectors[back:], vectors[:-back])
        near[back:, back - 1] = FULL * products / sizes[:-back] / sizes[back:]
    found: list[list[int]] = np.rint(near).astype(int).tolist()
    return found
