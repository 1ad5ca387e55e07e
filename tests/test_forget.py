"""Forgetting: nothing is left in any file, the proof says so, and it stays away."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jauge.keeping import Plan, load_files
from jauge.store import forgetting
from jauge.store.database import open_store
from jauge.store.forgetting import forget
from jauge.store.needles import SHORTEST
from tests.kept import chat, lines, shown, write


def files() -> bytes:
    """All bytes of the database and its journals, not of the key."""
    return b"".join(path.read_bytes() for path in Path().glob("jauge.db*"))


@pytest.fixture
def kept(here, jauge):
    """Conversations of Ann and of Bob, loaded."""
    write(
        here / "chats.jsonl",
        chat("ann-first", 6, said="formidable", user_id="ann-77421"),
        chat("ann-second", 4, said="formidable", user_id="ann-77421"),
        chat("bob-first", 6, said="mirabelle", user_id="bob"),
        {"id": 7, "user_id": "ann-77421", "note": "groseille"},
    )
    jauge("load", "chats.jsonl")
    return here


def test_all_of_a_customer_is_erased(kept, jauge):
    assert b"ann-first" in files()
    assert b"formidable" in files()

    run = jauge("forget", "--user", "ann-77421")

    assert run.status == 0
    assert list(shown()) == ["bob-first"]
    for gone in (b"ann-first", b"ann-second", b"ann-77421", b"formidable"):
        assert gone not in files()
    assert b"bob-first" in files()
    told = run.out.decode()
    assert told.startswith("Erased: conversations 2, scores 2, rejected records 1.\n")
    assert "in\n  jauge.db (" in told
    assert "Nothing of it is left." in told


def test_one_conversation_is_erased_and_the_proof_is_told_in_french(kept, jauge):
    run = jauge("forget", "--conversation", "ann-first", "--lang", "fr")

    assert run.status == 0
    assert list(shown()) == ["ann-second", "bob-first"]
    assert b"ann-first" not in files()
    told = run.out.decode().replace("\u202f", " ")
    assert told.startswith(
        "Effacés : conversations 1, scores 1, enregistrements rejetés 0"
    )
    assert "Rien n’en reste." in told


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Other conversations, which stay, hold 1 of these ids or texts too."),
        ("fr", "qui restent, contiennent aussi 1 de ces identifiants ou textes."),
    ],
)
def test_what_others_hold_as_well_is_told_as_such(here, jauge, lang, said):
    write(here / "a.jsonl", chat("order-1", 1), chat("order-17", 1))
    jauge("load", "a.jsonl")

    run = jauge("forget", "--conversation", "order-1", "--lang", lang)

    assert run.status == 0
    assert said in run.out.decode()
    assert list(shown()) == ["order-17"]


def test_a_conversation_that_reads_as_another_leaves_nothing_of_its_own(here, jauge):
    # Their compressed records have whole stretches of bytes in common.
    alike = [chat(f"c-{number}", 4, user_id="ann-7") for number in range(12)]
    write(here / "a.jsonl", *alike)
    jauge("load", "a.jsonl")

    runs = [jauge("forget", "--conversation", f"c-{number}") for number in range(10)]

    assert [run.status for run in runs] == [0] * 10
    assert list(shown()) == ["c-10", "c-11"]


def test_what_was_erased_does_not_come_back_unless_told(kept, jauge):
    jauge("forget", "--user", "ann-77421")

    again = jauge("load", "chats.jsonl")

    assert "Erased before, so not taken again: 3 (--again takes them)." in again.err
    assert list(shown()) == ["bob-first"]

    write(kept / "third.jsonl", chat("ann-third", user_id="ann-77421"))
    jauge("load", "third.jsonl")
    assert list(shown()) == ["bob-first"]

    jauge("load", "chats.jsonl", "--again")
    assert set(shown()) == {"ann-first", "ann-second", "bob-first"}


def test_names_of_files_that_tell_a_customer_are_erased(here, jauge):
    write(here / "export-ann-77421.jsonl", chat("c-1", user_id="ann-77421"), {"id": 7})
    jauge("load", "export-ann-77421.jsonl")

    assert jauge("forget", "--user", "ann-77421").status == 0

    assert b"77421" not in files()


def test_earlier_versions_are_erased_too(here, jauge):
    write(here / "a.jsonl", chat("c-1", 4, said="groseille", bot="Lia"))
    write(here / "b.jsonl", chat("c-1", 6, said="mirabelle"), chat("c-2"))
    jauge("load", "a.jsonl")
    jauge("load", "b.jsonl")

    run = jauge("forget", "--conversation", "c-1")

    assert "Erased: conversations 1, scores 2" in run.out.decode()
    assert b"groseille" not in files()
    assert b"mirabelle" not in files()


@pytest.mark.parametrize("who", ["nobody", "'; DROP TABLE conversation; --", "7", "%"])
def test_who_is_not_there_is_kept_away_and_nothing_else_goes(kept, jauge, who):
    run = jauge("forget", "--user", who)

    # A refused record may hold a word so short; else it is said that nobody has it.
    is_found = run.out.decode().startswith("Erased: conversations 0, scores 0, rejec")
    assert is_found != (b"Nothing was erased: nothing here has this id." in run.out)
    assert is_found == (b"Nothing of it is left." in run.out)
    assert run.status == (0 if is_found else 1)
    assert len(shown()) == 3


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            "Nothing was erased: nothing here has this id. Check it. Should it come one"
            " day, it is not taken (jauge load --again takes it).",
        ),
        (
            "fr",
            "Rien n’a été effacé : rien ici n’a cet identifiant. Vérifiez-le. S’il"
            " arrive un jour, il ne sera pas repris (jauge load --again le reprend).",
        ),
    ],
)
@pytest.mark.parametrize("option", ["--conversation", "--user"])
def test_who_mistypes_an_id_does_not_see_a_success(kept, jauge, option, lang, said):
    run = jauge("forget", option, "C-404", "--lang", lang)

    assert run.status == 1
    told = run.out.decode().replace("\u202f", " ")
    assert told.startswith(said)
    assert "Nothing of it is left" not in told
    assert "Rien n’en reste" not in told


def test_an_id_that_was_not_there_is_refused_when_it_comes(kept, jauge):
    jauge("forget", "--conversation", "C-404")
    write(kept / "late.jsonl", chat("C-404"))

    run = jauge("load", "late.jsonl")

    assert "Erased before, so not taken again: 1 (--again takes them)." in run.err
    assert "C-404" not in shown()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_who_asks_again_for_what_was_erased_is_told_so(kept, jauge, lang):
    jauge("forget", "--conversation", "ann-first")

    run = jauge("forget", "--conversation", "ann-first", "--lang", lang)

    said = {"en": "Asked for before already", "fr": "Déjà demandé auparavant"}[lang]
    left = {"en": "Nothing of it is left.", "fr": "Rien n’en reste."}[lang]
    assert run.status == 0
    assert run.out.decode().startswith(said)
    assert left in run.out.decode()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--user", ""],
        ["--user", "a", "--conversation", "b"],
        ["--user", "\udcff"],
    ],
)
def test_one_of_both_must_be_named(kept, jauge, arguments):
    run = jauge("forget", *arguments)

    assert (run.status, run.err.count("\n")) == (2, 1)
    assert "Give one of --user ID and --conversation ID" in run.err


def test_there_must_be_a_database(here, jauge):
    run = jauge("forget", "--user", "ann")

    assert run.status == 2
    assert "jauge.db: no such database. Make it: jauge load FILE" in run.err
    assert not Path("jauge.db").exists()


def test_a_reader_that_stays_is_told(kept, jauge, monkeypatch):
    from jauge.store import sqlite

    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)
    with sqlite.reading(open_store("jauge.db").engine) as connection:
        connection.exec_driver_sql("SELECT count(*) FROM conversation").all()
        run = jauge("forget", "--user", "ann-77421")

    assert run.status == 2
    assert "another program" in run.err
    # Without it, the same call ends what was begun.
    assert jauge("forget", "--user", "ann-77421").status == 0
    assert b"formidable" not in files()


def test_the_proof_notices_what_is_left(kept, jauge, monkeypatch):
    monkeypatch.setattr(forgetting.sqlite, "rewrite", lambda _engine: None)
    monkeypatch.setattr(forgetting, "_erase", lambda *_all: None)
    monkeypatch.setattr(forgetting, "_staying", lambda *_all: set())

    run = jauge("forget", "--user", "ann-77421")

    assert run.status == 1
    assert "are left. Run it again" in run.out.decode()


@pytest.mark.parametrize("said", ["unavaila", "conversation", "withdrawn_at", "reader"])
def test_words_of_the_database_itself_are_not_taken_for_a_text(here, jauge, said):
    gone = chat("gone-1", 2)
    gone["events"].append({"type": "message", "role": "user", "text": said})
    write(here / "a.jsonl", gone, chat("stays-1", 2))
    jauge("load", "a.jsonl")

    assert jauge("forget", "--conversation", "gone-1").status == 0


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(said=st.text(st.characters(codec="utf-8"), min_size=8, max_size=60))
def test_no_text_of_any_kind_is_left(here, said):
    chats = here / "any.jsonl"
    # Names, so that none is a part of what stays.
    chats.write_text(
        lines(chat("gone-1", said=f"{said} ·"), chat("stays")), encoding="utf-8"
    )
    for old in here.glob("any.db*"):
        old.unlink()
    load_files([str(chats)], str(here / "any.db"), Plan())

    found = forget(open_store(here / "any.db"), conversation="gone-1")

    assert (found.conversations, found.left) == (1, 0)
    assert f"{said} ·".encode() not in (here / "any.db").read_bytes()


def test_what_only_a_score_quotes_is_looked_for(here, jauge, monkeypatch):
    write(here / "a.jsonl", chat("gone-1", 6), chat("stays-1", 2))
    jauge("load", "a.jsonl")
    quoted = {
        part.evidence.encode()
        for part in shown()["gone-1"].score.contributions
        if len(part.evidence) >= SHORTEST
    }
    sought = []
    monkeypatch.setattr(
        forgetting, "_found", lambda _files, needles: sought.extend(needles) or set()
    )

    jauge("forget", "--conversation", "gone-1")

    assert quoted
    assert quoted <= set(sought)
