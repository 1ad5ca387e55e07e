"""The states of conversations: read, to follow up, settled; and all marks at once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from sqlalchemy import delete, select

from jauge.errors import UsageError
from jauge.model.label import STATES, State
from jauge.store import sqlite, tables
from jauge.store.given import checked_name, kept_time
from jauge.store.kept import Marks
from jauge.store.lookup import version_kept

if TYPE_CHECKING:
    from jauge.store.database import Store


def set_state(
    store: Store, id_: str, state: State | None, who: str, at: datetime | None = None
) -> bool:
    """Set the state of a conversation, or clear it (None).

    False: there is no such conversation.

    Raises:
        UsageError: the state is none, or the name cannot be kept.
        StoreError: the file cannot be written.
    """
    if state is not None and state not in STATES:
        msg = f"{state}: is no state. One of: {', '.join(STATES)}."
        raise UsageError(msg)
    who = checked_name(who)
    with sqlite.writing(store.engine) as connection:
        found = version_kept(connection, id_)
        if found is None:
            return False
        kept, number = tables.state, found.number
        if state is None:
            connection.execute(delete(kept).where(kept.c.conversation == number))
            return True
        row = {
            "conversation": number,
            "state": state,
            "who": who,
            "at": kept_time(at or datetime.now(UTC)),
        }
        sqlite.put_over(connection, kept, ["conversation"], [row])
    return True


def state_of(store: Store, id_: str) -> State | None:
    """Give the state of a conversation; None if it has none."""
    with sqlite.reading(store.engine) as connection:
        found = version_kept(connection, id_)
        if found is None:
            return None
        kept = tables.state.c
        asked = select(kept.state).where(kept.conversation == found.number)
        return cast("State | None", connection.execute(asked).scalar())


def marks(store: Store) -> Marks:
    """Give what people marked of all conversations, by their numbers in the database.

    Three short questions: only conversations that somebody touched are in it.
    """
    state, label, objection = tables.state.c, tables.label.c, tables.objection.c
    with sqlite.reading(store.engine) as connection:
        states = connection.execute(select(state.conversation, state.state))
        reviewed = connection.execute(select(label.conversation).distinct())
        stands = objection.withdrawn_at.is_(None)
        objected = connection.execute(
            select(objection.conversation).where(stands).distinct()
        )
        return Marks(
            states=dict(tuple(row) for row in states),
            reviewed=frozenset(reviewed.scalars()),
            objected=frozenset(objected.scalars()),
        )
