"""Compare two scorers on the same conversations, or two files by one scorer."""

from __future__ import annotations

import functools
import heapq
from array import array
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jauge import sources
from jauge.errors import UsageError
from jauge.model.customer import customer_number
from jauge.model.rejected import Rejected, kind_of
from jauge.model.score import Score, band_of
from jauge.pipeline import in_order, scorer_of
from jauge.scoring.agreement import Cells, Numbers, cells_of
from jauge.scoring.resampling import Figure, is_few, resampled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jauge.model.conversation import Conversation
    from jauge.model.score import Band
    from jauge.scorer import ScorerSpec
    from jauge.settings import ReadOptions

BASE = "base"
_MOVERS = 5


class Mover(NamedTuple):
    """A conversation whose score changes."""

    id: str
    before: int
    after: int


@dataclass
class Side:
    """The sums of one side: how many, and the tenths by signal, the base among them."""

    name: str
    scored: int = 0
    tenths: Counter[str] = field(default_factory=Counter)

    def take(self, score: Score) -> None:
        """Add a score."""
        self.scored += 1
        self.tenths[BASE] += 10 * (score.base or 0)
        for part in score.contributions:
            self.tenths[part.signal] += part.tenths

    @property
    def mean(self) -> float:
        """The mean score: the parts add up to each score, so their sum does."""
        return self.tenths.total() / 10 / self.scored

    def part(self, name: str) -> float:
        """Give what a signal, or the base, gives to the mean."""
        return self.tenths[name] / 10 / self.scored


@dataclass
class Compared:
    """Two sides, the difference of their means, and of what it is made.

    `bands` counts conversations by their band before and after, for two scorers.
    """

    before: Side
    after: Side
    difference: Figure = field(default_factory=Figure)
    bands: Counter[tuple[Band, Band]] = field(default_factory=Counter)
    movers: tuple[Mover, ...] = ()
    read: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    first: dict[str, Rejected] = field(default_factory=dict)
    rejected: int = 0

    @property
    def parts(self) -> list[tuple[str, float]]:
        """What each signal, and the base, adds to the difference of the means."""
        names = {**self.before.tenths, **self.after.tenths}
        return [
            (name, self.after.part(name) - self.before.part(name)) for name in names
        ]

    @property
    def is_clearly_worse(self) -> bool:
        """Say whether the whole interval of the difference is below zero."""
        return self.difference.high is not None and self.difference.high < 0

    @property
    def is_clearly_better(self) -> bool:
        """Say whether the whole interval of the difference is above zero."""
        return self.difference.low is not None and self.difference.low > 0

    def refuse(self, one: Rejected | Score) -> None:
        """Count what has no score."""
        if isinstance(one, Rejected):
            self.rejected += 1
            self.first.setdefault(kind_of(one, self.first), one)
        else:
            self.reasons[str(one.reason)] += 1


class _Numbers:
    """The value, the side and the customer of each score."""

    def __init__(self) -> None:
        self._values, self._sides = array("d"), array("d")
        self._owners = array("q")

    def take(self, value: float, side: float, owner: int) -> None:
        self._values.append(value)
        self._sides.append(side)
        self._owners.append(owner)

    def difference(self) -> Figure:
        """Give the mean of side 1 less that of side 0, by drawing customers anew."""
        owners = np.unique(np.array(self._owners), return_inverse=True)[1]
        cells = cells_of(np.array(self._values), np.array(self._sides))
        if any(is_few(owners[np.array(self._sides) == side]) for side in (0, 1)):
            value = float(_gap(cells, cells.counts)[0])
            return Figure(value=None if np.isnan(value) else value, why="few")
        return resampled([cells], owners, [[_gap]])[0][0].figure()


def _gap(cells: Cells, counts: Numbers) -> Numbers:
    value = cells.values[cells.at_value]
    means = []
    for side in (0, 1):
        inside = counts * (cells.told[cells.at_told] == side)
        with np.errstate(invalid="ignore"):
            means.append((inside * value).sum(1) / inside.sum(1))
    return np.asarray(means[1] - means[0])


class Pair(NamedTuple):
    """The scores of one conversation by each scorer, and whose it is."""

    scores: tuple[Score, ...]
    owner: int


def compare_files(
    paths: tuple[str, str], options: ReadOptions, spec: ScorerSpec
) -> Compared:
    """Compare two files, or folders, by one scorer.

    Raises:
        InputError: a file cannot be read, or its format is not known.
        UsageError: one of them has no conversation with a score.
    """
    result, numbers = Compared(Side(paths[0]), Side(paths[1])), _Numbers()
    for number, side in enumerate((result.before, result.after)):
        for one in _scored([side.name], options, [spec]):
            result.read += 1
            if isinstance(one, Rejected) or one.scores[0].value is None:
                result.refuse(one if isinstance(one, Rejected) else one.scores[0])
                continue
            score = one.scores[0]
            side.take(score)
            numbers.take(score.value or 0, number, one.owner)
    return _finished(result, numbers)


def compare_scorers(
    files: Sequence[str], options: ReadOptions, specs: tuple[ScorerSpec, ScorerSpec]
) -> Compared:
    """Compare two scorers on the same conversations.

    Raises:
        InputError: a file cannot be read, or its format is not known.
        UsageError: no such scorer, or no conversation has a score.
    """
    one_id, two_id = (scorer_of(spec).id for spec in specs)
    return compare_pairs(_scored(files, options, specs), (one_id, two_id))


def compare_pairs(pairs: Iterable[Pair | Rejected], names: tuple[str, str]) -> Compared:
    """Compare two scorers by the scores of each on the same conversations.

    Raises:
        UsageError: no conversation has a score.
    """
    result, numbers = Compared(Side(names[0]), Side(names[1])), _Numbers()
    heap: list[tuple[int, int, Mover]] = []
    for one in pairs:
        result.read += 1
        if isinstance(one, Rejected) or one.scores[0].value is None:
            result.refuse(one if isinstance(one, Rejected) else one.scores[0])
            continue
        before, after = (score.value or 0 for score in one.scores)
        for number, (side, score) in enumerate(
            zip((result.before, result.after), one.scores, strict=True)
        ):
            side.take(score)
            numbers.take(score.value or 0, number, one.owner)
        result.bands[band_of(before), band_of(after)] += 1
        mover = Mover(one.scores[0].conversation_id, before, after)
        heapq.heappush(heap, (abs(after - before), -result.read, mover))
        if len(heap) > _MOVERS:
            heapq.heappop(heap)
    result.movers = tuple(one for gap, _, one in sorted(heap, reverse=True) if gap)
    return _finished(result, numbers)


def _finished(result: Compared, numbers: _Numbers) -> Compared:
    for side in (result.before, result.after):
        if not side.scored:
            msg = f"{side.name}: no conversation has a score. See: jauge doctor"
            raise UsageError(msg)
    result.difference = numbers.difference()
    return result


def _scored(
    files: Sequence[str], options: ReadOptions, specs: Sequence[ScorerSpec]
) -> Iterable[Pair | Rejected]:
    work = functools.partial(_score_chunk, specs=specs)
    return in_order(work, sources.read_all(files, options))


def _score_chunk(
    items: list[Conversation | Rejected], *, specs: Sequence[ScorerSpec]
) -> list[Pair | Rejected]:
    good = [item for item in items if not isinstance(item, Rejected)]
    columns = [scorer_of(spec).score_all(good) for spec in specs]
    made = iter(
        [
            Pair(tuple(scores), customer_number(conversation))
            for conversation, *scores in zip(good, *columns, strict=True)
        ]
    )
    return [item if isinstance(item, Rejected) else next(made) for item in items]
