"""How near the turns of a conversation are to each other, by their vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.text.heads import FULL
from jauge.text.vectors import load_vectors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jauge.text.reader import TextReading
    from jauge.text.vectors import Matrix

# So many pairs at once: each takes two rows of 128 numbers.
_AT_ONCE = 4096


def vectors_of(
    turns: Sequence[Sequence[str]], texts: Sequence[TextReading | None]
) -> Matrix:
    """Give the vector of each turn by its words; `texts` that are turns keep theirs."""
    import numpy as np

    new = [at for at, text in enumerate(texts) if text is None or text.vector is None]
    rows = dict(zip(new, load_vectors().matrix([turns[at] for at in new]), strict=True))
    for at, text in enumerate(texts):
        if text is not None:
            if text.vector is None:
                text.vector = rows[at]
            rows[at] = text.vector
    return np.stack([rows[at] for at in range(len(turns))])


def nearness(
    vectors: Matrix, pairs: Sequence[tuple[int, int]]
) -> Mapping[tuple[int, int], int]:
    """Give the cosine of each pair of rows, in thousandths; 0 where one is zeros.

    >>> import numpy as np
    >>> nearness(np.array([[3.0, 4.0], [4.0, 3.0], [0.0, 0.0]]), [(0, 1), (1, 2)])
    {(0, 1): 960, (1, 2): 0}
    """
    import numpy as np

    sizes = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    sizes[sizes == 0] = 1.0
    found: dict[tuple[int, int], int] = {}
    for start in range(0, len(pairs), _AT_ONCE):
        part = pairs[start : start + _AT_ONCE]
        ones, others = np.array(part).T
        products = np.einsum("ij,ij->i", vectors[ones], vectors[others])
        near = np.rint(FULL * products / sizes[others] / sizes[ones]).astype(int)
        found.update(zip(part, near.tolist(), strict=True))
    return found
