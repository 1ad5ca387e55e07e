"""People of a store, for the tests of tokens and of sessions."""

from __future__ import annotations

from datetime import UTC, datetime

from jauge.store.people import add_person, person_of_token
from jauge.store.sessions import open_session

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


def opened(store, name="ann", role="review"):
    """A person with a token, and a session."""
    token = add_person(store, name, role)
    return token, open_session(store, person_of_token(store, token), NOW)
