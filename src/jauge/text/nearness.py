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
    from numpy.lib.stride_tricks import sliding_window_view

    sizes = np.sqrt(np.vecdot(vectors, vectors))
    sizes[sizes == 0] = 1.0
    # Before the first text stand texts without a vector.
    width = vectors.shape[1]
    padded = np.concatenate([np.zeros((REACH, width)), vectors])
    before = sliding_window_view(padded, (REACH, width))[:-1, 0]
    sizes_before = sliding_window_view(np.append(np.ones(REACH), sizes), REACH)[:-1]
    products = np.vecdot(before, vectors[:, None])
    near = np.rint(FULL * products / sizes_before / sizes[:, None])
    found: list[list[int]] = near[:, ::-1].astype(int).tolist()
    return found
