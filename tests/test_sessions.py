"""The sessions of people: how long they last, who sees them, and how they end."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from threading import Thread

import pytest

from jauge.store.database import open_store
from jauge.store.people import add_person, person_of_token, revoke_person
from jauge.store.sessions import (
    MOST,
    close_session,
    close_sessions,
    end_others,
    open_session,
    person_of_session,
    sessions_of,
)
from tests.people import NOW, opened

HOURS = timedelta(hours=1)


@pytest.fixture
def store(here):
    return open_store("jauge.db", create=True)


def three(store, name="ann"):
    """A person with three sessions: what their browsers keep, the last opened last."""
    token = add_person(store, name, "read")
    person = person_of_token(store, token)
    return [
        open_session(store, person, NOW + timedelta(minutes=at), browser)
        for at, browser in enumerate(("Firefox, Linux", "Safari, iPhone", ""))
    ]


def kept():
    """The sessions as they stand in the file."""
    with closing(sqlite3.connect("jauge.db")) as connection:
        return connection.execute("SELECT * FROM session ORDER BY digest").fetchall()


def is_open(store, cookie, at=NOW + HOURS):
    return person_of_session(store, cookie, at) is not None


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

    assert close_sessions(store, NOW, " ann ") == 2
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
    token, _ = opened(store)

    open_session(store, person_of_token(store, token), NOW + 13 * HOURS)

    with sqlite3.connect("jauge.db") as connection:
        assert connection.execute("SELECT count(*) FROM session").fetchone() == (1,)
    connection.close()


def test_looking_at_pages_writes_once_in_five_minutes(store):
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


# --- seen and ended by their person


def test_a_person_sees_their_own_sessions_the_one_that_asks_first(store):
    _, second, _ = three(store)
    three(store, "bob")

    found = sessions_of(store, second, NOW + HOURS)

    assert [(one.browser, one.is_this) for one in found] == [
        ("Safari, iPhone", True),
        ("", False),
        ("Firefox, Linux", False),
    ]
    assert found[0].made_at == NOW + timedelta(minutes=1)
    assert found[0].ends_at == NOW + timedelta(days=7, minutes=1)
    assert len({one.id for one in found}) == 3


def test_ids_tell_nothing_of_what_is_kept_and_are_those_of_one_database(store):
    cookies = three(store)
    ids = [one.id for one in sessions_of(store, cookies[0], NOW)]

    digests = [row[0] for row in kept()]
    for id_ in ids:
        assert len(id_) == 32
        assert not any(id_ in secret for secret in (*cookies, *digests))
        assert not any(part in id_ for part in (digests[0][:8], cookies[0][:8]))
    with closing(sqlite3.connect("jauge.db")) as connection:
        dump = "\n".join(connection.iterdump())
    assert not any(id_ in dump for id_ in ids)


@pytest.mark.parametrize("cookie", ["", "x" * 43, "\udcff", "' OR 1=1 --"])
def test_who_has_no_session_sees_and_ends_none(store, cookie):
    first, *_ = three(store)
    before, ids = kept(), [one.id for one in sessions_of(store, first, NOW)]

    assert sessions_of(store, cookie, NOW) == ()
    assert end_others(store, cookie, NOW) is None
    assert end_others(store, cookie, NOW, ids[1]) is None
    assert kept() == before


def test_sessions_that_are_over_are_not_seen(store):
    first, second, _ = three(store)
    person_of_session(store, first, NOW + 11 * HOURS)

    assert len(sessions_of(store, first, NOW + 13 * HOURS)) == 1
    assert sessions_of(store, second, NOW + 13 * HOURS) == ()


def test_who_is_revoked_sees_none(store):
    first, *_ = three(store)
    with sqlite3.connect("jauge.db") as connection:
        # As if the session had been opened at that very moment.
        connection.execute("UPDATE person SET revoked_at = '2026-11-03 09:30:00'")
    connection.close()

    assert sessions_of(store, first, NOW) == ()
    assert end_others(store, first, NOW) is None


def test_one_session_is_ended_and_ones_own_goes_on_under_a_new_cookie(store):
    first, second, third = three(store)
    told = {one.browser: one.id for one in sessions_of(store, first, NOW)}

    new = end_others(store, first, NOW, told["Safari, iPhone"])

    assert [is_open(store, one) for one in (first, second, third, new)] == [
        False, False, True, True,
    ]  # fmt: skip
    [this, other] = sessions_of(store, new, NOW)
    assert (this.browser, this.made_at) == ("Firefox, Linux", NOW)
    assert this.id != told["Firefox, Linux"]
    assert other.id == told[""]


def test_all_others_are_ended_and_nobody_elses(store):
    first, second, third = three(store)
    others = three(store, "bob")

    new = end_others(store, third, NOW)

    assert [is_open(store, one) for one in (first, second, third, new)] == [
        False, False, False, True,
    ]  # fmt: skip
    assert all(is_open(store, one) for one in others)
    assert len(sessions_of(store, new, NOW)) == 1


def test_a_session_of_another_person_is_none_that_one_can_end(store):
    ann, bob = three(store), three(store, "bob")
    ids = {one.is_this: one.id for one in sessions_of(store, bob[0], NOW)}
    own = sessions_of(store, ann[0], NOW)
    digests, before = [row[0] for row in kept()], kept()

    made_up = ("", "x", "é", "\udcff", "others", own[1].id[:-1], own[1].id.upper())
    for id_ in (*ids.values(), own[0].id, *digests, *ann, *bob, *made_up):
        assert end_others(store, ann[0], NOW, id_) is None, id_

    assert kept() == before


def test_two_who_end_each_other_at_once_leave_one_session(store):
    first, second, _ = three(store)
    given = {}

    def end(cookie):
        given[cookie] = end_others(store, cookie, NOW)

    threads = [Thread(target=end, args=(cookie,)) for cookie in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    won = [cookie for cookie in given.values() if cookie]
    assert len(won) == len(kept()) == 1
    assert is_open(store, won[0])


def test_one_too_many_ends_the_one_not_used_for_longest(store):
    token, first = opened(store)
    ann = person_of_token(store, token)
    rest = [
        open_session(store, ann, NOW + timedelta(minutes=at)) for at in range(1, MOST)
    ]
    _, other = opened(store, "bob")
    assert is_open(store, first)

    last = open_session(store, ann, NOW + 2 * HOURS)

    assert [is_open(store, one) for one in (first, rest[0], rest[1], last, other)] == [
        True, False, True, True, True,
    ]  # fmt: skip
    assert len(sessions_of(store, first, NOW + 2 * HOURS)) == MOST


def test_many_more_than_may_be_open_are_too_many_for_nothing(store):
    token, first = opened(store)
    with sqlite3.connect("jauge.db") as connection:
        # An earlier release had no limit.
        row = "INSERT INTO session VALUES (?, 'ann', ?, ?, ?, NULL)"
        at, end = "2026-11-03 09:00:00.000000", "2026-11-10 09:00:00.000000"
        rows = ((f"{n:064x}", at, at, end) for n in range(40_000))
        connection.executemany(row, rows)
    connection.close()

    open_session(store, person_of_token(store, token), NOW)
    assert len(kept()) == MOST

    new = end_others(store, first, NOW)
    assert [one.is_this for one in sessions_of(store, new, NOW)] == [True]


# --- ended by who keeps the site


def test_the_sessions_of_one_or_of_all_are_ended_and_tokens_stay(store):
    token, cookie = opened(store)
    bob = three(store, "bob")

    assert close_sessions(store, NOW + 13 * HOURS, "ann") == 0
    assert not is_open(store, cookie)
    assert person_of_token(store, token).name == "ann"
    assert close_sessions(store, NOW) == 3
    assert not any(is_open(store, one) for one in bob)
    assert kept() == []
    assert close_sessions(store, NOW) == 0


def test_a_name_that_comes_back_has_no_session_of_before(store):
    token, _ = opened(store)
    late = person_of_token(store, token)
    revoke_person(store, "ann")
    cookie = open_session(store, late, NOW)

    add_person(store, "ann", "read")

    assert not is_open(store, cookie, NOW)
