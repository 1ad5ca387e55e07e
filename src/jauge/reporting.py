"""Make a report of files or of a store: conversations with their scores, one page."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from jauge import sources
from jauge.batch import Counts, Line, SeenIds
from jauge.columnar.periods import Bounds
from jauge.errors import UsageError
from jauge.model.rejected import Rejected
from jauge.pipeline import CHUNK, scorer_of
from jauge.redaction.masking import Lang
from jauge.redaction.together import masked_together
from jauge.report.material import Collector, Material, Origin, Rejections
from jauge.scorer import ScorerSpec
from jauge.scorers import DEFAULT
from jauge.settings import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jauge.model.conversation import Conversation
    from jauge.model.score import Score
    from jauge.store.database import Store

MOST_TALKS = 60


class Plan(NamedTuple):
    """How files are read and scored, and how many conversations are shown in full.

    `mask` is the language in which personal data are masked; None shows them. Only
    conversations that start within `bounds` count; open ones take all.
    """

    options: ReadOptions
    spec: ScorerSpec = ScorerSpec()
    most_talks: int = MOST_TALKS
    mask: Lang | None = None
    bounds: Bounds = Bounds()


class Gathered(NamedTuple):
    """What a page is made from, and the counts of the run."""

    material: Material
    counts: Counts


def gather(paths: Sequence[str], plan: Plan) -> Gathered:
    """Read and score files; keep what a page shows.

    Raises:
        InputError: a file cannot be read, or its format is not known.
        UsageError: no such scorer.
    """
    scorer = scorer_of(plan.spec)
    run = _Run(plan, Origin(scorer.id, scorer.judge))
    with closing(SeenIds()) as ids:
        for chunk in _chunks(sources.read_all(paths, plan.options), run):
            for one, score in zip(chunk, scorer.score_all(chunk), strict=True):
                run.take(one, score)
                ids.see(one.id)
        run.counts.twice, run.counts.twice_example = ids.twice, ids.example
    return run.gathered()


def gather_store(store: Store, plan: Plan) -> Gathered:
    """Take what a store keeps, with the scores that it shows, whoever gave them.

    A conversation that this scorer has not scored yet is left out.

    Raises:
        StoreError: it cannot be read.
        UsageError: it is empty, or the plan names a scorer that it does not show.
    """
    from jauge.store.refused import refusals
    from jauge.store.scorers import shown_facts

    shown, named = shown_facts(store), plan.spec.name
    if shown is None:
        msg = f"{store.path}: no conversation yet. Load some: jauge load FILE"
        raise UsageError(msg)
    if named != DEFAULT.name and shown.id != (other := scorer_of(plan.spec).id):
        msg = (
            f"{store.path}: shows scores by {shown.id}, not by {other}. Report those"
            f" without --scorer, or switch: jauge rescore --scorer {named} --use"
        )
        raise UsageError(msg)
    run = _Run(plan, Origin(shown.id, shown.judge))
    for kept in store.latest():
        if kept.score is not None and run.lets_in(kept.conversation):
            run.take(kept.conversation, kept.score)
    for one in refusals(store):
        run.counts.take(one)
    return run.gathered()


class _Run:
    """Takes conversations with their scores, and counts them."""

    def __init__(self, plan: Plan, origin: Origin) -> None:
        self._plan, self._collector = plan, Collector(plan.most_talks, origin)
        self.counts = Counts()

    def lets_in(self, conversation: Conversation) -> bool:
        """Say whether it starts in the period, or count it as outside.

        One without times is in none.
        """
        bounds = self._plan.bounds
        if bounds.is_open:
            return True
        times = [event.at for event in conversation.events if event.at is not None]
        is_within = bool(times) and bounds.holds(min(times))
        self.counts.outside += not is_within
        return is_within

    def take(self, one: Conversation, score: Score) -> None:
        """Take one, masked if so told."""
        self.counts.take(Line(one.id, score.reason, score.value, b""))
        if self._plan.mask:
            one, score = masked_together(one, score, self._plan.mask)
        self._collector.take(one, score)

    def gathered(self) -> Gathered:
        """Give all that was taken."""
        material = self._collector.material(_rejections(self.counts))
        return Gathered(material, self.counts)


def _chunks(
    found: Iterable[Conversation | Rejected], run: _Run
) -> Iterator[list[Conversation]]:
    part: list[Conversation] = []
    for one in found:
        if isinstance(one, Rejected):
            run.counts.take(one)
            continue
        if not run.lets_in(one):
            continue
        part.append(one)
        if len(part) == CHUNK:
            yield part
            part = []
    yield part


def _rejections(counts: Counts) -> Rejections:
    # What was in the record has no place on a page.
    first = (replace(one, record="", claimed=None) for one in counts.first.values())
    return Rejections(counts.rejected, tuple(first))
