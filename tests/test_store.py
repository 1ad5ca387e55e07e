"""The store itself: its tables come from its migrations, and what it gives back."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
import warnings
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from jauge.errors import StoreError
from jauge.store import migrations, sqlite, tables
from jauge.store.database import open_store
from jauge.store.labels import labels_of
from jauge.store.people import hash_of
from jauge.store.sessions import sessions_of
from tests.kept import chat, content, shown, write

SCRIPT = ScriptDirectory(str(Path(migrations.__file__).parent))
STORES = Path(__file__).parent / "stores"
AT = datetime(2026, 11, 3, 12, tzinfo=UTC)
EARLIER = [one.revision for one in SCRIPT.walk_revisions()][1:]


def test_the_newest_revision_is_the_last_one():
    assert SCRIPT.get_current_head() == migrations.NEWEST


def test_migrations_make_the_tables_that_the_program_uses(here):
    store = open_store("a.db", create=True)

    with sqlite.reading(store.engine) as connection, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, tables.metadata) == []


def rows(path):
    """All rows of all tables, by table and column, but the revision."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall()
        return {
            name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')]
            for (name,) in names
            if name != "alembic_version"
        }


def kept_of(before, after):
    """What stands after, in the columns and tables that there were before."""
    return {
        name: [
            {column: row[column] for column in old}
            for row, old in zip(after[name], there, strict=True)
        ]
        for name, there in before.items()
    }


def earlier(folder, revision):
    """A database as an earlier release left it, with its key.

    It holds one that went on (of `ann-77421`), one that an agent took, one that was
    rated, one of the bot alone, and a refused record. Since 0002 also labels, an
    objection, a state, a view, and people of whom one is revoked and one has sessions.
    """
    for name in (f"{revision}.db", f"{revision}.db.key"):
        shutil.copy(STORES / name, folder / name)
    return folder / f"{revision}.db"


def test_every_earlier_revision_has_a_database_to_bring_up():
    assert {path.stem for path in STORES.glob("*.db")} == set(EARLIER)


@pytest.mark.parametrize("revision", EARLIER)
def test_an_earlier_revision_is_brought_up_with_its_data(here, revision):
    path = earlier(here, revision)
    before = rows(path)

    store = open_store(path)

    after = rows(path)
    assert kept_of(before, after) == before
    assert all(before[name] for name in before if name != "erased")
    assert not any(after[name] for name in after.keys() - before.keys())
    assert sqlite.faults_of(store.engine) == "ok"
    assert {one.conversation.id for one in store.latest() if one.score} == {
        "goes-on", "rated", "short", "with-agent",
    }  # fmt: skip
    with sqlite.reading(store.engine) as connection:
        assert migrations.revision_of(connection) == migrations.NEWEST


@pytest.mark.parametrize("revision", EARLIER)
def test_an_earlier_database_does_all_that_a_new_one_does(here, jauge, revision):
    path = earlier(here, revision)

    runs = [
        jauge("label", "--db", path, "--id", "rated", "--stars", 5, "--by", "ann"),
        jauge("rescore", "--db", path),
        jauge("forget", "--db", path, "--user", "ann-77421"),
    ]

    assert [run.status for run in runs] == [0, 0, 0]
    store = open_store(path)
    assert [label.stars for label in labels_of(store, "rated")] == [5]
    assert store.conversation("with-agent").bot_parts[-1].score.status == "scored"
    assert store.conversation("goes-on") is None


@pytest.mark.parametrize(
    ("revision", "statement"),
    [
        *(("0001", statement) for statement in (1, 4, 7, 10, 11)),
        ("0002", 1),
        ("0002", 2),
    ],
)
def test_a_migration_that_is_killed_leaves_what_was_and_is_done_later(
    here, revision, statement
):
    path = earlier(here, revision)
    before = rows(path)
    code = (
        "import os, sqlalchemy\n"
        "from jauge.store.database import open_store\n"
        "made = []\n"
        "def killed(*told):\n"
        "    changes = ('CREATE', 'ALTER', 'UPDATE')\n"
        "    made.append(told[2].lstrip().startswith(changes))\n"
        f"    if sum(made) == {statement}:\n"
        "        os.kill(os.getpid(), 9)\n"
        "sqlalchemy.event.listen(\n"
        "    sqlalchemy.Engine, 'after_cursor_execute', killed\n"
        ")\n"
        f"open_store({str(path)!r})\n"
    )

    told = subprocess.run([sys.executable, "-c", code], check=False)

    assert told.returncode == -9
    assert rows(path) == before
    assert sqlite.faults_of(open_store(path).engine) == "ok"
    after = rows(path)
    assert kept_of(before, after) == before
    assert "label" in after


def test_sessions_of_an_earlier_release_go_on_and_are_listed(here):
    path = earlier(here, "0002")
    store = open_store(path)
    with sqlite.writing(store.engine) as connection:
        connection.execute(
            text("UPDATE session SET digest = :digest WHERE made_at LIKE '%09:30%'"),
            {"digest": hash_of("kept by a browser")},
        )

    found = sessions_of(store, "kept by a browser", AT)

    assert [(one.browser, one.is_this) for one in found] == [("", True), ("", False)]


def test_an_empty_file_becomes_a_store(here):
    Path("a.db").touch()

    store = open_store("a.db", create=True)

    assert store.count() == 0
    assert sqlite.faults_of(store.engine) == "ok"


def test_opening_again_migrates_nothing(here, jauge):
    write(here / "a.jsonl", chat())
    jauge("load", "a.jsonl")
    before = content()
    code = (
        "import sys; from jauge.store.database import open_store;"
        "open_store('jauge.db'); print('alembic' in sys.modules)"
    )

    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "False"
    assert content() == before


def test_a_store_of_a_newer_jauge_is_left_alone(here):
    store = open_store("a.db", create=True)
    with sqlite.writing(store.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreError, match=r"a\.db: a newer jauge has written it"):
        open_store("a.db")


def test_it_is_set_up_to_survive(here):
    store = open_store("a.db", create=True)

    with sqlite.reading(store.engine) as connection:
        said = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }

    assert said == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1,
    }  # fmt: skip


def test_a_key_of_an_earlier_database_is_used_again(here):
    Path("a.db.key").write_text("ab" * 32 + "\n")

    assert open_store("a.db", create=True).key == bytes.fromhex("ab" * 32)


def test_a_reader_sees_one_state_while_another_loads(here, jauge):
    write(here / "a.jsonl", *(chat(f"a-{n}") for n in range(3)))
    write(here / "b.jsonl", *(chat(f"b-{n}") for n in range(3)))
    jauge("load", "a.jsonl")
    reader = open_store("jauge.db").latest()
    first = next(reader).conversation.id

    assert jauge("load", "b.jsonl").status == 0

    assert [first, *(one.conversation.id for one in reader)][:3] == [
        "a-0",
        "a-1",
        "a-2",
    ]
    assert len(shown()) == 6


def test_reading_goes_on_over_many_batches(here, jauge):
    write(here / "a.jsonl", *(chat(f"c-{n}", 2) for n in range(1203)))
    jauge("load", "a.jsonl")

    assert [one.conversation.id for one in open_store("jauge.db").latest()] == [
        f"c-{n}" for n in range(1203)
    ]


def test_who_is_not_there_is_none(here):
    assert open_store("a.db", create=True).conversation("c-1") is None


def test_a_damaged_record_is_noticed(here, jauge):
    write(here / "a.jsonl", chat())
    jauge("load", "a.jsonl")
    store = open_store("jauge.db")
    with sqlite.writing(store.engine) as connection:
        connection.execute(
            text("UPDATE conversation SET record = CAST(substr(record, 1, 20) AS BLOB)")
        )

    with pytest.raises(StoreError, match="a record is damaged"):
        store.conversation("c-1")


def test_times_at_the_ends_of_the_calendar_are_kept(here, jauge):
    one = chat("c-1")
    one["events"][0]["at"] = "0001-01-01T00:00:00+14:00"
    one["events"][1]["at"] = "9999-12-31T23:59:59-12:00"
    write(here / "a.jsonl", one)

    assert jauge("load", "a.jsonl").status == 0

    assert shown()["c-1"].score is not None


def test_importing_jauge_loads_no_database():
    code = (
        "import sys, jauge, jauge.cli, jauge.store.extra;"
        "print(sorted({'sqlalchemy', 'alembic'} & sys.modules.keys()))"
    )

    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "[]"


def test_a_new_file_that_another_holds_is_waited_for(here):
    path = here / "jauge.db"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE x (y)")
    other.execute("BEGIN EXCLUSIVE")
    freed = threading.Timer(0.3, other.execute, ["COMMIT"])
    freed.start()

    sqlite.write_ahead(sqlite.engine_of(path))

    freed.join()
    other.close()
    with sqlite3.connect(path) as again:
        assert again.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    again.close()


def test_several_conversations_come_in_the_order_asked(here, jauge):
    write(here / "a.jsonl", *(chat(f"c-{number}") for number in range(5)))
    jauge("load", "a.jsonl")
    store = open_store("jauge.db")
    numbers = [store.number_of(f"c-{number}") for number in (3, 0, 4)]

    found = store.several([*numbers, 10**12, numbers[0]])

    assert [one.conversation.id for one in found] == ["c-3", "c-0", "c-4"]
    assert [one.number for one in found] == numbers
    assert found == [
        one for id_ in numbers for one in store.latest() if one.number == id_
    ]
    assert store.several([]) == []


@pytest.mark.parametrize("id_", ["nobody", "", "\udcff", "'; --"])
def test_who_is_not_there_has_no_number(here, jauge, id_):
    write(here / "a.jsonl", chat())
    jauge("load", "a.jsonl")

    assert open_store("jauge.db").number_of(id_) is None
