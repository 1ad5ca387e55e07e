"""Keep files in a store: read, scored and kept chunk by chunk, and again when asked."""

from __future__ import annotations

import functools
import itertools
import operator
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from jauge import ratings, sources
from jauge.importers.pieces import Joined
from jauge.keeping.chunks import ChunkPlan, chunk_of, joined
from jauge.keeping.counts import LoadCounts
from jauge.model.rejected import Rejected
from jauge.pipeline import in_order, scorer_of
from jauge.places import Place, needed_of
from jauge.ratings import Origin
from jauge.scorer import ScorerSpec
from jauge.settings import ReadOptions
from jauge.store.database import open_store
from jauge.store.kept import ScorerFacts
from jauge.store.writing import Taking, writer_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from jauge.importers.protocol import Importer, Record
    from jauge.keeping.chunks import Chunk, Seen
    from jauge.ratings import Judge
    from jauge.store.database import Store
    from jauge.store.writing import Item, Writer

    _Found = tuple[Importer, Record] | Rejected

_TOGETHER = 4


class Given(NamedTuple):
    """A file, how it is read, and whether it must be of a known format."""

    path: str
    options: ReadOptions
    is_needed: bool = True


class Plan(NamedTuple):
    """How files are loaded.

    `again` lets what was erased come back; `replace` lets a conversation that is read
    otherwise than it is kept, with as many events, take its place.
    """

    options: ReadOptions = ReadOptions()
    spec: ScorerSpec = ScorerSpec()
    origin: Origin = Origin()
    jobs: int = 1
    again: bool = False
    replace: bool = False


def load_files(
    paths: Sequence[str], path: str, plan: Plan, counts: LoadCounts | None = None
) -> LoadCounts:
    """Load files into a store, which is made if it is not there.

    Each chunk is kept whole or not at all: after an end at any moment, the same call
    goes on where it stopped, as what is kept already is only looked up. A conversation
    in pieces over the files is put together; it is kept when all of them are read.
    `counts` are added to as chunks are kept, so that others can look on.

    Raises:
        InputError: a file cannot be read, or its format is not known.
        StoreError: the store cannot be opened or written.
        StoppedError: `options.on_bytes` ended the reading; chunks kept by then stay.
    """
    needed = needed_of(paths)
    given = [
        Given(file, plan.options, file in needed) for file in sources.files_of(paths)
    ]
    return load_given(given, path, plan, counts)


def load_given(
    files: Sequence[Given], path: str, plan: Plan, counts: LoadCounts | None = None
) -> LoadCounts:
    """Load files, each read with options of its own, as `load_files` does.

    The limit is that of `plan.options`.

    Raises:
        InputError: a file cannot be read, or its format is not known.
        StoreError: the store cannot be opened or written.
        StoppedError: an `on_bytes` ended the reading; chunks kept by then stay.
    """
    judge = ratings.judge_of(plan.origin) if plan.origin.table else None
    counts = counts or LoadCounts()
    counts.ratings = judge.counts if judge else None
    scorer = scorer_of(plan.spec)
    run = _Run(open_store(path, create=True), plan, judge, counts)
    run.load(files)
    if judge is not None:
        judge.finish()
    counts.shown, counts.scorer = run.store.shown_scorer(), scorer.id
    return counts


class _Run:
    """One load: its files are read one by one, then what they hold in pieces."""

    def __init__(
        self, store: Store, plan: Plan, judge: Judge | None, counts: LoadCounts
    ) -> None:
        scorer = scorer_of(plan.spec)
        self.store, self._plan = store, plan
        self._judge, self._counts = judge, counts
        self._is_alone = True
        self._facts = ScorerFacts(scorer.id, scorer.name, scorer.judge)

    @property
    def _left(self) -> int | None:
        limit = self._plan.options.limit
        return None if limit is None else max(0, limit - self._counts.read)

    def load(self, files: Sequence[Given]) -> None:
        """Load files; each gets its line among the loads."""
        loads: list[int] = []
        self._is_alone = len(files) == 1
        with closing(Joined()) as joined:
            for given in files:
                if self._left == 0:
                    break
                joined.begin(len(loads))
                loads.append(self._load_file(given, len(loads), joined))
            self._load_joined(files, loads, joined)

    def _load_file(self, given: Given, number: int, joined: Joined) -> int:
        place = Place(given.path, self._is_alone, given.is_needed)
        records = sources.records_of(place, given.options, joined)
        chunks = self._chunks(records, given.options)
        # The first chunk before the connection: the other processes start without one.
        first = next(chunks, None)
        with self._writer() as writer:
            load = writer.begin(given.options.called or given.path)
            self._keep_all(writer, first, chunks)
            # A file with pieces is loaded once they are put together.
            if number not in joined.sources:
                writer.end()
        return load

    def _load_joined(
        self, files: Sequence[Given], loads: list[int], joined: Joined
    ) -> None:
        if not joined.sources:
            return
        limit = self._plan.options.limits.record_bytes
        found = itertools.islice(joined.records(limit), self._left)
        # The files differ in what looks on at their reading, which is over.
        work = functools.partial(_numbered, plan=self._chunk_plan(self._plan.options))
        jobs = self._plan.jobs
        chunks = in_order(
            work, _watched(found, files), jobs=jobs, weigh=_numbered_bytes
        )
        first = list(itertools.islice(chunks, 1))
        with self._writer() as writer:
            told = itertools.chain(first, chunks)
            for number, group in itertools.groupby(told, key=operator.itemgetter(0)):
                writer.go_on(loads[number])
                parts = (chunk for _, chunk in group)
                self._keep_all(writer, next(parts, None), parts)
            for number in sorted(joined.sources):
                writer.go_on(loads[number])
                writer.end()

    def _writer(self) -> AbstractContextManager[Writer]:
        taking = Taking(self._plan.again, self._plan.replace)
        return writer_of(self.store, self._facts, taking)

    def _chunks(
        self, records: Iterator[_Found], options: ReadOptions
    ) -> Iterator[Chunk]:
        work = functools.partial(_one_chunk, plan=self._chunk_plan(options))
        some = itertools.islice(records, self._left)
        return in_order(work, some, jobs=self._plan.jobs, weigh=_bytes)

    def _chunk_plan(self, options: ReadOptions) -> ChunkPlan:
        path, key = self.store.path.absolute(), self.store.key
        plan = self._plan
        origin, is_replaced = plan.origin, plan.replace
        return ChunkPlan(options, plan.spec, origin.scale, path, key, is_replaced)

    def _keep_all(
        self, writer: Writer, first: Chunk | None, rest: Iterator[Chunk]
    ) -> None:
        for chunk in _together(first, rest):
            _keep(writer, chunk, self._judge, self._counts)


def _watched(
    records: Iterable[tuple[int, _Found]], files: Sequence[Given]
) -> Iterator[tuple[int, _Found]]:
    """Let who looks on end it, though no more bytes are read."""
    for number, found in records:
        on_bytes = files[number].options.on_bytes
        if on_bytes is not None:
            on_bytes(0)
        yield number, found


def _numbered(
    items: list[tuple[int, _Found]], *, plan: ChunkPlan
) -> list[tuple[int, Chunk]]:
    """Make a chunk of what begins in each file, with the number of the file."""
    groups = itertools.groupby(items, key=operator.itemgetter(0))
    return [
        (number, chunk_of([found for _, found in group], plan))
        for number, group in groups
    ]


def _numbered_bytes(item: tuple[int, _Found]) -> int:
    return _bytes(item[1])


def _one_chunk(items: list[_Found], *, plan: ChunkPlan) -> list[Chunk]:
    return [chunk_of(items, plan)]


def _bytes(item: _Found) -> int:
    return 0 if isinstance(item, Rejected) else len(item[1].data)


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
