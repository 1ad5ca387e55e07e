"""A conversation on the page: its transcript, the way to its score, what is missing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from jauge.model.conversation import Conversation
from jauge.model.score import Score
from jauge.model.signal import Dimension
from jauge.report import charts
from jauge.report.rows import Row
from jauge.report.transcript import Transcript, transcript_of
from jauge.report.unseen import is_unread, unseen

if TYPE_CHECKING:
    from jauge.report.wording import Lang
    from jauge.scorer import Scorer


class Entry(Struct, frozen=True):
    """A conversation of the list; `number` counts from the worst."""

    number: int
    conversation: Conversation
    score: Score
    row: Row
    url: str | None
    has_talk: bool


class Talk(Struct, frozen=True, kw_only=True):
    """What the page shows of one conversation.

    `signals` holds each signal with its points in tenths and how often it was found;
    `before` and `after` number the conversations beside it.
    """

    entry: Entry
    transcript: Transcript
    steps: tuple[charts.Step, ...]
    scale: charts.Scale
    signals: tuple[tuple[str, int, int], ...]
    unread: bool
    unavailable: tuple[str, ...]
    before: int | None
    after: int | None


def talk_of(
    entry: Entry, *, scorer: Scorer, lang: Lang, before: int | None, after: int | None
) -> Talk:
    """Lay out one conversation."""
    score = entry.score
    tenths = tenths_by_dimension(score)
    base = 10 * (score.base or 0)
    scale = charts.scale_of(base, tenths)
    return Talk(
        entry=entry,
        transcript=transcript_of(entry.conversation, score),
        steps=tuple(charts.steps(base, tenths, scale)),
        scale=scale,
        signals=_signals(score),
        unread=is_unread(score),
        unavailable=unseen(score, scorer, lang),
        before=before,
        after=after,
    )


def tenths_by_dimension(score: Score) -> dict[str, int]:
    """Sum the points of each dimension, in whole tenths."""
    tenths = dict.fromkeys(map(str, Dimension), 0)
    for part in score.contributions:
        tenths[str(part.dimension)] += part.tenths
    return tenths


def _signals(score: Score) -> tuple[tuple[str, int, int], ...]:
    tenths: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for part in score.contributions:
        tenths[part.signal] += part.tenths
        times[part.signal] += 1
    ordered = sorted(tenths, key=lambda name: (-abs(tenths[name]), name))
    return tuple((name, tenths[name], times[name]) for name in ordered)
