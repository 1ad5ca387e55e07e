"""Loading again: what is read otherwise than it is kept stays, or is replaced."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from jauge.store import sqlite, tables
from jauge.store.database import open_store
from jauge.store.labels import labels_of
from tests.kept import chat, content, shown, write

TABLE = (
    "id,who,text,at,Rayon\n"
    "1,bot,Bonjour,2026-11-02 14:00:00,Jouets\n"
    "1,user,Où est mon colis ?,2026-11-02 14:00:20,Jouets\n"
    "2,bot,Bonjour,2026-11-02 15:00:00,Livres\n"
    "2,user,Merci beaucoup,2026-11-02 15:00:20,Livres\n"
)
COLUMNS = "id=id,user=who,text=text,at=at"
PARIS = ("--timezone", "Europe/Paris")


@pytest.fixture
def table(here):
    """A table whose times have no zone, with a column of its own."""
    Path("export.csv").write_text(TABLE, encoding="utf-8")
    return "export.csv"


def hours(path="jauge.db"):
    return [one.started_at.hour for one in shown(path).values()]


def departments():
    return [one.conversation.department for one in shown().values()]


# --- a plain load


def test_a_plain_load_keeps_what_is_read_otherwise_as_it_was_and_says_so(jauge, table):
    jauge("load", table, "--columns", COLUMNS)
    before = content()

    run = jauge("load", table, "--columns", COLUMNS, *PARIS)

    assert run.status == 0
    assert run.err.splitlines() == [
        "Read otherwise than they are kept (times, roles or fields), so left as they"
        " are: 2 (--replace takes the new reading).",
        "2 read: 0 new, 0 longer, 2 read otherwise, 0 unchanged; 0 scored, 0 not"
        " scored, 0 rejected.",
    ]
    assert content() == before


def test_it_is_said_in_french_too(jauge, table):
    jauge("load", table, "--columns", COLUMNS)

    run = jauge("load", table, "--columns", COLUMNS, *PARIS, "--lang", "fr")

    kept, counts = run.err.replace("\u202f", " ").splitlines()
    assert kept == (
        "Lues autrement qu’elles ne sont conservées (heures, rôles ou champs), donc"
        " laissées telles quelles : 2 (--replace pour prendre la nouvelle lecture)."
    )
    assert counts.startswith(
        "2 lues : nouvelles 0, plus longues 0, lues autrement 2, inchangées 0 ;"
    )


def test_a_load_that_forgets_a_zone_and_a_column_does_no_damage(jauge, table):
    whole = ("--columns", f"{COLUMNS},department=Rayon", *PARIS)
    jauge("load", table, *whole)
    before = content()

    run = jauge("load", table, "--columns", COLUMNS)

    assert "0 longer, 2 read otherwise, 0 unchanged" in run.err
    assert content() == before
    assert departments() == ["Jouets", "Livres"]


def test_a_file_that_tells_one_conversation_twice_keeps_the_first(jauge, here):
    write(here / "a.jsonl", chat(channel="sms"), chat(channel="web_chat"))

    run = jauge("load", "a.jsonl")

    assert "1 new, 0 longer, 1 read otherwise, 0 unchanged; 1 scored" in run.err
    assert shown()["c-1"].conversation.channel == "sms"


# --- replacing


@pytest.mark.parametrize("jobs", [1, 2])
def test_replace_takes_the_zone_that_was_forgotten(jauge, table, jobs):
    jauge("load", table, "--columns", COLUMNS)
    assert hours() == [14, 15]

    run = jauge(
        "load", table, "--columns", COLUMNS, *PARIS, "--replace", "--jobs", jobs
    )

    assert run.err.splitlines() == [
        "2 read: 0 new, 0 longer, 2 read otherwise, 0 unchanged; 2 scored, 0 not"
        " scored, 0 rejected."
    ]
    assert hours() == [13, 14]
    scores = open_store("jauge.db").conversation("1").scores
    assert len(scores) == 2
    assert all(one.score is not None for one in shown().values())


def test_replace_takes_the_column_that_was_forgotten(jauge, table):
    jauge("load", table, "--columns", COLUMNS)

    jauge("load", table, "--columns", f"{COLUMNS},department=Rayon", "--replace")

    assert departments() == ["Jouets", "Livres"]


def test_replacing_twice_changes_nothing(jauge, table):
    how = ("--columns", COLUMNS, *PARIS, "--replace")
    jauge("load", table, "--columns", COLUMNS)
    jauge("load", table, *how)
    before = content()

    run = jauge("load", table, *how)

    assert "0 longer, 2 unchanged; 0 scored" in run.err
    assert content() == before


def test_replace_never_loses_an_event(jauge, here):
    write(here / "long.jsonl", chat(count=6))
    write(here / "short.jsonl", chat(count=4, channel="sms"))
    jauge("load", "long.jsonl")
    before = content()

    run = jauge("load", "short.jsonl", "--replace")

    assert "0 longer, 1 unchanged; 0 scored" in run.err
    assert content() == before


def test_an_earlier_reading_may_come_back_with_its_score(jauge, here):
    write(here / "one.jsonl", chat(channel="sms"))
    write(here / "two.jsonl", chat(channel="web_chat"))
    for name in ("one.jsonl", "two.jsonl", "one.jsonl"):
        run = jauge("load", name, "--replace")
        assert run.status == 0

    found = open_store("jauge.db").conversation("c-1")
    assert found.kept.conversation.channel == "sms"
    assert found.kept.score is not None
    assert len(found.scores) == 2


def test_a_label_stays_in_force_on_the_new_reading(jauge, here):
    write(here / "one.jsonl", chat())
    write(here / "two.jsonl", chat(channel="sms"))
    jauge("load", "one.jsonl")
    jauge("label", "--id", "c-1", "--stars", 4, "--by", "ann")

    jauge("load", "two.jsonl", "--replace")

    store = open_store("jauge.db")
    assert [one.stars for one in labels_of(store, "c-1")] == [4]


def test_what_was_erased_stays_erased_when_others_are_replaced(jauge, here):
    write(here / "one.jsonl", chat("c-1"), chat("c-2"))
    write(here / "two.jsonl", chat("c-1", channel="sms"), chat("c-2", channel="sms"))
    jauge("load", "one.jsonl")
    jauge("forget", "--conversation", "c-1")

    run = jauge("load", "two.jsonl", "--replace")

    assert "Erased before, so not taken again: 1" in run.err
    assert list(shown()) == ["c-2"]


def test_an_old_reading_leaves_nothing_when_its_conversation_is_forgotten(jauge, here):
    write(here / "one.jsonl", chat(department="Rayon zoubidou"))
    write(here / "two.jsonl", chat(department="Jouets"))
    jauge("load", "one.jsonl")
    jauge("load", "two.jsonl", "--replace")

    run = jauge("forget", "--conversation", "c-1")

    assert run.status == 0
    assert b"zoubidou" not in Path("jauge.db").read_bytes()


def test_ratings_of_a_reading_that_is_not_taken_do_not_count(jauge, here):
    rated = [chat(), chat(channel="sms")]
    for one, value in zip(rated, (2, 5), strict=True):
        one["events"].append({"type": "rating", "value": value})
    write(here / "one.jsonl", rated[0])
    write(here / "two.jsonl", rated[1])
    jauge("load", "one.jsonl")

    jauge("load", "two.jsonl")
    assert shown()["c-1"].rating == 25.0

    jauge("load", "two.jsonl", "--replace")
    assert shown()["c-1"].rating == 100.0


def test_a_table_of_ratings_counts_for_what_is_read_otherwise(jauge, here):
    write(here / "one.jsonl", chat())
    write(here / "two.jsonl", chat(channel="sms"))
    Path("r.csv").write_text("id,csat\nc-1,5\n")
    jauge("load", "one.jsonl")

    jauge("load", "two.jsonl", "--ratings", "r.csv")

    assert shown()["c-1"].rating == 100.0


# --- the list of loads, and the order


def test_the_list_of_loads_counts_what_was_left_and_what_was_replaced(jauge, here):
    write(here / "one.jsonl", chat())
    write(here / "two.jsonl", chat(channel="sms"))
    jauge("load", "one.jsonl")
    jauge("load", "two.jsonl")
    jauge("load", "two.jsonl", "--replace")

    told = [(one.read, one.otherwise, one.replaced) for one in loads()]

    assert told == [(1, 0, 0), (1, 1, 0), (1, 0, 1)]


def loads():
    return open_store("jauge.db").loads()


@pytest.mark.parametrize("order", [*itertools.permutations(range(3))])
def test_the_longest_wins_in_any_order_with_and_without_replace(jauge, here, order):
    for number, count in enumerate((4, 5, 6)):
        write(here / f"{number}.jsonl", chat(count=count, channel=f"x{count}"))

    for name in ("plain.db", "other.db"):
        more = ["--replace"] if name == "other.db" else []
        for number in order:
            jauge("load", f"{number}.jsonl", "--db", name, *more)
        assert shown(name)["c-1"].conversation.channel == "x6"


def test_a_killed_process_between_readings_leaves_one_of_them_whole(jauge, here):
    chats = [chat(f"c-{number}") for number in range(600)]
    write(here / "one.jsonl", *chats)
    write(here / "two.jsonl", *({**one, "channel": "sms"} for one in chats))
    jauge("load", "one.jsonl")
    # What a killed load has done by then is a part of the chunks.
    jauge("load", "two.jsonl", "--replace", "--limit", 300)

    run = jauge("load", "two.jsonl", "--replace")

    assert "300 read otherwise, 300 unchanged; 300 scored" in run.err
    with sqlite.reading(open_store("jauge.db").engine) as connection:
        found = connection.execute(select(tables.conversation.c.channel)).scalars()
        assert set(found) == {"sms"}


def test_two_loads_that_replace_at_once_leave_one_reading_of_each(jauge, here):
    chats = [chat(f"c-{number}") for number in range(300)]
    for name in ("sms", "voice"):
        write(here / f"{name}.jsonl", *({**one, "channel": name} for one in chats))
    write(here / "first.jsonl", *chats)
    jauge("load", "first.jsonl")
    command = [sys.executable, "-m", "jauge", "load", "--replace"]

    running = [
        subprocess.Popen([*command, f"{name}.jsonl"], stderr=subprocess.PIPE)
        for name in ("sms", "voice")
    ]
    told = [one.communicate()[1].decode() for one in running]

    assert [one.returncode for one in running] == [0, 0], told
    assert len(shown()) == 300
    assert {one.conversation.channel for one in shown().values()} <= {"sms", "voice"}
    assert all(one.score is not None for one in shown().values())
    assert sqlite.faults_of(open_store("jauge.db").engine) == "ok"
