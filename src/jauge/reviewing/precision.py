"""How often the points of each signal are right, as people who saw them say."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from jauge.store.labels import all_labels
from jauge.store.objections import all_objections
from jauge.store.points import points_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jauge.model.label import Objection
    from jauge.store.database import Store
    from jauge.store.points import Points

ENOUGH = 30
_TWO_SIDED_95 = 0.975


class _Place(NamedTuple):
    """Where points of a signal stand: in which version, at which event."""

    content: bytes
    signal: str
    event: int | None


@dataclass(frozen=True)
class _Seen:
    """What people saw of a conversation: versions and scorers, and what is wrong."""

    by: set[tuple[bytes, str]] = field(default_factory=set)
    wrong: dict[bytes, list[Objection]] = field(
        default_factory=lambda: defaultdict(list)
    )


class SignalPrecision(Struct, frozen=True):
    """How many points of a signal were seen, and how many of them were objected to."""

    signal: str
    shown: int
    objected: int

    @property
    def is_enough(self) -> bool:
        """Say whether the share says anything."""
        return self.shown >= ENOUGH

    @property
    def share(self) -> float:
        """The share of points that nobody objected to, from 0 to 1."""
        return (self.shown - self.objected) / self.shown

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share."""
        return wilson(self.shown - self.objected, self.shown)


class Precision(Struct, frozen=True):
    """The signals, the most doubtful first; `blind` labels were given without points.

    `conversations` are those of which somebody saw the points and judged, or objected.
    """

    conversations: int
    blind: int
    signals: tuple[SignalPrecision, ...]


def precision_of(store: Store) -> Precision:
    """Count, for each signal, the points that people saw and those they objected to.

    A point counts once, however many people or scorers saw it.

    Raises:
        StoreError: the store cannot be read.
    """
    seen: dict[str, _Seen] = defaultdict(_Seen)
    blind = 0
    for id_, label in all_labels(store):
        if label.scorer is None:
            blind += 1
        else:
            seen[id_].by.add((label.content, label.scorer))
    for id_, one in all_objections(store):
        seen[id_].by.add((one.content, one.scorer))
        seen[id_].wrong[one.content].append(one)
    shown, objected = Counter[str](), Counter[str]()
    for id_, points in points_of(store, list(seen)):
        here, wrong = _shown(points, seen[id_].by), _objected(seen[id_].wrong)
        for place, count in here.items():
            shown[place.signal] += count
            objected[place.signal] += min(wrong[place], count)
    found = [SignalPrecision(name, shown[name], objected[name]) for name in shown]
    found.sort(key=lambda one: (not one.is_enough, one.share, one.signal))
    return Precision(len(seen), blind, tuple(found))


def _shown(scores: Iterable[Points], by: set[tuple[bytes, str]]) -> Counter[_Place]:
    """Count the points that were seen at each place; scorers that agree count once."""
    most = Counter[_Place]()
    for points in scores:
        if (points.content, points.scorer) in by:
            most |= Counter(
                _Place(points.content, part.signal, part.event)
                for part in points.contributions
            )
    return most


def _objected(objections: Mapping[bytes, Iterable[Objection]]) -> Counter[_Place]:
    """Count the points objected to at each place, each once."""
    distinct = {
        (_Place(content, one.signal, one.event), one.span)
        for content, told in objections.items()
        for one in told
    }
    return Counter(place for place, _ in distinct)


def wilson(right: int, count: int) -> tuple[float, float]:
    """Give the 95 % interval of a share (Wilson 1927).

    >>> [round(end, 3) for end in wilson(28, 30)]
    [0.787, 0.982]
    """
    if not count:
        return 0.0, 1.0
    z = NormalDist().inv_cdf(_TWO_SIDED_95)
    share, spread = right / count, z * z / count
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt((share * (1 - share) + spread / 4) / count) / (1 + spread)
    # At the ends, the last digit may lie on the wrong side of the share.
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))
