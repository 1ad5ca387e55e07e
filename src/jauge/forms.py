"""The forms of scores: what one conversation becomes in each, and what is around it."""

from __future__ import annotations

import functools
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, BinaryIO

from jauge import tables
from jauge.pipeline import scorer_of
from jauge.report import export, sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jauge.batch import Plan
    from jauge.model.conversation import Conversation
    from jauge.model.score import Score
    from jauge.report.export import Cell
    from jauge.scorer import ScorerSpec

BOM = b"\xef\xbb\xbf"


def encoded(
    conversation: Conversation, score: Score, plan: Plan, rating: float | None = None
) -> bytes:
    """Write one score in the form of a plan; `rating` is one of 0 to 100 that is kept.

    It is written where the plan has a place for it.
    """
    if plan.to == "jsonl":
        if plan.kept_rating:
            return export.rated_line(score, rating)
        return export.json_line(score)
    encode = _csv_line(plan) if plan.to == "csv" else _table_line(plan)
    rows = _rows(conversation, score, plan)
    if _rating(plan):
        rows = [[*row, rating] for row in rows]
    if plan.for_excel and plan.to == "csv":
        columns, zone = _columns(plan), plan.options.timezone
        rows = [sheet.readable(columns, row, plan.lang, zone) for row in rows]
    return b"".join(map(encode, rows))


def header(plan: Plan, *, bom: bool) -> bytes:
    """Give what stands before the first score."""
    if plan.to != "csv":
        return b""
    columns = _columns(plan)
    if plan.for_excel:
        columns = sheet.titles(columns, plan.lang, plan.options.timezone)
    return (BOM if bom else b"") + _csv_line(plan)(columns)


def shaped(stream: BinaryIO, plan: Plan) -> AbstractContextManager[tables.Sink]:
    """Turn the lines that are written into the form of a plan."""
    if plan.to == "xlsx":
        return tables.workbook(stream, _columns(plan), plan.lang, plan.options.timezone)
    if plan.to == "parquet":
        return tables.parquet(stream, _columns(plan))
    return nullcontext(stream)


def _rows(conversation: Conversation, score: Score, plan: Plan) -> list[list[Cell]]:
    if plan.shape != "long":
        return [export.row(conversation, score, _wide(plan))]
    if not plan.mask:
        return export.long_rows(score)
    # JSON Lines need none of this, and its patterns are slow to compile.
    from jauge.redaction.together import masked_score

    return export.long_rows(score, masked_score(conversation, score, plan.lang))


def _csv_line(plan: Plan) -> Callable[[Sequence[Cell]], bytes]:
    french = plan.for_excel and plan.lang == "fr"
    return functools.partial(export.csv_line, french=french)


def _table_line(plan: Plan) -> Callable[[Sequence[Cell]], bytes]:
    lists = plan.to == "parquet"
    return functools.partial(export.table_line, _columns(plan), lists=lists)


def _columns(plan: Plan) -> tuple[str, ...]:
    columns = export.LONG_COLUMNS if plan.shape == "long" else export.COLUMNS
    return (*columns, *_wide(plan), *_rating(plan))


def _rating(plan: Plan) -> tuple[str, ...]:
    """Name the column of the rating that is kept: one of conversations, not points."""
    is_there = plan.kept_rating and plan.shape != "long"
    return (export.KEPT_RATING,) if is_there else ()


def _wide(plan: Plan) -> tuple[str, ...]:
    """Name the signals that have a column of their own."""
    return _signals(plan.spec) if plan.shape == "wide" else ()


@functools.cache
def _signals(spec: ScorerSpec) -> tuple[str, ...]:
    return tuple(detector.name for detector in scorer_of(spec).detectors)
