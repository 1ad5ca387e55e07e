"""Keep a few numbers of each conversation as it streams by."""

from __future__ import annotations

import heapq
import math
from array import array
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jauge.batch import Counts, Line
from jauge.evaluation import baselines
from jauge.evaluation.findings import REST, Disagreement
from jauge.model.conversation import Message, Role
from jauge.model.customer import customer_number
from jauge.model.rejected import Rejected
from jauge.pipeline import scorer_of
from jauge.text.language import primary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jauge.model.score import Score
    from jauge.ratings import Judged
    from jauge.scorer import ScorerSpec
    from jauge.scoring.agreement import Indexes, Numbers

LENGTHS = ((0, "0"), (2, "1-2"), (4, "3-4"), (8, "5-8"))
LONGER = "9+"
_FAR_APART = 25
_KEPT = 10
# A hostile file may bring a new channel with every record.
_DISTINCT = 200
_LONGEST_NAME = 40


class Measured(NamedTuple):
    """The numbers of one conversation; not a number where there is none."""

    id: str
    customer: int
    channel: str
    language: str
    length: str
    part: str
    reason: str | None
    value: float
    judgement: float
    counts: float
    vader: float


def measure(
    items: Sequence[Judged | Rejected],
    *,
    spec: ScorerSpec,
    before_handoff: bool,
    with_vader: bool,
) -> list[Measured | Rejected]:
    """Score conversations, and take the numbers that are kept of each.

    The scorer gets the conversation alone: it never sees the judgement.
    """
    good = [item.conversation for item in items if not isinstance(item, Rejected)]
    scorer = scorer_of(spec)
    scores = iter(scorer.score_all(good, before_handoff=before_handoff))
    return [
        item
        if isinstance(item, Rejected)
        else _measured(item, next(scores), with_vader=with_vader)
        for item in items
    ]


def _measured(item: Judged, score: Score, *, with_vader: bool) -> Measured:
    conversation, judgement = item
    said = [
        event.text
        for event in conversation.events
        if type(event) is Message and event.role is Role.USER
    ]
    language = primary(score.language) or ""
    is_compared = score.value is not None and judgement is not None
    return Measured(
        id=conversation.id,
        customer=customer_number(conversation),
        channel=conversation.channel,
        language=language,
        length=next((name for most, name in LENGTHS if len(said) <= most), LONGER),
        part=score.part,
        reason=score.reason,
        value=math.nan if score.value is None else score.value,
        judgement=math.nan if judgement is None else judgement,
        counts=baselines.plain_counts(said) if is_compared else math.nan,
        vader=baselines.vader(said)
        if is_compared and with_vader and language == "en"
        else math.nan,
    )


class _Names:
    """Numbers names as they come; the rest of too many share one."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.of = array("h")

    def take(self, name: str) -> None:
        """Take the name of the next conversation."""
        short = name[:_LONGEST_NAME]
        if short not in self._numbers and len(self._numbers) >= _DISTINCT:
            short = REST
        self.of.append(self._numbers.setdefault(short, len(self._numbers)))

    @property
    def names(self) -> list[str]:
        """The names, by number."""
        return list(self._numbers)


class Gathered:
    """The numbers of all scored conversations, column by column, and the counts."""

    def __init__(self) -> None:
        self.counts = Counts()
        self.names = {
            by: _Names() for by in ("language", "channel", "messages", "part")
        }
        self._numbers = {
            name: array("d") for name in ("value", "judgement", "counts", "vader")
        }
        self._customers = array("q")
        self._high: list[tuple[float, int, Disagreement]] = []
        self._low: list[tuple[float, int, Disagreement]] = []

    def take(self, one: Measured | Rejected) -> None:
        """Keep the numbers of one conversation."""
        if isinstance(one, Rejected):
            self.counts.take(one)
            return
        value = None if math.isnan(one.value) else int(one.value)
        whole = value if one.part == "whole" else None
        self.counts.take(Line(one.id, one.reason, whole, b""))
        if value is None:
            return
        for by, name in (
            ("language", one.language),
            ("channel", one.channel),
            ("messages", one.length),
            ("part", one.part),
        ):
            self.names[by].take(name)
        for name, numbers in self._numbers.items():
            numbers.append(getattr(one, name))
        self._customers.append(one.customer)
        if whole is not None and abs(one.value - one.judgement) >= _FAR_APART:
            self._keep(Disagreement(one.id, whole, round(one.judgement, 1)), one)

    def _keep(self, found: Disagreement, one: Measured) -> None:
        gap = one.value - one.judgement
        kept = self._high if gap > 0 else self._low
        entry = (abs(gap), -len(self._customers), found)
        if len(kept) < _KEPT:
            heapq.heappush(kept, entry)
        else:
            heapq.heappushpop(kept, entry)

    def numbers(self, name: str) -> Numbers:
        """Give a column of numbers."""
        return np.array(self._numbers[name])

    def of(self, by: str) -> Indexes:
        """Give the number of the name of each conversation."""
        return np.array(self.names[by].of, dtype=np.intp)

    @property
    def customers(self) -> Indexes:
        """The customer of each conversation, as a number."""
        return np.array(self._customers)

    @property
    def high(self) -> tuple[Disagreement, ...]:
        """Those scored high and judged low, the farthest apart first."""
        return _farthest_first(self._high)

    @property
    def low(self) -> tuple[Disagreement, ...]:
        """Those scored low and judged high, the farthest apart first."""
        return _farthest_first(self._low)


def _farthest_first(
    kept: list[tuple[float, int, Disagreement]],
) -> tuple[Disagreement, ...]:
    return tuple(found for _, _, found in sorted(kept, key=_order, reverse=True))


def _order(entry: tuple[float, int, Disagreement]) -> tuple[float, int]:
    return entry[:2]
