"""The scorecard: a weight per signal and a base; turns signals into points that add up.

The rule is an additive logistic with damped rates; points are the log-odds shares times
one common slope, which is what integrated gradients give for a function of one sum
(Sundararajan et al. 2017, https://arxiv.org/abs/1703.01365). Log-odds first, points
last, as credit scorecards do (Siddiqi 2006).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec import Struct

from jauge.model.conversation import BOT, USER, Role
from jauge.model.score import Contribution
from jauge.model.signal import Dimension, Signal
from jauge.scoring.logistic import MICRO, log_odds_of, points_at, to_micro

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jauge.model.turns import Turn

DAMPING = 5
LAST_TURNS = 2
_DIMENSIONS = tuple(dimension.value for dimension in Dimension)


@dataclass(frozen=True, slots=True)
class Weight:
    """What a signal is worth, in log-odds.

    `rate` is for one full hit, divided by the turns of its side + 5. `end` is shared by
    the last two turns. `fact` is for the whole conversation, counted once at its
    strongest. `mean` is the mean contribution where the signal can be seen.
    """

    rate: float = 0.0
    end: float = 0.0
    fact: float = 0.0
    mean: float = 0.0
    reason: str = ""


class Share(Struct, frozen=True, gc=False):
    """A signal and its share of the log-odds."""

    signal: Signal
    log_odds: float


class Sum(Struct, frozen=True, gc=False):
    """What a scorecard makes of signals: `base` + all points = `value`, in tenths.

    `dimensions` are the same points, grouped.
    """

    value: int
    base: int
    logit: int
    contributions: tuple[Contribution, ...]
    dimensions: dict[str, float]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Weights and a base. Knows signals by name only."""

    base: int
    weights: Mapping[str, Weight]
    dimensions: Mapping[str, Dimension]

    def base_without(self, unavailable: Iterable[str]) -> int:
        """Give the base of a source that cannot show signals: missing is not zero."""
        hidden = [
            self.weights[name].mean for name in unavailable if name in self.weights
        ]
        if not any(hidden):
            return self.base
        moved = math.fsum([log_odds_of(self.base) / MICRO, *hidden])
        return min(99, max(1, int(points_at(to_micro(moved)) + _HALF)))

    def shares(self, signals: Iterable[Signal], turns: Sequence[Turn]) -> list[Share]:
        """Weigh signals: once a turn, at their strongest, in the contract's order."""
        counts: dict[Role, int] = {}
        for one in turns:
            counts[one.role] = one.number + 1
        turn_at = {event: turn for turn in turns for event in turn.events}
        strongest: dict[tuple[str, int | None], tuple[Signal, Turn | None]] = {}
        for signal in signals:
            # A hand-off belongs to no turn.
            turn = None if signal.event is None else turn_at.get(signal.event)
            place = turn.events[0] if turn else signal.event
            if self.weights[signal.name].fact:
                place = None
            held = strongest.get((signal.name, place))
            if held is None or _rank(signal) < _rank(held[0]):
                strongest[signal.name, place] = signal, turn
        kept = sorted(strongest.values(), key=_by_place)
        return [
            Share(signal, self._worth(signal, turn, counts)) for signal, turn in kept
        ]

    def _worth(
        self, signal: Signal, turn: Turn | None, counts: Mapping[Role, int]
    ) -> float:
        weight = self.weights[signal.name]
        if weight.fact:
            return weight.fact * signal.strength
        side = BOT if signal.name.startswith("bot_") else USER
        count = counts.get(side, 0)
        worth = weight.rate * signal.strength / (count + DAMPING)
        if (
            weight.end
            and turn is not None
            and turn.role is side
            and turn.number >= count - LAST_TURNS
        ):
            worth += weight.end * signal.strength / min(LAST_TURNS, count)
        return worth

    def sum(
        self,
        signals: Iterable[Signal],
        turns: Sequence[Turn],
        unavailable: Iterable[str] = (),
    ) -> Sum:
        """Turn signals into a value and points that add up to it exactly."""
        base = self.base_without(unavailable)
        shares = self.shares(signals, turns)
        start = log_odds_of(base)
        log_odds = [share.log_odds for share in shares]
        z = to_micro(math.fsum([start / MICRO, *log_odds]))
        value = int(points_at(z) + _HALF)
        tenths = dict.fromkeys(_DIMENSIONS, 0)
        contributions = []
        points = share_out(log_odds, start, z, value - base)
        for share, count in zip(shares, points, strict=True):
            found = share.signal
            dimension = self.dimensions[found.name]
            tenths[dimension] += count
            contributions.append(
                Contribution(
                    found.name,
                    dimension,
                    found.event,
                    found.evidence,
                    found.span,
                    count / 10,
                )
            )
        dimensions = {name: count / 10 for name, count in tenths.items()}
        return Sum(value, base, round(z / 1000), tuple(contributions), dimensions)


def share_out(shares: Sequence[float], start: int, end: int, total: int) -> list[int]:
    """Share `total` points out in proportion to log-odds, in whole tenths.

    `start` and `end` are log-odds in millionths. The tenths add up to `10 * total`
    exactly: what rounding left over is spread in proportion to size, the last tenths go
    to the largest remainders (Hamilton's method), ties to the first.

    >>> share_out([-0.5, 0.2], 0, -300_000, -7)
    [-121, 51]
    """
    if not shares:
        return []
    slope = _slope(start, end)
    points = [share * slope for share in shares]
    size = math.fsum(map(abs, points))
    left = total - math.fsum(points)
    if size > 0:
        points = [point + left * (abs(point) / size) for point in points]
    return in_whole([point * 10 for point in points], 10 * total)


def in_whole(parts: Sequence[float], total: int) -> list[int]:
    """Round parts so that they add up to `total`, which they nearly do.

    The last units go to the largest remainders (Hamilton's method), ties to the first.

    >>> in_whole([1.4, 1.4, -0.8], 2)
    [2, 1, -1]
    """
    floors = [math.floor(part) for part in parts]
    missing = total - sum(floors)
    left_over = [floor - part for floor, part in zip(floors, parts, strict=True)]
    for index in sorted(range(len(parts)), key=left_over.__getitem__)[:missing]:
        floors[index] += 1
    return floors


def _slope(start: int, end: int) -> float:
    if start == end:
        value = float(points_at(start))
        return value * (100 - value) / 100
    return float(points_at(end) - points_at(start)) / ((end - start) / MICRO)


def _rank(signal: Signal) -> tuple[float, int, tuple[int, int], str]:
    event = -1 if signal.event is None else signal.event
    return -abs(signal.strength), event, signal.span or (-1, -1), signal.evidence


def _by_place(
    found: tuple[Signal, Turn | None],
) -> tuple[bool, int, tuple[int, int], str]:
    signal = found[0]
    event = -1 if signal.event is None else signal.event
    return signal.event is None, event, signal.span or (-1, -1), signal.name


_HALF = points_at(0) / 100
