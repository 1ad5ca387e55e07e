"""What facts of messages weigh for several heads, many messages at once."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from jauge.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

FULL = 1000
"""The full size of a fact, and one unit of log-odds: all is counted in thousandths."""


class FactTable:
    """The weights of facts, head by head: each head gives those that it knows."""

    def __init__(self, heads: Sequence[Mapping[str, int]]) -> None:
        self._heads = heads
        names = dict.fromkeys(itertools.chain.from_iterable(heads))
        self._places = dict(zip(names, itertools.count(1), strict=False))

    @lazy
    def _weights(self) -> NDArray[np.float64]:
        """A row for each head; place 0 is any other fact."""
        import numpy as np

        rows = [
            [0, *[head.get(name, 0) for name in self._places]] for head in self._heads
        ]
        return np.array(rows, np.float64)

    def sums(self, messages: Sequence[Mapping[str, int]]) -> NDArray[np.int64]:
        """Add up the facts of messages, given with their sizes: a row for each head.

        >>> table = FactTable([{"asks": 300, "short": -20}, {"short": 7}])
        >>> table.sums([{"asks": 1000, "short": 500}, {}, {"new": 1}]).tolist()
        [[290, 0, 0], [3, 0, 0]]
        """
        import numpy as np

        lengths = list(map(len, messages))
        at = np.repeat(np.arange(len(messages)), lengths)
        names = itertools.chain.from_iterable(messages)
        sizes = itertools.chain.from_iterable([facts.values() for facts in messages])
        find = self._places.get
        place = np.fromiter(map(find, names, itertools.repeat(0)), np.int64, len(at))
        size = np.fromiter(sizes, np.float64, len(at))
        # Whole numbers, as floats: that is how they are counted up, and exactly.
        sums = [
            np.bincount(at, row[place] * size, len(messages)) for row in self._weights
        ]
        return np.array(sums).astype(np.int64) // FULL
