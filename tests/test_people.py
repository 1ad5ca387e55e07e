"""Who may use the service: tokens shown once, sessions that end, people revoked."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from jauge.errors import UsageError
from jauge.store.database import open_store
from jauge.store.people import add_person, people, person_of_token, revoke_person
from jauge.store.sessions import person_of_session
from tests.people import NOW, opened


@pytest.fixture
def store(here):
    return open_store("jauge.db", create=True)


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
