"""What a store gives back: conversations with their scores and ratings."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from jauge.model.conversation import Conversation
from jauge.model.score import Score


class Dated(Struct, frozen=True):
    """A score with its time, and how long the conversation was then."""

    score: Score
    scored_at: datetime
    events: int


class Kept(Struct, frozen=True):
    """A conversation with its score; no score where this scorer has not scored it.

    `rating` is from 0 to 100; `customer` is a keyed hash; `number` is its number in
    the database.
    """

    conversation: Conversation
    score: Score | None
    rating: float | None
    started_at: datetime | None
    loaded_at: datetime
    customer: str | None
    number: int = 0


class History(Struct, frozen=True):
    """A conversation with all scores it has had, by any scorer, the oldest first."""

    kept: Kept
    scores: tuple[Dated, ...]


class LoadFacts(Struct, frozen=True):
    """A file that was loaded; `ended_at` is None where it was not read to its end."""

    file: str
    started_at: datetime
    ended_at: datetime | None
    read: int
    new: int
    longer: int
    unchanged: int
    erased: int
    rejected: int


class ScorerFacts(Struct, frozen=True):
    """What a store remembers of a scorer."""

    id: str
    name: str
    judge: str
