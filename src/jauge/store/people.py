"""The people who may use the service, and their sessions; both kept as hashes only."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from sqlalchemy import delete, select, update

from jauge.errors import UsageError
from jauge.store import sqlite, tables
from jauge.store.given import checked_name, kept_time, told_time
from jauge.store.kept import ROLES, Person, PersonRole
from jauge.store.rows import now

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from jauge.store.database import Store

PREFIX = "jauge_"
IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
# A look at a page is no reason to write each time.
_NOTED_AFTER = timedelta(minutes=5)
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
        "token_hash": _hash(token),
        "added_at": now(),
        "revoked_at": None,
    }
    with sqlite.writing(store.engine) as connection:
        is_active = (kept.name == name) & kept.revoked_at.is_(None)
        if connection.execute(select(kept.name).where(is_active)).first():
            msg = f"{name}: is there already. Revoke it first, for a new token."
            raise UsageError(msg)
        sqlite.put_over(connection, tables.person, ["name"], [row])
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
        _close_sessions(connection, name)
        asked = update(kept).where(is_active).values(revoked_at=now())
        return connection.execute(asked).rowcount > 0


def people(store: Store) -> tuple[Person, ...]:
    """Give all people, also those revoked, by name."""
    with sqlite.reading(store.engine) as connection:
        asked = select(tables.person).order_by(tables.person.c.name)
        return tuple(map(_person, connection.execute(asked)))


def person_of_token(store: Store, token: str) -> Person | None:
    """Say whose token this is; None for a wrong or a revoked one."""
    told = _hash(token)
    found = None
    with sqlite.reading(store.engine) as connection:
        # All are compared, so that the time tells nothing.
        for row in connection.execute(select(tables.person)):
            if hmac.compare_digest(row.token_hash, told) and row.revoked_at is None:
                found = _person(row)
    return found


def open_session(store: Store, person: Person, now: datetime) -> str:
    """Open a session; give what the browser keeps, which is kept here as a hash.

    Raises:
        StoreError: the file cannot be written.
    """
    cookie, at = secrets.token_urlsafe(_BYTES), kept_time(now)
    kept = tables.session
    row = {
        "digest": _hash(cookie),
        "person": person.name,
        "made_at": at,
        "seen_at": at,
        "expires_at": at + LONGEST,
    }
    with sqlite.writing(store.engine) as connection:
        is_over = (kept.c.expires_at <= at) | (kept.c.seen_at <= at - IDLE)
        connection.execute(delete(kept).where(is_over))
        sqlite.put(connection, kept, [row])
    return cookie


def person_of_session(store: Store, cookie: str, now: datetime) -> Person | None:
    """Say whose session this is, and that it was used.

    None: it is not known, it was idle for 12 hours, it is 7 days old, or the person is
    revoked.

    Raises:
        StoreError: the file cannot be used.
    """
    at, digest = kept_time(now), _hash(cookie)
    kept, person = tables.session, tables.person
    asked = (
        select(person, kept.c.seen_at)
        .join(person, person.c.name == kept.c.person)
        .where(kept.c.digest == digest, person.c.revoked_at.is_(None))
        .where(kept.c.expires_at > at, kept.c.seen_at > at - IDLE)
    )
    with sqlite.reading(store.engine) as connection:
        row = connection.execute(asked).first()
    if row is None:
        return None
    if at - row.seen_at >= _NOTED_AFTER:
        with sqlite.writing(store.engine) as connection:
            is_it = kept.c.digest == digest
            connection.execute(update(kept).where(is_it).values(seen_at=at))
    return _person(row)


def close_session(store: Store, cookie: str) -> None:
    """Close a session; one that is not known is closed already.

    Raises:
        StoreError: the file cannot be written.
    """
    kept = tables.session
    with sqlite.writing(store.engine) as connection:
        connection.execute(delete(kept).where(kept.c.digest == _hash(cookie)))


def close_sessions_of(store: Store, name: str) -> int:
    """Close all sessions of a person; give how many there were.

    Raises:
        StoreError: the file cannot be written.
    """
    with sqlite.writing(store.engine) as connection:
        return _close_sessions(connection, name.strip())


def _close_sessions(connection: Connection, name: str) -> int:
    kept = tables.session
    return connection.execute(delete(kept).where(kept.c.person == name)).rowcount


def _person(row: Row[tuple[object, ...]]) -> Person:
    revoked = row.revoked_at
    return Person(
        name=row.name,
        role=cast("PersonRole", row.role),
        added_at=told_time(row.added_at),
        revoked_at=None if revoked is None else told_time(revoked),
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
