"""Gather rated conversations from a stream, as a scorer sees them."""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from jauge.calibrating.seen import Seen, see
from jauge.model.rejected import Rejected, kind_of
from jauge.model.score import Reason
from jauge.pipeline import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jauge.ratings import Judged
    from jauge.scorer import Scorer


@dataclass
class Counts:
    """What was read, and why some of it is not learnt from."""

    rated: int = 0
    unrated: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    rejected: int = 0
    first: dict[str, Rejected] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """How many records were read, the refused ones among them."""
        return self.rated + self.unrated + sum(self.reasons.values()) + self.rejected


@dataclass
class Gathered:
    """The conversations that are rated and scored, with their ratings, 0 to 100."""

    seen: list[Seen] = field(default_factory=list)
    judgements: list[float] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)

    def take(self, one: _Rated | Rejected | None) -> None:
        """Take the next of the stream; None is not rated."""
        if one is None:
            self.counts.unrated += 1
        elif isinstance(one, Rejected):
            self.counts.rejected += 1
            self.counts.first.setdefault(kind_of(one, self.counts.first), one)
        elif isinstance(one.seen, str):
            self.counts.reasons[one.seen] += 1
        else:
            self.counts.rated += 1
            self.seen.append(one.seen)
            self.judgements.append(one.judgement)


class _Rated(NamedTuple):
    seen: Seen | Reason
    judgement: float


def gathered(found: Iterable[Judged | Rejected], scorer: Scorer) -> Gathered:
    """Gather what is rated; of the others nothing is kept but their number."""
    result = Gathered()
    for one in in_order(functools.partial(_looked_at, scorer=scorer), found):
        result.take(one)
    return result


def _looked_at(
    items: list[Judged | Rejected], *, scorer: Scorer
) -> list[_Rated | Rejected | None]:
    rated = [
        (item.conversation, item.judgement)
        for item in items
        if not isinstance(item, Rejected) and item.judgement is not None
    ]
    seen = see(scorer, [conversation for conversation, _ in rated])
    made = iter([_Rated(one, told) for one, (_, told) in zip(seen, rated, strict=True)])
    return [
        item
        if isinstance(item, Rejected)
        else None
        if item.judgement is None
        else next(made)
        for item in items
    ]
