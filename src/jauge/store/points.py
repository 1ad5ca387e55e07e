"""The points that scores of a conversation have shown, of each of its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec
from sqlalchemy import select

from jauge.model.score import Contribution
from jauge.store import sqlite, tables
from jauge.store.lookup import version_kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

    from jauge.store.database import Store

_CONTRIBUTIONS = msgspec.json.Decoder(tuple[Contribution, ...])


class Points(NamedTuple):
    """The points of one score, and of which version it is: its hash and its events."""

    content: bytes
    scorer: str
    part: str
    events: int
    language: str | None
    contributions: tuple[Contribution, ...]


def points_of(
    store: Store, ids: Iterable[str]
) -> Iterator[tuple[str, tuple[Points, ...]]]:
    """Give the points of all scores of each conversation, the oldest first."""
    with sqlite.reading(store.engine) as connection:
        for id_ in ids:
            found = version_kept(connection, id_)
            yield id_, () if found is None else points_in(connection, found.number)


def points_in(connection: Connection, number: int) -> tuple[Points, ...]:
    """Give the points of all scores of the conversation of a number."""
    score, scorer = tables.score.c, tables.scorer.c
    asked = (
        select(
            score.content,
            scorer.id,
            score.part,
            score.events,
            score.language,
            score.contributions,
        )
        .join(tables.scorer, scorer.number == score.scorer)
        .where(score.conversation == number)
        .order_by(score.number)
    )
    return tuple(
        Points(*row[:-1], _CONTRIBUTIONS.decode(row[-1]))
        for row in connection.execute(asked)
    )
