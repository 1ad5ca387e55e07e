"""Keep files in a store: read, scored and kept chunk by chunk, and again when asked."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from jauge import ratings, sources
from jauge.keeping.chunks import ChunkPlan, chunk_of, joined
from jauge.model.rejected import Rejected, without_values
from jauge.pipeline import in_order, scorer_of
from jauge.ratings import Origin
from jauge.scorer import ScorerSpec
from jauge.settings import ReadOptions
from jauge.store.database import open_store
from jauge.store.kept import ScorerFacts
from jauge.store.writing import writer_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jauge.importers.protocol import Importer, Record
    from jauge.keeping.chunks import Chunk, Seen
    from jauge.ratings import Judge, RatingCounts
    from jauge.store.database import Store
    from jauge.store.writing import Item, Writer, Written


_TOGETHER = 4


class Plan(NamedTuple):
    """How files are loaded; `again` lets what was erased come back."""

    options: ReadOptions = ReadOptions()
    spec: ScorerSpec = ScorerSpec()
    origin: Origin = Origin()
    jobs: int = 1
    again: bool = False


@dataclass
class LoadCounts:
    """What a load read, and what became of it; the first refusal of each reason."""

    new: int = 0
    longer: int = 0
    unchanged: int = 0
    erased: int = 0
    rejected: int = 0
    scored: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    first: dict[str, Rejected] = field(default_factory=dict)
    ratings: RatingCounts | None = None
    # No run before this one wrote parts that are passed now.
    refused_before: int = 0
    # Where reports show another scorer than the one that scored here.
    shown: str | None = None
    scorer: str = ""

    @property
    def read(self) -> int:
        """How many records were read, the refused ones among them."""
        kept = self.new + self.longer + self.unchanged
        return kept + self.erased + self.rejected

    def refuse(self, one: Rejected) -> None:
        """Count a refusal."""
        self.rejected += 1
        self.first.setdefault(without_values(one.reason), one)

    def take(self, item: Item, written: Written) -> None:
        """Count what became of a conversation."""
        setattr(self, written.outcome, getattr(self, written.outcome) + 1)
        if written.is_scored and item.score is not None:
            if item.score.reason:
                self.reasons[item.score.reason] += 1
            else:
                self.scored += 1


def load_files(
    paths: Sequence[str], path: str, plan: Plan, counts: LoadCounts | None = None
) -> LoadCounts:
    """Load files into a store, which is made if it is not there.

    Each chunk is kept whole or not at all: after an end at any moment, the same call
    goes on where it stopped, as what is kept already is only looked up. `counts` are
    added to as chunks are kept, so that others can look on.

    Raises:
        InputError: a file cannot be read, or its format is not known.
        StoreError: the store cannot be opened or written.
        StoppedError: `options.on_bytes` ended the reading; chunks kept by then stay.
    """
    files = sources.files_of(paths)
    scorer = scorer_of(plan.spec)
    facts = ScorerFacts(scorer.id, scorer.name, scorer.judge)
    judge = ratings.judge_of(plan.origin) if plan.origin.table else None
    store = open_store(path, create=True)
    chunk_plan = ChunkPlan(
        plan.options, plan.spec, plan.origin.scale, store.path.absolute(), store.key
    )
    counts = counts or LoadCounts()
    counts.ratings = judge.counts if judge else None
    for file in files:
        left = _left(plan.options, counts)
        if left.limit == 0:
            break
        chunks = _chunks(file, left, chunk_plan, plan.jobs)
        _load_file(store, facts, plan, file, (chunks, judge, counts))
    if judge is not None:
        judge.finish()
    counts.shown, counts.scorer = store.shown_scorer(), scorer.id
    return counts


def _left(options: ReadOptions, counts: LoadCounts) -> ReadOptions:
    if options.limit is None:
        return options
    return replace(options, limit=options.limit - counts.read)


def _chunks(
    file: str, options: ReadOptions, plan: ChunkPlan, jobs: int
) -> Iterator[Chunk]:
    work = functools.partial(_one_chunk, plan=plan)
    return in_order(work, sources.records([file], options), jobs=jobs, weigh=_bytes)


def _one_chunk(
    items: list[tuple[Importer, Record] | Rejected], *, plan: ChunkPlan
) -> list[Chunk]:
    return [chunk_of(items, plan)]


def _bytes(item: tuple[Importer, Record] | Rejected) -> int:
    return 0 if isinstance(item, Rejected) else len(item[1].data)


def _load_file(
    store: Store,
    facts: ScorerFacts,
    plan: Plan,
    file: str,
    run: tuple[Iterator[Chunk], Judge | None, LoadCounts],
) -> None:
    chunks, judge, counts = run
    # The first chunk before the connection: the other processes start without one.
    first = next(chunks, None)
    with writer_of(store, facts, again=plan.again) as writer:
        writer.begin(plan.options.called or file)
        for chunk in _together(first, chunks):
            _keep(writer, chunk, judge, counts)
        writer.end()


def _together(first: Chunk | None, rest: Iterator[Chunk]) -> Iterator[Chunk]:
    """Put a few chunks into one: each end of a transaction waits for the disk."""
    while first is not None:
        more = list(itertools.islice(rest, _TOGETHER - 1))
        yield joined([first, *more])
        first = next(rest, None)


def _keep(
    writer: Writer, chunk: Chunk, judge: Judge | None, counts: LoadCounts
) -> None:
    items = [_rated(seen, judge) for seen in chunk.seen]
    written, is_kept = writer.keep(items, chunk.refusals)
    for item, one in zip(items, written, strict=True):
        counts.take(item, one)
    for rejected, is_so in zip(chunk.rejected, is_kept, strict=True):
        if is_so:
            counts.refuse(rejected)
        else:
            counts.erased += 1


def _rated(seen: Seen, judge: Judge | None) -> Item:
    """Add what the table says of a conversation to what that says itself."""
    points = judge.judgement(seen.bare) if judge else None
    if judge is None or points is None:
        return seen.item
    judge.counts.rated += 1
    told = (*seen.item.ratings, ("table", points))
    return seen.item._replace(ratings=told)
