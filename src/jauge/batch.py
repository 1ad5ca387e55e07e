"""Score files into a file: records in, lines out, counts kept, whole or not at all."""

from __future__ import annotations

import functools
import sqlite3
from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple

import msgspec

from jauge import forms, sources, tables
from jauge.aside import put_aside
from jauge.importers.finished import conversations
from jauge.model.conversation import encode_conversation
from jauge.model.rejected import Rejected, kind_of
from jauge.outputs import Form, check_distinct, check_lines, targets_of, writing
from jauge.pipeline import in_order, scorer_of
from jauge.places import needed_of
from jauge.report.wording import Lang
from jauge.scorer import ScorerSpec
from jauge.settings import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jauge.importers.protocol import Importer, Record
    from jauge.model.conversation import Conversation
    from jauge.model.score import Score
    from jauge.outputs import Target

    _Found = tuple[Importer, Record] | Rejected


class Plan(NamedTuple):
    """What is done with each record; sent to every process.

    `for_excel`: CSV is written as Excel reads it in the language of the plan.
    `kept_rating`: the rating that a store keeps has a place of its own, from 0 to 100.
    """

    options: ReadOptions
    spec: ScorerSpec = ScorerSpec()
    to: Form = "jsonl"
    shape: Literal["row", "wide", "long"] = "row"
    before_handoff: bool = False
    lang: Lang = "en"
    mask: bool = True
    for_excel: bool = False
    kept_rating: bool = False


class Line(NamedTuple):
    """What one conversation became; `value` is None where an average leaves it out."""

    id: str
    reason: str | None
    value: int | None
    data: bytes


@dataclass
class Counts:
    """What a run read, scored and refused; the first refusal of each reason is kept.

    `outside` counts what starts in no period that was asked for.
    `refused_before` is what an earlier run refused of the parts that are skipped.
    `apart` is a format whose conversations may be in pieces over files that were each
    read by themselves.
    """

    scored: int = 0
    averaged: int = 0
    total: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    rejected: int = 0
    first: dict[str, Rejected] = field(default_factory=dict)
    twice: int = 0
    twice_example: str = ""
    outside: int = 0
    skipped: list[str] = field(default_factory=list)
    refused_before: int = 0
    apart: str = ""

    @property
    def read(self) -> int:
        """How many records were read, the refused ones among them."""
        return self.scored + sum(self.reasons.values()) + self.rejected

    def take(self, line: Line | Rejected) -> None:
        """Count one result."""
        if isinstance(line, Rejected):
            self.rejected += 1
            self.first.setdefault(kind_of(line, self.first), line)
        elif line.reason:
            self.reasons[line.reason] += 1
        else:
            self.scored += 1
            # A part of a conversation has its score, and no part in the average.
            if line.value is not None:
                self.averaged += 1
                self.total += line.value


def score_files(  # noqa: PLR0913 - what goes in, and where it goes
    paths: Sequence[str],
    plan: Plan,
    *,
    out: str | None = None,
    rejected: str | None = None,
    jobs: int = 1,
    bom: bool = False,
) -> Counts:
    """Score files to standard output, to a file, or into a folder (one part a file).

    What is refused of a part stays beside it; `rejected` gets that of all parts.

    Raises:
        InputError: a file cannot be read or written, or its format is not known.
        UsageError: two of the files are one, or the form cannot be written.
    """
    files, needed = sources.files_of(paths), needed_of(paths)
    targets = targets_of(files, out, plan.to)
    tables.check(plan.to, targets[0].path)
    beside = [target.refused for target in targets]
    check_distinct(files, [*(target.path for target in targets), *beside, rejected])
    if any(beside):
        Path(targets[0].path).parent.mkdir(parents=True, exist_ok=True)
    counts = Counts()
    with writing(rejected) as refused, closing(SeenIds()) as ids:
        for target in targets:
            if target.is_finished:
                counts.skipped.append(target.path)
                counts.refused_before += _gather(target.refused, refused)
                continue
            records = sources.records(target.files, plan.options, needed)
            if len(targets) > 1:
                records = _noted(records, counts)
            lines = _lines(records, plan, jobs)
            # A part appears last: where it is, all that was refused of it is too.
            with _scores(target, plan) as sink, _refusals(target, refused) as kept:
                _write(lines, sink, kept, counts, ids, forms.header(plan, bom=bom))
            _gather(target.refused, refused)
    return counts


def convert_files(
    paths: Sequence[str], options: ReadOptions, *, out: str | None, rejected: str | None
) -> Counts:
    """Write the conversations of files as our own format, one a line.

    Raises:
        InputError: a file cannot be read or written, or its format is not known.
        UsageError: an output is an input, both outputs are one, or its name is that
            of another form.
    """
    check_lines(out)
    check_distinct(sources.files_of(paths), [out or sources.STDIN, rejected])
    counts = Counts()
    with (
        writing(rejected) as refused,
        closing(SeenIds()) as ids,
        writing(out or sources.STDIN) as sink,
    ):
        lines = map(_native_line, sources.read_all(paths, options))
        _write(lines, sink, refused, counts, ids, b"")
    return counts


def _native_line(found: Conversation | Rejected) -> Line | Rejected:
    if isinstance(found, Rejected):
        return found
    return Line(found.id, None, None, encode_conversation(found) + b"\n")


@contextmanager
def _scores(target: Target, plan: Plan) -> Iterator[tables.Sink]:
    with writing(target.path) as stream, forms.shaped(stream, plan) as sink:
        yield sink


@contextmanager
def _refusals(target: Target, refused: BinaryIO) -> Iterator[BinaryIO]:
    """Open what takes the refusals: the file beside a part, else that of the run."""
    if target.refused is None:
        yield refused
    else:
        with writing(target.refused, empty=False) as beside:
            yield beside


def _gather(beside: str | None, refused: BinaryIO) -> int:
    """Pass on what was refused of a part; give how many records."""
    if beside is None or not Path(beside).exists():
        return 0
    with Path(beside).open("rb") as lines:
        return sum(bool(refused.write(line)) for line in lines)


def _noted(records: Iterator[_Found], counts: Counts) -> Iterator[_Found]:
    """Note a format whose conversations may go on in another file."""
    for found in records:
        if not isinstance(found, Rejected) and getattr(found[0], "joins", False):
            counts.apart = counts.apart or found[0].name
        yield found


def _lines(
    records: Iterator[_Found], plan: Plan, jobs: int
) -> Iterator[Line | Rejected]:
    scorer_of(plan.spec)  # a faulty scorer is one error here, not one in each process
    work = functools.partial(lines_of, plan=plan)
    return in_order(work, records, jobs=jobs, weigh=_bytes)


def _bytes(item: _Found) -> int:
    return 0 if isinstance(item, Rejected) else len(item[1].data)


def lines_of(
    items: list[tuple[Importer, Record] | Rejected], *, plan: Plan
) -> list[Line | Rejected]:
    """Parse, score and encode records; a line is that of its conversation alone."""
    parsed = [
        one
        for item in items
        for one in (
            [item] if isinstance(item, Rejected) else conversations(*item, plan.options)
        )
    ]
    good = [one for one in parsed if not isinstance(one, Rejected)]
    scorer = scorer_of(plan.spec)
    scores = iter(scorer.score_all(good, before_handoff=plan.before_handoff))
    return [
        one if isinstance(one, Rejected) else _line(one, next(scores), plan)
        for one in parsed
    ]


def _line(conversation: Conversation, score: Score, plan: Plan) -> Line:
    value = score.value if score.part == "whole" else None
    data = forms.encoded(conversation, score, plan)
    return Line(conversation.id, score.reason, value, data)


def _write(  # noqa: PLR0913, PLR0917 - the ends of one pipe
    lines: Iterator[Line | Rejected],
    sink: tables.Sink,
    refused: BinaryIO,
    counts: Counts,
    ids: SeenIds,
    header: bytes,
) -> None:
    sink.write(header)
    for line in lines:
        counts.take(line)
        if isinstance(line, Rejected):
            written = msgspec.structs.replace(line, claimed=None)
            refused.write(msgspec.json.encode(written) + b"\n")
        else:
            ids.see(line.id)
            sink.write(line.data)
    counts.twice, counts.twice_example = ids.twice, ids.example


class SeenIds:
    """Notices an id that comes twice; kept on disk, so memory does not grow."""

    def __init__(self) -> None:
        self._kept = sqlite3.connect("")
        self._kept.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-512;"
            "CREATE TABLE seen (id TEXT PRIMARY KEY) WITHOUT ROWID;"
        )
        self.twice = 0
        self.example = ""

    def see(self, conversation_id: str) -> None:
        """Take the next id."""
        insert = "INSERT OR IGNORE INTO seen VALUES (?)"
        with put_aside():
            is_new = self._kept.execute(insert, (conversation_id,)).rowcount
        if not is_new:
            self.twice += 1
            self.example = self.example or conversation_id

    def close(self) -> None:
        """Forget all ids."""
        self._kept.close()
