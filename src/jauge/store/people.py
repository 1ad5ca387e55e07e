"""The people who may use the service; their tokens are kept as hashes only."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING, cast

from sqlalchemy import delete, select, update

from jauge.errors import UsageError
from jauge.store import sqlite, tables
from jauge.store.given import checked_name, told_time
from jauge.store.kept import ROLES, Person, PersonRole
from jauge.store.rows import now

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Row

    from jauge.store.database import Store

PREFIX = "jauge_"
_BYTES = 32


def add_person(store: Store, name: str, role: PersonRole) -> str:
    """Add a person; give the token, which is shown this once and kept as a hash.

    A name that was revoked may be added again, with a new token.

    Raises:
        UsageError: the name is taken or cannot be kept, or the role is none.
        StoreError: the file cannot be written.
    """
    name = checked_name(name)
    if role not in ROLES:
        msg = f"{role}: is no role. One of: {', '.join(ROLES)}."
        raise UsageError(msg)
    token = PREFIX + secrets.token_urlsafe(_BYTES)
    kept = tables.person.c
    row = {
        "name": name,
        "role": role,
        "token_hash": hash_of(token),
        "added_at": now(),
        "revoked_at": None,
    }
    with sqlite.writing(store.engine) as connection:
        is_active = (kept.name == name) & kept.revoked_at.is_(None)
        if connection.execute(select(kept.name).where(is_active)).first():
            msg = f"{name}: is there already. Revoke it first, for a new token."
            raise UsageError(msg)
        sqlite.put_over(connection, tables.person, ["name"], [row])
        # One that was opened while the name was being revoked is of the old token.
        connection.execute(delete(tables.session).where(_is_of(name)))
    return token


def revoke_person(store: Store, name: str) -> bool:
    """Take a person's access back, and end all sessions; False if there is none.

    Raises:
        StoreError: the file cannot be written.
    """
    kept = tables.person
    name = name.strip()
    is_active = (kept.c.name == name) & kept.c.revoked_at.is_(None)
    with sqlite.writing(store.engine) as connection:
        connection.execute(delete(tables.session).where(_is_of(name)))
        asked = update(kept).where(is_active).values(revoked_at=now())
        return connection.execute(asked).rowcount > 0


def people(store: Store) -> tuple[Person, ...]:
    """Give all people, also those revoked, by name."""
    with sqlite.reading(store.engine) as connection:
        asked = select(tables.person).order_by(tables.person.c.name)
        return tuple(map(person_of_row, connection.execute(asked)))


def person_of_token(store: Store, token: str) -> Person | None:
    """Say whose token this is; None for a wrong or a revoked one."""
    told = hash_of(token)
    found = None
    with sqlite.reading(store.engine) as connection:
        # All are compared, so that the time tells nothing.
        for row in connection.execute(select(tables.person)):
            if hmac.compare_digest(row.token_hash, told) and row.revoked_at is None:
                found = person_of_row(row)
    return found


def person_of_row(row: Row[tuple[object, ...]]) -> Person:
    """Make a person of a row of their table."""
    revoked = row.revoked_at
    return Person(
        name=row.name,
        role=cast("PersonRole", row.role),
        added_at=told_time(row.added_at),
        revoked_at=None if revoked is None else told_time(revoked),
    )


def hash_of(token: str) -> str:
    """Give what is kept of a secret of 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _is_of(name: str) -> ColumnElement[bool]:
    return tables.session.c.person == name
