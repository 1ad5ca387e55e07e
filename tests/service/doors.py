"""What the tests about the door share: people, their tokens, and browsers of theirs."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from litestar.testing import TestClient

from jauge.service.app import app_of
from jauge.store.database import open_store
from jauge.store.people import add_person, person_of_token, revoke_person
from jauge.store.sessions import open_session

BASE = "http://127.0.0.1:8765"
LONG_AGO = timedelta(days=8)
IDLE = timedelta(hours=13)


class Door(NamedTuple):
    """A site that asks for tokens: its application, and who has which token."""

    app: object
    settings: object
    tokens: dict[str, str]

    def browser(self, cookie: str = "", base: str = BASE) -> TestClient:
        """A browser without a session, or with what it kept of one."""
        client = TestClient(self.app, base_url=base, raise_server_exceptions=False)
        client.follow_redirects = False
        if cookie:
            client.cookies.set("jauge", cookie)
        return client

    def signed_in(self, name: str) -> TestClient:
        """The browser of a person who has signed in."""
        client = self.browser()
        answer = sign_in(client, self.tokens[name])
        assert answer.status_code == 303
        return client

    def session(self, name: str, *, ago: timedelta = timedelta()) -> str:
        """What a browser keeps of a session that was opened some time ago."""
        store = open_store(self.settings.db)
        person = person_of_token(store, self.tokens[name])
        return open_session(store, person, datetime.now(UTC) - ago)


def door_with_people(settings) -> Door:
    """Add a reader, a reviewer and one who is revoked."""
    store = open_store(settings.db)
    tokens = {
        "Rosa": add_person(store, "Rosa", "review"),
        "Léo": add_person(store, "Léo", "read"),
        "Gone": add_person(store, "Gone", "review"),
    }
    return Door(app_of(settings), settings, tokens)


def revoke(door: Door, name: str) -> None:
    assert revoke_person(open_store(door.settings.db), name)


def csrf_of(client, path: str = "/en/sign-in", **options) -> str:
    """What the forms of a page send along."""
    text = client.get(path, **options).text
    found = re.search(r'name="_csrf_token" value="([0-9a-f]{64})"', text)
    return found[1] if found else ""


def sign_in(client, token: str, lang: str = "en", **options):
    """Send the form that asks for a token."""
    page = f"/{lang}/sign-in"
    fields = {"_csrf_token": csrf_of(client, page, **options), "token": token}
    return client.post(page, data=fields, **options)
