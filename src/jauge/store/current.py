"""What a store holds now, in numbers: which scores count, ratings, what has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from jauge.store import sqlite, tables
from jauge.store.database import SHOWN, setting
from jauge.store.latest import hundredths
from jauge.store.lookup import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from jauge.store.database import Store
    from jauge.store.rows import Row

_BYTES = 8


class State(NamedTuple):
    """What differs after any load, re-scoring, switch, rating or erasure."""

    shown: str | None
    scores: tuple[object, ...]
    ratings: tuple[object, ...]
    conversations: int
    erased: int


class Live(NamedTuple):
    """A score of a conversation as it is now; `content` tells its version."""

    score: int
    content: int
    scorer: str


def state_of(store: Store) -> State:
    """Give the state of a store, in a few milliseconds."""
    score, rating = tables.score.c, tables.rating.c
    newest = select(score.scored_at).order_by(score.number.desc()).limit(1)
    with sqlite.reading(store.engine) as connection:
        scores = connection.execute(
            select(func.max(score.number), func.count(), newest.scalar_subquery())
        ).one()
        # A rating that is replaced keeps its number.
        ratings = connection.execute(
            select(
                func.count(), func.max(rating.loaded_at), func.sum(rating.hundredths)
            )
        ).one()
        counted = (tables.conversation, tables.erased)
        conversations, erased = (
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in counted
        )
        shown = setting(connection, SHOWN)
    return State(shown, tuple(scores), tuple(ratings), conversations, erased)


def erased_count(connection: Connection) -> int:
    """Count what was ever erased: more, and a copy made before must go."""
    asked = select(func.count()).select_from(tables.erased)
    return int(connection.execute(asked).scalar_one())


def content_number(content: bytes) -> int:
    """Give the first eight bytes of a digest as a number, small to keep."""
    return int.from_bytes(content[:_BYTES], signed=True)


def live_scores(connection: Connection) -> list[Live]:
    """Give all scores of conversations as they are now, in order of their numbers."""
    kept, score, scorer = tables.conversation.c, tables.score.c, tables.scorer.c
    asked = (
        select(score.number, score.content, scorer.id)
        .join_from(tables.score, tables.conversation, score.conversation == kept.number)
        .join(tables.scorer, scorer.number == score.scorer)
        .where(score.content == kept.content)
        .order_by(score.number)
    )
    found = connection.execute(asked)
    return [Live(number, content_number(one), by) for number, one, by in found]


def ratings_of(store: Store) -> list[tuple[int, int]]:
    """Give the rating of each conversation that has one, by its number."""
    rating = tables.rating.c
    # What a table says comes last, and so it counts.
    asked = select(rating.conversation, rating.hundredths).order_by(rating.source)
    with sqlite.reading(store.engine) as connection:
        return [(number, told) for number, told in connection.execute(asked)]


def scores_to_copy(connection: Connection, numbers: Sequence[int]) -> list[Row]:
    """Give scores with their conversation, by the numbers of the scores.

    The columns of the score begin with `score_`; `by` is the id of its scorer.
    """
    kept, score, scorer = tables.conversation, tables.score, tables.scorer
    columns = [one.label(f"score_{one.name}") for one in score.c]
    asked = (
        select(kept, scorer.c.id.label("by"), hundredths(), *columns)
        .select_from(score)
        .join(kept, kept.c.number == score.c.conversation)
        .join(scorer, scorer.c.number == score.c.scorer)
        .where(score.c.number.in_(list(numbers)))
        .order_by(score.c.number)
    )
    return rows_of(connection, asked)
