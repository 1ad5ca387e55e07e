"""Forgetting in the columnar copy: what holds it is written anew, kills included."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from jauge.columnar import copy, forgetting
from jauge.columnar.copy import Copy
from jauge.columnar.desk import Desk
from jauge.columnar.forgetting import forget_in_copy
from jauge.errors import StoreError
from jauge.store.database import open_store
from jauge.store.forgetting import forget
from tests.columnar.stores import ids, loaded
from tests.kept import chat, write

FOLDER = Path("jauge.db.columns")
STAY = ["c-0", "c-1", "c-4", "c-5"]


def parts():
    return sorted(FOLDER.glob("*.parquet"))


def rows(folder=FOLDER):
    """All rows of a copy, in order."""
    found = duckdb.sql(f"FROM read_parquet('{folder}/*.parquet') ORDER BY score")
    return found.fetchall()


def made_anew(here):
    """The rows that a copy has which is made of the store as it is."""
    other = here / "other"
    other.mkdir(exist_ok=True)
    for name in ("jauge.db", "jauge.db.key"):
        shutil.copy(here / name, other / name)
    Desk(open_store(other / "jauge.db")).close()
    found = rows(other / "jauge.db.columns")
    shutil.rmtree(other)
    return found


@pytest.fixture
def store(here, monkeypatch):
    """Six chats in three parts; two of them are of ann, in the second."""
    monkeypatch.setattr(copy, "PART_ROWS", 2)
    chats = [
        chat(
            f"c-{number}",
            4,
            said="pamplemousse" if number in (2, 3) else "where is my parcel",
            user_id="ann-7" if number in (2, 3) else f"other-{number}",
        )
        for number in range(6)
    ]
    store = loaded(here, *chats)
    Desk(store).close()
    assert len(parts()) == 3
    return store


def test_only_the_part_with_what_is_erased_is_written_anew(store, here):
    before = [(part.stat().st_ino, part.read_bytes()) for part in parts()]

    found = forget(store, conversation="c-2", in_copy=forget_in_copy)

    after = [(part.stat().st_ino, part.read_bytes()) for part in parts()]
    assert (after[0], after[2]) == (before[0], before[2])
    assert after[1] != before[1]
    assert found.left == 0
    assert "c-2" not in str(rows())
    assert rows() == made_anew(here)


def test_a_part_of_which_nothing_stays_goes(store, here):
    forget(store, user="ann-7", in_copy=forget_in_copy)

    assert len(parts()) == 2
    assert "pamplemousse" not in str(rows())
    assert rows() == made_anew(here)


def test_who_is_not_there_costs_nothing(store):
    before = [(part.stat().st_ino, part.read_bytes()) for part in parts()]

    forget(store, user="nobody", in_copy=forget_in_copy)

    assert [(part.stat().st_ino, part.read_bytes()) for part in parts()] == before
    desk = Desk(store)
    assert [(part.stat().st_ino, part.read_bytes()) for part in parts()] == before
    desk.close()


def test_an_older_version_of_a_conversation_goes_too(store, here, jauge):
    # What ann wrote first stands in a part, though the conversation went on since.
    write("more.jsonl", chat("c-0", 8, said="mirabelle", user_id="other-0"))
    assert jauge("load", "more.jsonl").status == 0
    Desk(store).close()
    assert len(rows()) == 7

    forget(store, conversation="c-5", in_copy=forget_in_copy)

    assert len(rows()) == 5
    assert rows() == made_anew(here)


def test_the_pages_go_on_with_the_copy_that_is_left(store, monkeypatch):
    desk = Desk(store)
    forget(store, user="ann-7", in_copy=forget_in_copy)
    monkeypatch.setattr(copy, "scores_to_copy", None)

    assert desk.refresh()

    assert sorted(ids(desk)) == STAY
    desk.close()


def test_a_copy_put_together_is_cleaned_too(store, here, monkeypatch):
    monkeypatch.setattr(copy, "_MOST_SMALL", -10)
    Desk(store).close()
    assert len(parts()) == 1

    forget(store, user="ann-7", in_copy=forget_in_copy)

    assert len(parts()) == 1
    assert rows() == made_anew(here)


def test_the_command_forgets_in_the_copy(store, jauge, monkeypatch):
    told = jauge("forget", "--user", "ann-7", "--lang", "en")
    again = jauge("forget", "--conversation", "c-0", "--lang", "fr")

    assert (told.status, again.status) == (0, 0)
    assert "Nothing of it is left." in told.out.decode()
    assert [row[1] for row in rows()] == ["c-1", "c-4", "c-5"]


@pytest.mark.parametrize("damage", ["cut", "text", "stranger", "name"])
def test_a_damaged_part_goes_as_a_whole(store, here, damage):
    part = parts()[0]
    if damage == "cut":
        part.write_bytes(part.read_bytes()[:-20])
    elif damage == "text":
        part.write_text("not parquet")
    elif damage == "name":
        part.rename(FOLDER / f"a-b-0-{part.name.rpartition('-')[2]}")
    else:
        (FOLDER / "0-0-x-0123456789abcdef.parquet").write_text("not parquet")

    forget(store, user="ann-7", in_copy=forget_in_copy)

    assert "pamplemousse" not in str(rows())
    desk = Desk(store)
    assert sorted(ids(desk)) == STAY
    assert rows() == made_anew(here)
    desk.close()


@pytest.mark.parametrize("fault", ["held", "duckdb", "full", "proof"])
def test_where_it_cannot_be_cleaned_all_of_the_copy_goes(store, monkeypatch, fault):
    if fault == "held":
        monkeypatch.setattr(forgetting, "_PATIENCE", 0.1)
        lock = os.open(FOLDER, os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_EX)
    elif fault == "duckdb":
        monkeypatch.setattr("jauge.columnar.parts.find_spec", lambda _name: None)
    elif fault == "full":
        monkeypatch.setattr("jauge.columnar.parts.Folder._made", full)
    else:
        monkeypatch.setattr(copy, "astray", lambda *_: {"one"})

    found = forget(store, conversation="c-2", in_copy=forget_in_copy)

    assert not parts()
    assert found.left == 0
    if fault == "held":
        os.close(lock)


def full(*_):
    msg = "no space"
    raise StoreError(msg)


def test_a_folder_that_is_a_link_is_refused(store, here):
    FOLDER.rename(here / "elsewhere")
    FOLDER.symlink_to(here / "elsewhere")

    with pytest.raises(StoreError, match="is a link"):
        forget(store, user="ann-7", in_copy=forget_in_copy)


def test_no_copy_is_made_where_there_is_none(store):
    shutil.rmtree(FOLDER)

    forget(store, user="ann-7", in_copy=forget_in_copy)

    assert not FOLDER.exists()


def test_parts_of_a_store_that_knows_of_less_are_made_anew(store, here):
    shutil.copy("jauge.db", "before.db")
    forget(store, user="ann-7", in_copy=forget_in_copy)
    store.engine.dispose()
    shutil.copy("before.db", "jauge.db")

    desk = Desk(open_store("jauge.db"))

    assert sorted(ids(desk)) == [f"c-{number}" for number in range(6)]
    assert rows() == made_anew(here)
    desk.close()


# --- kills

# The nth change of a file in the folder of the copy is the last thing that it does.
KILLED = """
import os, signal, sys
left = int(sys.argv[1])
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "open", "os.chmod"}
def count(event, told):
    global left
    if event in CHANGES and ".columns" in str(told[0]):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
from jauge.columnar.forgetting import forget_in_copy
from jauge.store.database import open_store
from jauge.store.forgetting import forget
store = open_store("jauge.db")
sys.addaudithook(count)
forget(store, user=sys.argv[2], in_copy=forget_in_copy)
print(left)
"""


def changes_left(count, user):
    """Forget a user with so many changes of the copy; None: killed before the end."""
    command = [sys.executable, "-c", KILLED, str(count), user]
    done = subprocess.run(command, check=False, capture_output=True)
    if done.returncode == -signal.SIGKILL:
        return None
    assert done.returncode == 0, done.stderr.decode()
    return int(done.stdout)


def test_killed_at_any_moment_nothing_of_it_is_left_after_the_next_start(
    store, here, monkeypatch
):
    # Also a part that loses one of its rows, beside one that goes and one that stays.
    write("more.jsonl", chat("c-6", 4, user_id="ann-7"), chat("c-7", 4))
    loaded_more = Desk(loaded_into(store, "more.jsonl"))
    loaded_more.close()
    store.engine.dispose()
    before = here / "before"
    before.mkdir()
    shutil.copytree(FOLDER, before / FOLDER)
    shutil.copy("jauge.db", before)
    most = 1000 - changes_left(1000, "ann-7")
    expected, places = rows(), range(0, most, max(1, most // 12))

    for count in places:
        shutil.rmtree(FOLDER)
        shutil.copytree(before / FOLDER, FOLDER)
        for old in here.glob("jauge.db-*"):
            old.unlink()
        shutil.copy(before / "jauge.db", "jauge.db")
        assert changes_left(count, "ann-7") is None

        desk = Desk(open_store("jauge.db"))

        assert sorted(ids(desk)) == [*STAY, "c-7"]
        assert sorted(rows()) == sorted(expected)
        assert not list(FOLDER.glob(".new-*"))
        desk.close()


def loaded_into(store, file):
    from jauge.keeping import Plan, load_files

    load_files([file], str(store.path), Plan())
    return store


def test_a_copy_of_before_is_cleaned_by_the_next_to_read_it(store, here, monkeypatch):
    forget(store, user="ann-7", in_copy=lambda _store: None)
    assert "pamplemousse" in str(rows())
    monkeypatch.setattr(copy, "scores_to_copy", None)

    Copy(store).read(lambda ready: ready.live)

    assert "pamplemousse" not in str(rows())
    assert len(rows()) == 4
