"""The open sessions of people: opened, used, listed and ended; kept as hashes only."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from jauge.store import sqlite, tables
from jauge.store.given import kept_time, told_time
from jauge.store.kept import Session
from jauge.store.key import hashed
from jauge.store.people import hash_of, person_of_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Row

    from jauge.store.database import Store
    from jauge.store.kept import Person

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
# Of one person; the one that was not used for longest makes room for another.
MOST = 20
# A look at a page is no reason to write each time.
NOTED_AFTER = timedelta(minutes=5)
_BYTES = 32
# Enough to tell sessions apart, and no way back to what is kept.
_ID_LENGTH = 32


def open_session(store: Store, person: Person, now: datetime, browser: str = "") -> str:
    """Open a session; give what the browser keeps, which is kept here as a hash.

    `browser` says in a word or two which browser it is; empty where nobody knows.

    Raises:
        StoreError: the file cannot be written.
    """
    cookie, at = secrets.token_urlsafe(_BYTES), kept_time(now)
    kept = tables.session
    row = {
        "digest": hash_of(cookie),
        "person": person.name,
        "made_at": at,
        "seen_at": at,
        "expires_at": at + LONGEST,
        "browser": browser or None,
    }
    with sqlite.writing(store.engine) as connection:
        connection.execute(delete(kept).where(~_is_open(at)))
        _make_room(connection, person.name)
        sqlite.put(connection, kept, [row])
    return cookie


def _make_room(connection: Connection, name: str) -> None:
    """End what a person has too many of, to open one more."""
    kept = tables.session.c
    many = (
        select(kept.digest)
        .where(kept.person == name)
        .order_by(kept.seen_at.desc(), kept.made_at.desc())
        .offset(MOST - 1)
    )
    connection.execute(delete(tables.session).where(kept.digest.in_(many)))


def person_of_session(store: Store, cookie: str, now: datetime) -> Person | None:
    """Say whose session this is, and that it was used.

    None: it is not known, it was idle for 12 hours, it is 7 days old, or the person is
    revoked.

    Raises:
        StoreError: the file cannot be used.
    """
    at, digest = kept_time(now), hash_of(cookie)
    kept, person = tables.session, tables.person
    asked = (
        select(person, kept.c.seen_at)
        .join(person, person.c.name == kept.c.person)
        .where(kept.c.digest == digest, person.c.revoked_at.is_(None))
        .where(_is_open(at))
    )
    with sqlite.reading(store.engine) as connection:
        row = connection.execute(asked).first()
    if row is None:
        return None
    if at - row.seen_at >= NOTED_AFTER:
        with sqlite.writing(store.engine) as connection:
            is_it = kept.c.digest == digest
            connection.execute(update(kept).where(is_it).values(seen_at=at))
    return person_of_row(row)


def sessions_of(store: Store, cookie: str, now: datetime) -> tuple[Session, ...]:
    """Give all open sessions of whose session this is: it first, then the last used.

    Empty where the session is not open any more.

    Raises:
        StoreError: the file cannot be read.
    """
    digest = hash_of(cookie)
    with sqlite.reading(store.engine) as connection:
        return tuple(
            Session(
                id=_id_of(store, row.digest),
                browser=row.browser or "",
                made_at=told_time(row.made_at),
                seen_at=told_time(row.seen_at),
                ends_at=told_time(row.expires_at),
                is_this=row.digest == digest,
            )
            for row in _open_rows(connection, digest, kept_time(now))
        )


def end_others(
    store: Store, cookie: str, now: datetime, id_: str | None = None
) -> str | None:
    """End one other session of whose session this is, by its id, or all others.

    Their own goes on, and its browser has something new to keep: that is given. None,
    and nothing is changed, where they have no other session of that id.

    Raises:
        StoreError: the file cannot be written.
    """
    kept, digest, new = tables.session, hash_of(cookie), secrets.token_urlsafe(_BYTES)
    with sqlite.writing(store.engine) as connection:
        rows = _open_rows(connection, digest, kept_time(now))
        others = [row.digest for row in rows if row.digest != digest]
        named = [one for one in others if _id_of(store, one) == id_]
        if not rows or (id_ is not None and not named):
            return None
        is_this = kept.c.digest == digest
        is_other = (kept.c.person == rows[0].person) & ~is_this
        is_gone = kept.c.digest == named[0] if named else is_other
        connection.execute(delete(kept).where(is_gone))
        connection.execute(update(kept).where(is_this).values(digest=hash_of(new)))
    return new


def close_session(store: Store, cookie: str) -> None:
    """Close a session; one that is not known is closed already.

    Raises:
        StoreError: the file cannot be written.
    """
    kept = tables.session
    with sqlite.writing(store.engine) as connection:
        connection.execute(delete(kept).where(kept.c.digest == hash_of(cookie)))


def close_sessions(store: Store, now: datetime, name: str | None = None) -> int:
    """Close all sessions of a person, or of everybody; give how many were open.

    Raises:
        StoreError: the file cannot be written.
    """
    kept = tables.session
    gone = delete(kept)
    if name is not None:
        gone = gone.where(kept.c.person == name.strip())
    with sqlite.writing(store.engine) as connection:
        # Those that are over go too, and do not count.
        open_ones = connection.execute(gone.where(_is_open(kept_time(now)))).rowcount
        connection.execute(gone)
    return open_ones


def _open_rows(
    connection: Connection, digest: str, at: datetime
) -> Sequence[Row[tuple[object, ...]]]:
    """Give the open sessions of whose session this is: it first."""
    kept, person = tables.session, tables.person
    whose = (
        select(person.c.name)
        .join(kept, kept.c.person == person.c.name)
        .where(kept.c.digest == digest, _is_open(at), person.c.revoked_at.is_(None))
        .scalar_subquery()
    )
    is_other = kept.c.digest != digest
    asked = (
        select(kept)
        .where(kept.c.person == whose, _is_open(at))
        .order_by(is_other, kept.c.seen_at.desc(), kept.c.made_at.desc())
    )
    return connection.execute(asked).all()


def _is_open(at: datetime) -> ColumnElement[bool]:
    kept = tables.session.c
    return (kept.expires_at > at) & (kept.seen_at > at - IDLE)


def _id_of(store: Store, digest: str) -> str:
    """Name a session on a page: by the key, so that it tells nothing of the hash."""
    return hashed(store.key, "session", digest)[:_ID_LENGTH]
