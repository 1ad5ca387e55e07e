"""What a store gives back: conversations with their scores and ratings."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from jauge.model.conversation import Conversation
from jauge.model.label import State
from jauge.model.score import Score

PersonRole = Literal["read", "review"]
ROLES: tuple[PersonRole, ...] = ("read", "review")


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
    """A conversation with all scores it has had, by any scorer, the oldest first.

    `bot_parts` are the scores of what came before an agent took over, where one did.
    """

    kept: Kept
    scores: tuple[Dated, ...]
    bot_parts: tuple[Dated, ...] = ()


class LoadFacts(Struct, frozen=True):
    """A file that was loaded; `ended_at` is None where it was not read to its end.

    `otherwise` were read otherwise than what is kept, which stayed; `replaced` took
    its place.
    """

    file: str
    started_at: datetime
    ended_at: datetime | None
    read: int
    new: int
    longer: int
    unchanged: int
    erased: int
    rejected: int
    otherwise: int = 0
    replaced: int = 0


class ScorerFacts(Struct, frozen=True):
    """What a store remembers of a scorer."""

    id: str
    name: str
    judge: str


class Marks(Struct, frozen=True):
    """What people marked, by the numbers of the conversations in the database.

    `reviewed` have a label; `objected` have an objection that stands.
    """

    states: dict[int, State]
    reviewed: frozenset[int]
    objected: frozenset[int]


class View(Struct, frozen=True):
    """A view that a person saved: what stands after the `?` of a page's address."""

    name: str
    query: str
    who: str
    at: datetime


class Person(Struct, frozen=True):
    """A person who may use the service: look (`read`), or also judge (`review`)."""

    name: str
    role: PersonRole
    added_at: datetime
    revoked_at: datetime | None = None


class Session(Struct, frozen=True, kw_only=True):
    """An open session of a person; `is_this` is the one that asks.

    `id` names it on a page; `browser` is empty where nobody knows; `ends_at` is the
    latest end.
    """

    id: str
    browser: str
    made_at: datetime
    seen_at: datetime
    ends_at: datetime
    is_this: bool
