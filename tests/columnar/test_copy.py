"""The columnar copy: extended as data come, made anew when it must be, erased too."""

from __future__ import annotations

import random
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import duckdb
import pytest

from jauge.columnar import copy
from jauge.columnar.copy import Copy
from jauge.columnar.desk import Desk
from jauge.columnar.facts import COLUMNS
from jauge.columnar.query import Query
from jauge.errors import StoreError
from jauge.keeping import Plan, load_files
from jauge.settings import Limits, ReadOptions
from jauge.store import sqlite
from jauge.store.database import open_store
from jauge.store.forgetting import forget
from tests.columnar.stores import NOW, ask, ids, loaded
from tests.kept import chat, write

FOLDER = Path("jauge.db.columns")


def parts():
    return sorted(FOLDER.glob("*.parquet"))


@pytest.fixture
def desk(here):
    """A desk over two chats that are loaded."""
    desk = Desk(loaded(here, chat("c-1", 4, user_id="ann"), chat("c-2", 2)))
    yield desk
    desk.close()


def load(jauge, *chats, more=()):
    write("more.jsonl", *chats)
    assert jauge("load", "more.jsonl", *more).status == 0


def test_what_is_loaded_is_there_after_a_refresh(desk, jauge):
    before = desk.select(Query(), NOW)
    load(jauge, chat("c-3", 3))

    assert desk.refresh()

    assert set(ids(desk)) == {"c-1", "c-2", "c-3"}
    assert before.total == 2
    assert len(parts()) == 2
    assert not desk.refresh()


def test_a_refresh_without_change_reads_nothing(desk, monkeypatch):
    monkeypatch.setattr("jauge.columnar.desk.state_of", None)

    assert not desk.refresh()


def test_a_longer_version_takes_the_place_of_the_shorter(desk, jauge):
    load(jauge, chat("c-2", 6, said="mirabelle"))

    assert desk.refresh()

    assert set(ids(desk)) == {"c-1", "c-2"}
    assert ids(desk, Query(text="mirabelle")) == ["c-2"]
    assert desk.select(Query(), NOW).overview.total == 2


def test_a_shorter_version_changes_nothing(desk, jauge):
    load(jauge, chat("c-1", 2, said="mirabelle"))

    desk.refresh()

    assert ids(desk, Query(text="mirabelle")) == []
    assert desk.count == 2


def test_a_switch_of_the_scorer_is_seen(desk, jauge, here):
    before = desk.select(Query(), NOW).overview
    (here / "jauge.toml").write_text(
        '[phrases.en]\nuser_complains = ["where is my parcel"]\n', encoding="utf-8"
    )
    assert jauge("rescore").status == 0
    desk.refresh()
    assert desk.select(Query(), NOW).overview == before

    assert jauge("rescore", "--use").status == 0

    assert desk.refresh()
    after = desk.select(Query(), NOW).overview
    assert after.total == before.total
    assert after.mean != before.mean


def test_ratings_of_a_table_are_read_live(desk, jauge, here):
    (here / "r.csv").write_text("id,rating\nc-1,5\nc-2,1\n", encoding="utf-8")
    load(
        jauge,
        chat("c-1", 4, user_id="ann"),
        chat("c-2", 2),
        more=["--ratings", "r.csv", "--on", "id"],
    )

    assert desk.refresh()

    assert len(parts()) == 1
    assert ids(desk, Query().with_("rating", "5")) == ["c-1"]
    assert ids(desk, Query(order="rating")) == ["c-2", "c-1"]
    (here / "r.csv").write_text("id,rating\nc-1,2\n", encoding="utf-8")
    load(
        jauge, chat("c-1", 4, user_id="ann"), more=["--ratings", "r.csv", "--on", "id"]
    )
    desk.refresh()
    assert ids(desk, Query().with_("rating", "2")) == ["c-1"]


def test_what_is_forgotten_is_gone_from_the_copy_and_the_desk(here, jauge):
    store = loaded(
        here, chat("gone-1", 4, said="pamplemousse", user_id="ann-7"), chat("stays", 4)
    )
    desk = Desk(store)
    assert len(parts()) == 1

    told = jauge("forget", "--user", "ann-7", "--lang", "en").out.decode()

    [part] = parts()
    assert "pamplemousse" not in str(duckdb.sql(f"FROM '{part}'").fetchall())
    assert "Nothing of it is left." in told
    assert desk.refresh()
    assert ids(desk) == ["stays"]
    assert ids(desk, Query(text="pamplemousse")) == []
    load(jauge, chat("new-1", 4))
    desk.refresh()
    assert set(ids(desk)) == {"stays", "new-1"}
    for part in parts():
        assert "pamplemousse" not in str(duckdb.sql(f"FROM '{part}'").fetchall())
    desk.close()


def test_the_proof_reads_the_copy_too(here, monkeypatch):
    store = loaded(here, chat("gone-1", 4), chat("stays", 4))
    Desk(store).close()
    (FOLDER / "left").write_bytes(b"... gone-1 ...")
    monkeypatch.setattr("jauge.store.forgetting.erase_columns", lambda _path: None)

    found = forget(store, conversation="gone-1")

    assert any("left" in name for name, _ in found.files)
    assert found.left


def test_what_is_erased_while_it_is_copied_does_not_come_back(here, monkeypatch):
    store = loaded(here, chat("gone-1", 4, said="pamplemousse"), chat("stays", 4))
    read, times = copy.scores_to_copy, []

    def erasing(connection, numbers):
        rows = read(connection, numbers)
        if not times:
            times.append(1)
            thread = Thread(
                target=forget, args=[store], kwargs={"conversation": "gone-1"}
            )
            thread.start()
            threads.append(thread)
            for _ in range(200):
                if not FOLDER.exists():
                    break
                time.sleep(0.01)
        return rows

    threads = []
    monkeypatch.setattr(copy, "scores_to_copy", erasing)
    desk = Desk(store)
    threads[0].join()
    desk.refresh()

    assert ids(desk) == ["stays"]
    said = b"".join(path.read_bytes() for path in FOLDER.rglob("*") if path.is_file())
    assert b"pamplemousse" not in said
    assert b"gone-1" not in said
    desk.close()


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "text", "gone", "all"])
def test_a_damaged_copy_is_made_anew_without_a_word(desk, capfd, damage):
    expected = desk.select(Query(), NOW).overview
    [part] = parts()
    whole = part.read_bytes()
    middle = len(whole) // 2
    damaged = {
        "cut": whole[:middle],
        "changed": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "empty": b"",
        "text": b"not parquet",
    }
    if damage == "gone":
        part.unlink()
    elif damage == "all":
        shutil.rmtree(FOLDER)
    else:
        part.write_bytes(damaged[damage])

    again = Desk(open_store("jauge.db"))

    assert again.select(Query(), NOW).overview == expected
    assert parts()[0].read_bytes() != damaged.get(damage)
    assert capfd.readouterr() == ("", "")
    again.close()


def test_a_part_of_others_is_no_part_of_ours(desk):
    duckdb.sql("SELECT 1 AS score, 2 AS content, 'x' AS scorer").write_parquet(
        str(FOLDER / "000000000001-000000000001-0-0123456789abcdef.parquet")
    )

    assert Desk(open_store("jauge.db")).count == 2


def test_another_database_in_its_place_is_read(desk, here, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    loaded(other, chat("o-1", 4, said="mirabelle"), chat("o-2", 4), chat("o-3", 6))
    for name in ("jauge.db", "jauge.db.key"):
        shutil.move(other / name, here / name)

    assert desk.refresh()

    assert set(ids(desk)) == {"o-1", "o-2", "o-3"}
    assert ids(desk, Query(text="mirabelle")) == ["o-1"]


def test_a_database_that_went_away_is_one_line(desk):
    Path("jauge.db").unlink()

    with pytest.raises(StoreError, match=r"jauge.db: No such file.*Name it: --db"):
        desk.refresh()


def test_many_small_parts_are_put_together(here, jauge, monkeypatch):
    desk = Desk(loaded(here, chat("c-0", 4)))
    for number in range(1, 12):
        load(jauge, chat(f"c-{number}", 4))
        desk.refresh()

    assert desk.count == 12
    assert len(parts()) <= copy._MOST_SMALL
    desk.close()


def test_what_no_longer_counts_goes_when_it_is_most(here, jauge):
    desk = Desk(loaded(here, chat("c-1", 2), chat("c-2", 6)))
    for count in (3, 4, 5):
        load(jauge, chat("c-1", count))
        desk.refresh()

    rows = duckdb.sql(f"FROM '{FOLDER}/*.parquet'").fetchall()
    assert len(rows) <= 3
    assert set(ids(desk)) == {"c-1", "c-2"}
    desk.close()


def test_a_part_that_stands_twice_counts_once(desk):
    [part] = parts()
    Copy(desk._store).read(
        lambda ready: ready.folder.place(copied(ready.folder, part), "0-0-0")
    )
    assert len(parts()) == 2

    again = Desk(open_store("jauge.db"))

    assert (again.count, len(parts())) == (2, 1)
    again.close()


def copied(folder, part):
    return Path(shutil.copy(part, folder.work / "again.parquet"))


def test_only_its_owner_may_read_the_copy(desk):
    assert stat.S_IMODE(FOLDER.stat().st_mode) == 0o700
    assert {stat.S_IMODE(part.stat().st_mode) for part in parts()} == {0o600}


def test_a_folder_that_cannot_be_made_is_one_line(here):
    store = loaded(here, chat())
    FOLDER.write_text("a file")

    with pytest.raises(StoreError, match=r"jauge.db.columns: .*Check the folder"):
        Desk(store)


def test_missing_duckdb_is_one_line(here, monkeypatch):
    monkeypatch.setattr("jauge.columnar.parts.find_spec", lambda _name: None)

    with pytest.raises(Exception, match=r"pip install 'jauge\[tables\]'"):
        Desk(loaded(here, chat()))


@pytest.mark.parametrize("name", ["[a-z]*?.db", "it's.db", "é ü.db", "-x.db"])
def test_a_database_may_be_called_anything(here, name):
    store = loaded(here, chat("c-1"), db=name)

    Desk(store).close()
    desk = Desk(open_store(here / name))

    assert ids(desk) == ["c-1"]
    desk.close()


@pytest.mark.parametrize(
    "said",
    [
        "\0nul\0",
        "a" * 1_000_000,
        "'; DROP TABLE kept; --",
        '"\\',
        "\u2028 \u202e x",
        "é" * 9,
    ],
)
def test_any_text_is_copied(here, said):
    store = loaded(here, chat("c-1", 2, said=said, bot=said, channel=said or "x"))
    desk = Desk(store)

    assert ids(desk, Query().with_("bot", said)) in (["c-1"], [])
    assert ids(desk, Query(text="parcel")) == ["c-1"]
    assert desk.select(Query(), NOW).facets["bot"].options[0].value == said
    desk.close()


def test_a_very_long_conversation_is_copied(here):
    path = write(here / "chats.jsonl", chat("c-1", 2, said="mot " * 6_000_000))
    plan = Plan(ReadOptions(limits=Limits(text_chars=60_000_000)))
    load_files([str(path)], str(here / "jauge.db"), plan)

    assert Desk(open_store(here / "jauge.db")).count == 1


def test_a_part_has_the_columns_that_the_page_names(desk):
    told = duckdb.sql(f"DESCRIBE FROM '{parts()[0]}'").fetchall()

    assert {name: kind for name, kind, *_ in told} == COLUMNS
    for page in ("docs/keeping.md", "docs/keeping.fr.md"):
        text = (Path(__file__).parents[2] / page).read_text(encoding="utf-8")
        for name in COLUMNS:
            assert f"`{name}`" in text, (page, name)


@pytest.mark.parametrize("page", ["docs/keeping.md", "docs/keeping.fr.md"])
def test_the_query_of_the_page_answers(here, page):
    store = loaded(here)
    Desk(store).close()
    text = (Path(__file__).parents[2] / page).read_text(encoding="utf-8")
    query = text.partition("```sql\n")[2].partition("```")[0]

    rows = duckdb.sql(query).fetchall()

    scored = [one.score.value for one in store.latest() if one.score.value is not None]
    assert sum(count for _, count, _ in rows) == len(scored)


def test_several_threads_ask_and_refresh_at_once(desk, jauge):
    faults = []

    def work(seed):
        try:
            for _ in range(30):
                desk.refresh()
                found = desk.select(Query(text=f"parcel {seed % 3}"), NOW)
                assert found.total == len(found.numbers())
                assert found.overview.total == found.considered
        except Exception as error:
            faults.append(error)

    threads = [Thread(target=work, args=[seed]) for seed in range(6)]
    for thread in threads:
        thread.start()
    for number in range(4):
        load(jauge, chat(f"t-{number}", 4))
    for thread in threads:
        thread.join()

    assert faults == []
    desk.refresh()
    assert desk.count == 6


def test_a_killed_copy_leaves_nothing_half(here):
    seeded = random.Random(5)
    store = loaded(here, *(chat(f"c-{n}", 4, said="mot " * 2000) for n in range(300)))
    code = (
        "from jauge.columnar import copy; copy.PART_ROWS = 40\n"
        "from jauge.columnar.desk import Desk\n"
        "from jauge.store.database import open_store\n"
        "print('ready', flush=True)\n"
        "Desk(open_store('jauge.db'))\n"
    )
    for _ in range(6):
        shutil.rmtree(FOLDER, ignore_errors=True)
        run = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        run.stdout.readline()
        time.sleep(seeded.uniform(0.05, 0.6))
        run.kill()
        run.communicate()

        desk = Desk(store)

        assert desk.count == 300
        assert not [one for one in FOLDER.iterdir() if one.name.startswith(".new")]
        desk.close()
    assert sqlite.faults_of(store.engine) == "ok"


def test_samples_find_their_bots_part_where_an_agent_took_over(here):
    """Rows of a second part are counted when they are asked for, and only then."""
    from jauge.pipeline import scorer_of

    store = loaded(here)
    taken = [one for one in store.latest() if one.score.reason == "agent"]
    scores = [scorer_of().score(one.conversation, before_handoff=True) for one in taken]
    desk = Desk(store)

    plain, counted = ask(desk), ask(desk, bot_part="1")

    more = [score for score in scores if score.value is not None]
    assert more
    assert counted.total == plain.total + len(more)
    total = plain.overview.mean.value * plain.total + sum(one.value for one in more)
    assert counted.overview.mean.value == pytest.approx(total / counted.total)
    assert counted.with_agent == plain.with_agent == len(taken)
    assert counted.overview.total == plain.overview.total
    assert sum(one.count for one in counted.facets["level"].options) == counted.total
    tenths = {one.signal: one.tenths for one in counted.overview.costly}
    for cost in plain.overview.costly:
        extra = sum(
            part.tenths
            for one in more
            for part in one.contributions
            if part.signal == cost.signal
        )
        assert tenths.get(cost.signal, cost.tenths + extra) == cost.tenths + extra
    desk.close()


def test_a_full_disk_is_one_line_and_leaves_nothing(here):
    """A limit on the size of files stands for the disk: what is written ends there."""
    store = loaded(here, *(chat(f"c-{n}", 4, said="mot " * 2000) for n in range(300)))
    code = (
        "import resource, signal\n"
        "from jauge.columnar.desk import Desk\n"
        "from jauge.errors import StoreError\n"
        "from jauge.store.database import open_store\n"
        "store = open_store('jauge.db')\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))\n"
        "try:\n    Desk(store)\n"
        "except StoreError as error:\n    print(error)\n"
    )

    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert ran.stdout.startswith("jauge.db.columns: ")
    assert "Check the folder and the disk." in ran.stdout
    assert ran.stdout.count("\n") == 1
    assert list(FOLDER.iterdir()) == []
    assert Desk(store).count == 300
