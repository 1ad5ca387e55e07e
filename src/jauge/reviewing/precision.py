"""How often the points of each signal are right, as people who saw them say."""

from __future__ import annotations

import math
from collections import Counter
from statistics import NormalDist
from typing import TYPE_CHECKING

from msgspec import Struct

from jauge.store.labels import all_labels
from jauge.store.objections import all_objections
from jauge.store.points import points_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jauge.model.label import Objection
    from jauge.store.database import Store
    from jauge.store.points import Points

ENOUGH = 30
_TWO_SIDED_95 = 0.975
# A version of a conversation: its id and its hash.
Version = tuple[str, bytes]
Place = tuple[str, int | None]


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
    scorers: dict[Version, set[str]] = {}
    blind = 0
    for id_, label in all_labels(store):
        if label.scorer is None:
            blind += 1
        else:
            scorers.setdefault((id_, label.content), set()).add(label.scorer)
    objections: dict[Version, list[Objection]] = {}
    for id_, one in all_objections(store):
        scorers.setdefault((id_, one.content), set()).add(one.scorer)
        objections.setdefault((id_, one.content), []).append(one)
    shown, objected = Counter[str](), Counter[str]()
    for version, seen_by in scorers.items():
        id_, content = version
        here = _shown(
            points
            for points in points_of(store, id_)
            if points.content == content and points.scorer in seen_by
        )
        wrong = _objected(objections.get(version, ()))
        for place, count in here.items():
            shown[place[0]] += count
            objected[place[0]] += min(wrong[place], count)
    found = [SignalPrecision(name, shown[name], objected[name]) for name in shown]
    found.sort(key=lambda one: (not one.is_enough, one.share, one.signal))
    return Precision(len({id_ for id_, _ in scorers}), blind, tuple(found))


def _shown(scores: Iterable[Points]) -> Counter[Place]:
    """Count the points at each place; what several scorers show is one point."""
    most = Counter[Place]()
    for points in scores:
        most |= Counter((part.signal, part.event) for part in points.contributions)
    return most


def _objected(objections: Iterable[Objection]) -> Counter[Place]:
    """Count the points objected to at each place, each once."""
    distinct = {(one.signal, one.event, one.span) for one in objections}
    return Counter((signal, event) for signal, event, _ in distinct)


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
