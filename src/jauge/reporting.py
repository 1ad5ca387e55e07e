"""Make a report of files: conversations read, scored, and shown on one page."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from jauge import sources
from jauge.batch import Counts, Line, SeenIds
from jauge.model.rejected import Rejected
from jauge.pipeline import CHUNK, scorer_of
from jauge.redaction.masking import Lang
from jauge.redaction.together import masked_together
from jauge.report.material import Collector, Material, Rejections
from jauge.report.printable import one_line
from jauge.scorer import ScorerSpec
from jauge.settings import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jauge.model.conversation import Conversation

MOST_TALKS = 60


class Plan(NamedTuple):
    """How files are read and scored, and how many conversations are shown in full.

    `mask` is the language in which personal data are masked; None shows them.
    """

    options: ReadOptions
    spec: ScorerSpec = ScorerSpec()
    most_talks: int = MOST_TALKS
    mask: Lang | None = None


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
    collector, counts = Collector(plan.most_talks), Counts()
    with closing(SeenIds()) as ids:
        for chunk in _chunks(sources.read_all(paths, plan.options), counts):
            for one, score in zip(chunk, scorer.score_all(chunk), strict=True):
                if plan.mask:
                    collector.take(*masked_together(one, score, plan.mask))
                else:
                    collector.take(one, score)
                counts.take(Line(one.id, score.reason, score.value, b""))
                ids.see(one.id)
        counts.twice, counts.twice_example = ids.twice, ids.example
    return Gathered(collector.material(_rejections(counts)), counts)


def _chunks(
    found: Iterable[Conversation | Rejected], counts: Counts
) -> Iterator[list[Conversation]]:
    part: list[Conversation] = []
    for one in found:
        if isinstance(one, Rejected):
            counts.take(one)
            continue
        part.append(one)
        if len(part) == CHUNK:
            yield part
            part = []
    yield part


def _rejections(counts: Counts) -> Rejections:
    first = [
        (one_line(one.place), one_line(one.fault)) for one in counts.first.values()
    ]
    return Rejections(counts.rejected, tuple(first))
