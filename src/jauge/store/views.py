"""The saved views of people: a name for a query of the pages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from jauge.store import sqlite, tables
from jauge.store.given import checked_name, checked_text, kept_time, told_time
from jauge.store.kept import View

if TYPE_CHECKING:
    from jauge.store.database import Store


def save_view(
    store: Store, name: str, query: str, who: str, at: datetime | None = None
) -> None:
    """Save a view of a person; one of the same name is replaced.

    `query` is what stands after the `?` of a page's address.

    Raises:
        UsageError: the name or the query cannot be kept.
        StoreError: the file cannot be written.
    """
    row = {
        "who": checked_name(who),
        "name": checked_name(name, "the name of the view"),
        "query": checked_text(query, "the query").removeprefix("?"),
        "at": kept_time(at or datetime.now(UTC)),
    }
    with sqlite.writing(store.engine) as connection:
        sqlite.put_over(connection, tables.view, ["who", "name"], [row])


def views(store: Store, who: str) -> tuple[View, ...]:
    """Give the views of a person, by name."""
    kept = tables.view.c
    asked = select(kept.name, kept.query, kept.who, kept.at)
    with sqlite.reading(store.engine) as connection:
        rows = connection.execute(
            asked.where(kept.who == who.strip()).order_by(kept.name)
        )
        return tuple(View(*row[:3], told_time(row.at)) for row in rows)


def drop_view(store: Store, name: str, who: str) -> bool:
    """Drop a view of a person; False if there is none of this name.

    Raises:
        StoreError: the file cannot be written.
    """
    kept = tables.view
    is_it = (kept.c.who == who.strip()) & (kept.c.name == name.strip())
    with sqlite.writing(store.engine) as connection:
        return connection.execute(delete(kept).where(is_it)).rowcount > 0
