"""The range of a score: what a careful reader says of comparable conversations.

Its offsets are measured by `jauge.scoring.conformal`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jauge.scoring.scorer_file import RangeRow


@dataclass(frozen=True, slots=True)
class RangeTable:
    """Rows in order: the first whose `turns` and `value` are not exceeded counts."""

    rows: Sequence[RangeRow]

    def around(self, value: int, user_turns: int) -> tuple[int, int]:
        """Give the range of a value, within 0 and 100 and holding the value.

        >>> from jauge.scoring.scorer_file import RangeRow
        >>> RangeTable([RangeRow(999, 100, 12, 9)]).around(95, 3)
        (83, 100)
        """
        for row in self.rows:
            if user_turns <= row.turns and value <= row.value:
                return max(0, value - row.below), min(100, value + row.above)
        return 0, 100
