"""Look up what a store has: conversations by id, and what was erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from sqlalchemy import select

from jauge.store import tables
from jauge.store.rows import Row, Version, version_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, Select

_OF_VERSION = ("events", "content")


class Known(NamedTuple):
    """What a store has of a conversation, and whether a scorer has scored it."""

    number: int
    version: Version
    is_scored: bool


def known(connection: Connection, ids: Iterable[str], scorer: str) -> dict[str, Known]:
    """Look conversations up by their ids."""
    kept, score = tables.conversation, tables.score
    is_its_score = (
        (score.c.conversation == kept.c.number)
        & (score.c.content == kept.c.content)
        & (score.c.part == "whole")
        & (
            score.c.scorer
            == select(tables.scorer.c.number)
            .where(tables.scorer.c.id == scorer)
            .scalar_subquery()
        )
    )
    columns = (kept.c.id, kept.c.number, *(kept.c[name] for name in _OF_VERSION))
    asked = (
        select(*columns, score.c.number.label("scored"))
        .select_from(kept)
        .outerjoin(score, is_its_score)
        .where(kept.c.id.in_(list(ids)))
    )
    return {
        row["id"]: Known(row["number"], version_of(row), row["scored"] is not None)
        for row in rows_of(connection, asked)
    }


class VersionKept(NamedTuple):
    """The number of a conversation, and which version of it is kept."""

    number: int
    content: bytes


def version_kept(connection: Connection, id_: str) -> VersionKept | None:
    """Look one conversation up; None if there is none."""
    if not is_text(id_):
        return None
    kept = tables.conversation.c
    asked = select(kept.number, kept.content).where(kept.id == id_)
    row = connection.execute(asked).first()
    return None if row is None else VersionKept(*row)


def is_text(id_: str) -> bool:
    """Say whether a name can be kept: half a character cannot."""
    try:
        id_.encode()
    except UnicodeEncodeError:
        return False
    return True


def any_erased(connection: Connection) -> bool:
    """Say whether anything was ever erased: mostly nothing was."""
    asked = select(tables.erased.c.digest).limit(1)
    return connection.execute(asked).first() is not None


def erased(connection: Connection, digests: Iterable[str]) -> set[str]:
    """Say which of these keyed hashes are of something that was erased."""
    kept = tables.erased.c.digest
    asked = select(kept).where(kept.in_(list(digests)))
    return set(connection.execute(asked).scalars())


def rows_of(connection: Connection, asked: Select[Any]) -> list[Row]:
    """Give the rows that are asked for, by the names of their columns."""
    # SQLAlchemy's rows are mappings, of keys that its types do not tell.
    return cast("list[Row]", connection.execute(asked).mappings().all())
