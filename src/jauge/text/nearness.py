"""How near the turns of a conversation are to each other, by their vectors."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from jauge.text.vectors import cosines, load_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jauge.text.vectors import Matrix

# All pairs at once are fastest, but their number grows with the square of the turns.
_MOST_TURNS = 64
_FULL = 1000.0


class Nearness:
    """The cosines of turns, given by their words, in thousandths."""

    def __init__(self, turns: Sequence[Sequence[str]]) -> None:
        self._turns = turns
        self._all: list[list[float]] | None = None
        self._lately: dict[int, Matrix] = {}
        if 0 < len(turns) <= _MOST_TURNS:
            self._all = cosines(load_vectors().matrix(turns)).tolist()

    def between(self, one: int, other: int) -> int:
        """Give the cosine of two turns; 0 where one has no known words."""
        if self._all is not None:
            return int(self._all[one][other])
        first, second = self._vector(one), self._vector(other)
        sizes = math.sqrt(first @ first), math.sqrt(second @ second)
        if not all(sizes):
            return 0
        return round(_FULL * float(first @ second) / sizes[1] / sizes[0])

    def _vector(self, turn: int) -> Matrix:
        """Give the vector of a turn; the last ones asked for are kept."""
        known = self._lately.get(turn)
        if known is None:
            if len(self._lately) >= _MOST_TURNS:
                del self._lately[next(iter(self._lately))]
            known = load_vectors().matrix([self._turns[turn]])[0]
            self._lately[turn] = known
        return known
