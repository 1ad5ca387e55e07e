"""What a page is made from: the numbers, the conversations it shows, what is not."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from jauge.model.conversation import Conversation
from jauge.model.rejected import Rejected
from jauge.model.score import Score
from jauge.report.extremes import Extremes
from jauge.report.overview import Overview, Tally
from jauge.report.rows import started_at

MOST_ROWS = 500
_MOST_UNSCORED = 500


class Unscored(Struct, frozen=True):
    """A conversation that has no score."""

    id: str
    reason: str
    channel: str
    url: str | None
    started: datetime | None


class Rejections(Struct, frozen=True):
    """How many records were refused, and the first of each reason, without its text."""

    count: int = 0
    first: tuple[Rejected, ...] = ()


class Origin(Struct, frozen=True):
    """The scorer that gave the scores of a page, and whom it was fitted to."""

    scorer: str
    judge: str


class Material(Struct, frozen=True):
    """What a page is made from; `scored` is worst first, `low` of them the worst."""

    origin: Origin
    overview: Overview
    scored: tuple[tuple[Conversation, Score], ...]
    low: int
    unscored: tuple[Unscored, ...]
    rejected: Rejections
    most_talks: int


class Collector:
    """Takes scored conversations one after another, and keeps what a page shows."""

    def __init__(self, most_talks: int, origin: Origin) -> None:
        self._origin = origin
        self._tally = Tally()
        self._extremes = Extremes(max(MOST_ROWS, most_talks))
        self._unscored: list[Unscored] = []
        self._most_talks = most_talks

    def take(self, conversation: Conversation, score: Score) -> None:
        """Take one."""
        self._tally.take(conversation, score)
        if score.value is not None:
            self._extremes.take(conversation, score)
        elif len(self._unscored) < _MOST_UNSCORED:
            self._unscored.append(
                Unscored(
                    conversation.id,
                    str(score.reason),
                    conversation.channel,
                    conversation.url,
                    started_at(conversation),
                )
            )

    def material(self, rejected: Rejections) -> Material:
        """Give what the page is made from."""
        scored, low = self._extremes.rising()
        return Material(
            self._origin,
            self._tally.overview(),
            tuple(scored),
            low,
            tuple(self._unscored),
            rejected,
            self._most_talks,
        )
