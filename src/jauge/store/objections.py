"""The objections of a store: points that people say are wrong. No score changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from jauge.model.label import Objection
from jauge.store import sqlite, tables
from jauge.store.given import checked_name, checked_text, kept_time, told_time
from jauge.store.lookup import rows_of, version_kept
from jauge.store.points import points_in
from jauge.store.rows import now

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from sqlalchemy import Connection, Select

    from jauge.store.database import Store
    from jauge.store.rows import Row

_BATCH = 500
# The same person on the same point again: the same objection.
_SAME = (
    "conversation", "content", "scorer", "signal", "event", "span_start", "span_end",
    "who",
)  # fmt: skip


def object_to(store: Store, id_: str, objection: Objection) -> int | None:
    """Keep an objection; give its number.

    The same person on the same point again gets the same number, with the new `why`.
    None: there is no such conversation, or no such point in its score.

    Raises:
        UsageError: the name or the reason cannot be kept.
        StoreError: the file cannot be written.
    """
    start, end = objection.span or (None, None)
    row: Row = {
        "scorer": objection.scorer,
        "signal": objection.signal,
        "event": objection.event,
        "span_start": start,
        "span_end": end,
        "tenths": objection.tenths,
        "who": checked_name(objection.who),
        "why": checked_text(objection.why, "what is wrong"),
        "at": kept_time(objection.at),
        "withdrawn_at": None,
    }
    with sqlite.writing(store.engine) as connection:
        found = version_kept(connection, id_)
        if found is None:
            return None
        row |= {
            "conversation": found.number,
            "content": objection.content or found.content,
        }
        return _put(connection, row) if _is_point(connection, row) else None


def _is_point(connection: Connection, row: Row) -> bool:
    """Say whether a score has this signal at this event."""
    return any(
        (part.signal, part.event) == (row["signal"], row["event"])
        for points in points_in(connection, row["conversation"])
        if (points.content, points.scorer) == (row["content"], row["scorer"])
        for part in points.contributions
    )


def _put(connection: Connection, row: Row) -> int:
    kept = tables.objection
    same = select(kept.c.number).where(
        kept.c.withdrawn_at.is_(None),
        *(kept.c[name].is_not_distinct_from(row[name]) for name in _SAME),
    )
    number = connection.execute(same).scalar()
    if number is None:
        made = connection.execute(insert(kept).returning(kept.c.number), row)
        return int(made.scalar_one())
    connection.execute(
        update(kept).where(kept.c.number == number).values(why=row["why"])
    )
    return int(number)


def withdraw(store: Store, number: int, at: datetime | None = None) -> bool:
    """Take an objection back; it stays, with the time. False: none stands there.

    Raises:
        StoreError: the file cannot be written.
    """
    kept = tables.objection
    stands = (kept.c.number == number) & kept.c.withdrawn_at.is_(None)
    when = now() if at is None else kept_time(at)
    with sqlite.writing(store.engine) as connection:
        asked = update(kept).where(stands).values(withdrawn_at=when)
        return connection.execute(asked).rowcount > 0


def objections_of(store: Store, id_: str) -> tuple[Objection, ...]:
    """Give all objections to points of a conversation, the oldest first.

    Those taken back are among them: they have `withdrawn_at`.
    """
    with sqlite.reading(store.engine) as connection:
        found = version_kept(connection, id_)
        if found is None:
            return ()
        kept = tables.objection.c
        rows = rows_of(connection, _asked().where(kept.conversation == found.number))
    return tuple(map(_objection, rows))


def all_objections(store: Store) -> Iterator[tuple[str, Objection]]:
    """Give the objections that stand, with the id of their conversation."""
    kept, number = tables.objection.c, 0
    while True:
        asked = _asked().where(kept.number > number, kept.withdrawn_at.is_(None))
        with sqlite.reading(store.engine) as connection:
            rows = rows_of(connection, asked.limit(_BATCH))
        if not rows:
            return
        for row in rows:
            yield row["id"], _objection(row)
        number = rows[-1]["number"]


def _asked() -> Select[Any]:
    kept, own = tables.conversation, tables.objection
    asked = select(kept.c.id, own).join(kept, kept.c.number == own.c.conversation)
    return asked.order_by(own.c.number)


def _objection(row: Mapping[str, Any]) -> Objection:
    start, withdrawn = row["span_start"], row["withdrawn_at"]
    return Objection(
        signal=row["signal"],
        who=row["who"],
        at=told_time(row["at"]),
        scorer=row["scorer"],
        tenths=row["tenths"],
        event=row["event"],
        span=None if start is None else (start, row["span_end"]),
        why=row["why"],
        content=row["content"],
        withdrawn_at=None if withdrawn is None else told_time(withdrawn),
        number=row["number"],
    )
