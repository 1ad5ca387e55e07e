"""What a load counts: what it read, and what became of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jauge.model.rejected import Rejected, kind_of

if TYPE_CHECKING:
    from jauge.ratings import RatingCounts
    from jauge.store.writing import Item, Written


@dataclass
class LoadCounts:
    """What a load read, and what became of it; the first refusal of each reason."""

    new: int = 0
    longer: int = 0
    # Read otherwise than what is kept: that stays, or is replaced.
    otherwise: int = 0
    replaced: int = 0
    unchanged: int = 0
    erased: int = 0
    rejected: int = 0
    scored: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    first: dict[str, Rejected] = field(default_factory=dict)
    ratings: RatingCounts | None = None
    # No run before this one wrote parts that are passed now.
    refused_before: int = 0
    # Where reports show another scorer than the one that scored here.
    shown: str | None = None
    scorer: str = ""

    @property
    def read(self) -> int:
        """How many records were read, the refused ones among them."""
        kept = self.new + self.longer + self.read_otherwise + self.unchanged
        return kept + self.erased + self.rejected

    @property
    def read_otherwise(self) -> int:
        """How many were read otherwise than they were kept, whatever became of it."""
        return self.otherwise + self.replaced

    def refuse(self, one: Rejected) -> None:
        """Count a refusal."""
        self.rejected += 1
        self.first.setdefault(kind_of(one, self.first), one)

    def take(self, item: Item, written: Written) -> None:
        """Count what became of a conversation."""
        setattr(self, written.outcome, getattr(self, written.outcome) + 1)
        if written.is_scored and item.score is not None:
            if item.score.reason:
                self.reasons[item.score.reason] += 1
            else:
                self.scored += 1
