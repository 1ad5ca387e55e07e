"""The numbers of a report: what many scores say together. Pure; knows no words."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from jauge.model.customer import customer_number
from jauge.model.score import BANDS
from jauge.model.signal import Dimension
from jauge.report.summary import Mean, by_count, mean_of
from jauge.scoring.scorecard import in_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jauge.model.conversation import Conversation
    from jauge.model.score import Score

BIN = 5
_BINS = 20
NEGATIVE = 40
_DIMENSIONS = tuple(str(dimension) for dimension in Dimension)


class Cost(Struct, frozen=True):
    """A signal with all its points, in tenths, and how many conversations have it."""

    signal: str
    tenths: int
    conversations: int


class Strip(Struct, frozen=True):
    """The average in tenths, cut into its base and dimensions; they add up exactly."""

    base: int
    dimensions: dict[str, int]
    total: int


class Overview(Struct, frozen=True, kw_only=True):
    """What the scores of a run say together.

    `bins` counts scores by five points, `levels` by level; `costly` are the signals
    that lose the most points, the most first; `reasons` says why some have no score.
    `customers` are those that are named, in `named` of the conversations with a score.
    """

    mean: Mean | None
    strip: Strip | None
    customers: int
    named: int
    negative: int
    bins: tuple[int, ...]
    levels: tuple[int, ...]
    costly: tuple[Cost, ...]
    reasons: tuple[tuple[str, int], ...]
    first: datetime | None
    last: datetime | None

    @property
    def scored(self) -> int:
        """How many have a score."""
        return sum(self.levels)

    @property
    def unscored(self) -> int:
        """How many have none."""
        return sum(count for _, count in self.reasons)

    @property
    def total(self) -> int:
        """How many conversations there are."""
        return self.scored + self.unscored

    @property
    def with_agent(self) -> int:
        """How many went to a human agent."""
        return dict(self.reasons).get("agent", 0)


class Tally:
    """Adds up scores one after another; keeps numbers only."""

    def __init__(self) -> None:
        self._values: list[int] = []
        self._customers: list[int] = []
        self._named: list[int] = []
        self._base = 0
        self._dimensions: Counter[str] = Counter()
        self._bins = [0] * _BINS
        self._levels = [0] * len(BANDS)
        self._tenths: Counter[str] = Counter()
        self._with_signal: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._first: datetime | None = None
        self._last: datetime | None = None

    def take(self, conversation: Conversation, score: Score) -> None:
        """Add one score with its conversation."""
        for event in conversation.events:
            if event.at is not None:
                self._first = min(self._first or event.at, event.at)
                self._last = max(self._last or event.at, event.at)
        if score.value is None or score.base is None:
            self._reasons[str(score.reason)] += 1
            return
        self._values.append(score.value)
        customer = customer_number(conversation)
        self._customers.append(customer)
        if conversation.user_id:
            self._named.append(customer)
        self._bins[min(score.value // BIN, _BINS - 1)] += 1
        self._levels[min(score.value // (NEGATIVE // 2), len(BANDS) - 1)] += 1
        self._base += score.base
        tenths: Counter[str] = Counter()
        for part in score.contributions:
            tenths[part.signal] += part.tenths
            self._dimensions[str(part.dimension)] += part.tenths
        self._tenths.update(tenths)
        self._with_signal.update(tenths.keys())

    def overview(self) -> Overview:
        """Give the numbers of all that was added."""
        mean = mean_of(self._values, self._customers)
        return Overview(
            mean=mean,
            strip=strip_of(self._base, self._dimensions, len(self._values)),
            customers=len(set(self._named)),
            named=len(self._named),
            negative=sum(value < NEGATIVE for value in self._values),
            bins=tuple(self._bins),
            levels=tuple(self._levels),
            costly=tuple(self._costly()),
            reasons=tuple(by_count(self._reasons)),
            first=self._first,
            last=self._last,
        )

    def _costly(self) -> list[Cost]:
        found = [
            Cost(name, tenths, self._with_signal[name])
            for name, tenths in self._tenths.items()
            if tenths < 0
        ]
        return sorted(found, key=lambda cost: (cost.tenths, cost.signal))


def strip_of(base: int, dimensions: Mapping[str, int], count: int) -> Strip | None:
    """Round the parts of the average to tenths so that they add up to it.

    `base` sums points, `dimensions` tenths, of `count` scores; None of no score.
    """
    if not count:
        return None
    parts = [10 * base, *(dimensions.get(name, 0) for name in _DIMENSIONS)]
    total = round(sum(parts) / count)
    start, *rest = in_whole([part / count for part in parts], total)
    return Strip(start, dict(zip(_DIMENSIONS, rest, strict=True)), total)
