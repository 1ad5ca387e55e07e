"""The evaluation of a scorer: how well its scores agree with what people say."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jauge import sources
from jauge.batch import Counts
from jauge.errors import UsageError
from jauge.evaluation import baselines
from jauge.evaluation.figures import (
    Columns,
    baselines_of,
    curve_of,
    group_of,
    raters_of,
)
from jauge.evaluation.findings import REST, Evaluation, Judgements
from jauge.evaluation.gathering import LENGTHS, LONGER, Gathered, measure
from jauge.model.rejected import Rejected
from jauge.pipeline import in_order, scorer_of
from jauge.ratings import Origin, judge_of, judged
from jauge.scorer import ScorerSpec
from jauge.scoring.agreement import DISSATISFIED, Numbers
from jauge.settings import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from jauge.evaluation.findings import Baseline, By, Group, Raters
    from jauge.model.conversation import Conversation
    from jauge.ratings import Judge, Judged

_LENGTHS = (*(name for _, name in LENGTHS), LONGER)
_BASELINES_FOR = ("all", "language")


class Plan(NamedTuple):
    """What is evaluated, against what, and how."""

    options: ReadOptions
    spec: ScorerSpec = ScorerSpec()
    origin: Origin = Origin()
    below: float = DISSATISFIED
    before_handoff: bool = False
    jobs: int = 1


class Evaluated(NamedTuple):
    """An evaluation, the counts of its run, and the pairs of its first group."""

    found: Evaluation
    counts: Counts
    scores: Numbers
    judgements: Numbers


def evaluate(paths: Sequence[str], plan: Plan) -> Evaluated:
    """Score conversations, and compare with what people judged of them.

    Memory holds a few numbers of each conversation.

    Raises:
        InputError: a file cannot be read, or its format is not known.
        UsageError: there is no such scorer, column or field.
    """
    if plan.origin.table == sources.STDIN and sources.STDIN in paths:
        msg = "-: cannot be both the conversations and the ratings. Name a file."
        raise UsageError(msg)
    scorer = scorer_of(plan.spec)  # a faulty one is an error before anything is read
    judge = judge_of(plan.origin)
    gathered = _gathered(sources.read_all(paths, plan.options), plan, judge)
    sample = _Sample(gathered, plan.below)
    whole = sample.columns.where(sample.is_whole & sample.is_judged)
    groups = tuple(sample.groups())
    best = _best(groups)
    found = Evaluation(
        scorer=scorer.id,
        judge=scorer.judge,
        dissatisfied_below=plan.below,
        judgements=_judgements(plan.origin, judge),
        read=gathered.counts.read,
        rejected=gathered.counts.rejected,
        scored=int(sample.is_whole.sum()),
        not_scored=dict(sorted(gathered.counts.reasons.items())),
        compared=len(whole.value),
        groups=groups,
        curve=curve_of(whole),
        best_baseline=best.name if best else None,
        who_rates=tuple(sample.raters()),
        scored_high_judged_low=gathered.high,
        scored_low_judged_high=gathered.low,
    )
    shown = whole if len(whole.value) else sample.columns.where(sample.is_judged)
    return Evaluated(found, gathered.counts, shown.value, shown.told)


def _gathered(
    found: Iterable[Conversation | Rejected], plan: Plan, judge: Judge
) -> Gathered:
    work = functools.partial(
        measure,
        spec=plan.spec,
        before_handoff=plan.before_handoff,
        with_vader=baselines.has_vader(),
    )
    gathered = Gathered()
    for one in in_order(work, judged(found, judge), jobs=plan.jobs, weigh=_bytes):
        gathered.take(one)
    return gathered


def _bytes(item: Judged | Rejected) -> int:
    return 0 if isinstance(item, Rejected) else len(item.conversation.source or b"")


class _Sample:
    """All scored conversations, and which of them make a group."""

    def __init__(self, gathered: Gathered, below: float) -> None:
        self.gathered, self.below = gathered, below
        self.columns = Columns(
            gathered.numbers("value"),
            gathered.numbers("judgement"),
            gathered.numbers("counts"),
            gathered.numbers("vader"),
            gathered.customers,
        )
        self.is_judged = ~np.isnan(self.columns.told)
        self.is_whole = ~self._part("before_handoff")

    def _part(self, name: str) -> NDArray[np.bool_]:
        names = self.gathered.names["part"].names
        number = names.index(name) if name in names else -1
        return np.asarray(self.gathered.of("part") == number)

    def groups(self) -> Iterator[Group]:
        """Give all, then each language, channel and length that has judgements."""
        chosen = self.is_whole & self.is_judged
        if chosen.any():
            yield self._group("all", "", chosen)
        for by in ("language", "channel", "messages"):
            for name, inside in self._divided(by, chosen):
                yield self._group(by, name, inside)
        part = self.is_judged & ~self.is_whole
        if part.any():
            yield self._group("part", "before_handoff", part)

    def _divided(
        self, by: By, chosen: NDArray[np.bool_]
    ) -> Iterator[tuple[str, NDArray[np.bool_]]]:
        """Divide by a name, the most frequent first, lengths in their order."""
        names = self.gathered.names[by].names
        of = self.gathered.of(by)
        sizes = np.bincount(of[chosen], minlength=len(names))

        def order(number: int) -> tuple[int, bool, int, str]:
            name = names[number]
            length = _LENGTHS.index(name) if by == "messages" else 0
            return length, name == REST, -int(sizes[number]), name

        for number in sorted(np.flatnonzero(sizes).tolist(), key=order):
            yield names[number], chosen & (of == number)

    def _group(self, by: By, name: str, chosen: NDArray[np.bool_]) -> Group:
        columns = self.columns.where(chosen)
        compared = (
            baselines_of(columns, self.below, with_vader=baselines.has_vader())
            if by in _BASELINES_FOR
            else ()
        )
        return group_of(by, name, columns, self.below, compared)

    def raters(self) -> Iterator[Raters]:
        """Say who rates: of all, then of each channel."""
        if self.is_whole.any():
            yield raters_of("all", "", self.columns.where(self.is_whole))
        for name, inside in self._divided("channel", self.is_whole):
            yield raters_of("channel", name, self.columns.where(inside))


def _best(groups: tuple[Group, ...]) -> Baseline | None:
    """Choose the baseline with the highest correlation, if any has one."""
    compared = [one for group in groups if group.by == "all" for one in group.baselines]

    def correlation(baseline: Baseline) -> float:
        figure = baseline.spearman
        return -2 if figure is None or figure.value is None else figure.value

    best = max(compared, key=correlation, default=None)
    return None if best is None or correlation(best) < -1 else best


def _judgements(origin: Origin, judge: Judge) -> Judgements:
    counts = judge.counts
    first = counts.first_faulty
    return Judgements(
        kind=origin.kind,
        file=origin.table,
        field=counts.column or origin.label,
        worst=origin.scale.worst,
        best=origin.scale.best,
        rated=counts.rated,
        no_number=counts.no_number,
        no_number_example=counts.no_number_example,
        off_scale=counts.off_scale,
        off_scale_example=counts.off_scale_example,
        again=counts.again,
        not_read=counts.not_read,
        faulty=counts.faulty,
        first_faulty=f"{first.place}: {first.fault}" if first else "",
    )
