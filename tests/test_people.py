"""Who may use the service: tokens shown once, sessions that end, people revoked."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jauge.errors import UsageError
from jauge.store.database import open_store
from jauge.store.people import (
    add_person,
    close_session,
    close_sessions_of,
    open_session,
    people,
    person_of_session,
    person_of_token,
    revoke_person,
)

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
HOURS = timedelta(hours=1)


@pytest.fixture
def store(here):
    return open_store("jauge.db", create=True)


def opened(store, name="ann", role="review"):
    """A person with a token, and a session."""
    token = add_person(store, name, role)
    return token, open_session(store, person_of_token(store, token), NOW)


def test_a_token_names_its_person(store):
    ann, bob = add_person(store, " ann ", "read"), add_person(store, "bob", "review")

    assert (person_of_token(store, ann).name, person_of_token(store, ann).role) == (
        "ann",
        "read",
    )
    assert person_of_token(store, bob).role == "review"
    assert [one.name for one in people(store)] == ["ann", "bob"]


@pytest.mark.parametrize("token", ["", "jauge_", "ann", "\udcff", "' OR 1=1 --", "é"])
def test_a_wrong_token_names_nobody(store, token):
    right = add_person(store, "ann", "read")

    assert person_of_token(store, token) is None
    assert person_of_token(store, right[:-1]) is None
    assert person_of_token(store, right.swapcase()) is None
    assert person_of_session(store, token, NOW) is None


def test_only_hashes_are_kept(store):
    token, cookie = opened(store)

    kept = b"".join(path.read_bytes() for path in Path().glob("jauge.db*"))

    assert token.startswith("jauge_")
    assert len(token) == len("jauge_") + 43
    for secret in (token, token.removeprefix("jauge_"), cookie):
        assert secret.encode() not in kept
        # It is long, and of characters that any header takes.
        assert set(secret) <= set(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        )
    assert hashlib.sha256(token.encode()).hexdigest().encode() in kept


def test_tokens_and_cookies_are_never_the_same(store):
    made = {token for n in range(9) for token in opened(store, f"p-{n}")}

    assert len(made) == 18


@pytest.mark.parametrize(
    ("name", "role", "said"),
    [
        ("", "read", "the name cannot be kept"),
        ("a\x1b[31m", "read", "the name cannot be kept"),
        ("ann", "admin", "admin: is no role. One of: read, review."),
    ],
)
def test_who_cannot_be_added_is_told_in_one_line(store, name, role, said):
    with pytest.raises(UsageError, match=said):
        add_person(store, name, role)

    assert people(store) == ()


def test_a_name_is_taken_until_it_is_revoked(store):
    first, cookie = opened(store)
    with pytest.raises(UsageError, match="ann: is there already"):
        add_person(store, "ann", "read")

    assert revoke_person(store, "ann")
    assert not revoke_person(store, "ann")
    assert person_of_token(store, first) is None
    assert people(store)[0].revoked_at is not None

    second = add_person(store, "ann", "read")
    assert person_of_token(store, second).role == "read"
    assert person_of_token(store, first) is None
    assert person_of_session(store, cookie, NOW) is None


def test_a_session_lasts_while_it_is_used_but_seven_days_at_most(store):
    _, cookie = opened(store)

    at = NOW
    while at < NOW + 7 * 24 * HOURS:
        assert person_of_session(store, cookie, at).name == "ann"
        at += 11 * HOURS

    assert person_of_session(store, cookie, NOW + 7 * 24 * HOURS) is None


def test_a_session_that_is_idle_for_twelve_hours_is_over(store):
    _, cookie = opened(store)

    assert person_of_session(store, cookie, NOW + 11 * HOURS) is not None
    assert person_of_session(store, cookie, NOW + 22 * HOURS) is not None
    assert person_of_session(store, cookie, NOW + 34 * HOURS) is None


def test_sessions_are_closed_one_by_one_or_all_of_a_person(store):
    token, first = opened(store)
    ann = person_of_token(store, token)
    second, third = (open_session(store, ann, NOW) for _ in range(2))
    _, other = opened(store, "bob")

    close_session(store, first)
    close_session(store, "unknown")
    assert person_of_session(store, first, NOW) is None
    assert person_of_session(store, second, NOW) == ann

    assert close_sessions_of(store, "ann") == 2
    assert person_of_session(store, third, NOW) is None
    assert person_of_session(store, other, NOW).name == "bob"


def test_who_is_revoked_has_no_session_from_that_moment(store):
    _, cookie = opened(store)
    _, other = opened(store, "bob")

    revoke_person(store, "ann")

    assert person_of_session(store, cookie, NOW) is None
    assert person_of_session(store, other, NOW) is not None


def test_times_of_any_zone_are_the_same_moment(store):
    from zoneinfo import ZoneInfo

    _, cookie = opened(store)
    there = (NOW + 11 * HOURS).astimezone(ZoneInfo("America/Montreal"))

    assert person_of_session(store, cookie, there) is not None
    late = (NOW + 24 * HOURS).astimezone(ZoneInfo("Asia/Tokyo"))
    assert person_of_session(store, cookie, late) is None


def test_sessions_that_are_over_are_dropped_when_another_opens(store):
    import sqlite3

    token, _ = opened(store)

    open_session(store, person_of_token(store, token), NOW + 13 * HOURS)

    with sqlite3.connect("jauge.db") as connection:
        assert connection.execute("SELECT count(*) FROM session").fetchone() == (1,)
    connection.close()


def test_looking_at_pages_writes_once_in_five_minutes(store):
    import sqlite3

    _, cookie = opened(store)

    def seen_at():
        with sqlite3.connect("jauge.db") as connection:
            found = connection.execute("SELECT seen_at FROM session").fetchone()
        connection.close()
        return found

    before = seen_at()
    person_of_session(store, cookie, NOW + timedelta(minutes=4))
    assert seen_at() == before

    person_of_session(store, cookie, NOW + timedelta(minutes=6))
    assert seen_at() != before
