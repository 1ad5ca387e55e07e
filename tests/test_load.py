"""Loading: what is kept, once and whole, whatever order or number of files."""

from __future__ import annotations

import itertools
import json
import re
import sqlite3
import stat
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jauge import keeping
from jauge.errors import StoppedError
from jauge.settings import ReadOptions
from jauge.store import sqlite
from jauge.store.database import open_store
from jauge.store.key import hashed
from tests.formats.scenarios import SCENARIOS
from tests.formats.shapes_found import SHAPES
from tests.kept import chat, content, lines, shown, write


def last_line(run) -> str:
    return run.err.splitlines()[-1]


@pytest.fixture
def chats(here):
    """Two conversations in a file."""
    return write(here / "chats.jsonl", chat("c-1"), chat("c-2", 6))


# --- what is told


def test_a_load_tells_its_counts(jauge, chats):
    run = jauge("load", chats)

    assert run.status == 0
    assert run.out == b""
    assert last_line(run) == (
        "2 read: 2 new, 0 longer, 0 unchanged; 2 scored, 0 not scored, 0 rejected."
    )


def test_a_load_tells_its_counts_in_french(jauge, here):
    write(here / "a.jsonl", chat("c-1"), chat("c-2", 1), {"id": 7})

    run = jauge("load", "a.jsonl", "--lang", "fr")

    assert last_line(run).replace("\u202f", " ") == (
        "3 lues : nouvelles 2, plus longues 0, inchangées 0 ; notées 1, non notées 1"
        " (le client n’a rien répondu : 1), rejetées 1."
    )


def test_what_is_kept_is_what_score_says(jauge, sample, here):
    jauge("load", sample)
    scores = [json.loads(line) for line in jauge("score", sample).out.splitlines()]

    kept = shown()

    assert [one["conversation_id"] for one in scores] == list(kept)
    assert scores == [json.loads(one.score.to_json()) for one in kept.values()]


def test_two_processes_keep_the_same(jauge, sample, here):
    jauge("load", sample, "--db", "one.db")
    (here / "two.db.key").write_bytes((here / "one.db.key").read_bytes())
    (here / "two.db.key").chmod(0o600)

    jauge("load", sample, "--db", "two.db", "--jobs", 2)

    assert content("one.db") == content("two.db")


def test_an_empty_file_keeps_nothing(jauge, here):
    Path("empty.jsonl").touch()

    run = jauge("load", "empty.jsonl")

    assert run.status == 0
    assert last_line(run).startswith("0 read: 0 new")
    assert open_store("jauge.db").count() == 0


def test_when_all_is_rejected_the_status_is_two_and_the_records_are_kept(jauge, here):
    write(here / "bad.jsonl", {"id": 7}, {"id": 8})

    runs = [jauge("load", "bad.jsonl") for _ in range(2)]

    assert [run.status for run in runs] == [2, 2]
    told = "a text is needed, and it is a whole number"
    assert f"rejected: bad.jsonl:1: $.id: {told}" in runs[0].err
    _, _, rejected = content()
    assert len(rejected) == 2


def test_a_table_is_kept_as_our_own_format(jauge, here):
    table = "id;role;texte;client\n1;bot;Bonjour;ann-77421\n1;user;zoubidou;ann-77421\n"
    Path("chats.csv").write_text(table)

    run = jauge("load", "chats.csv", "--columns", "user_id=client")

    assert run.status == 0
    kept = shown()["1"]
    assert [event.text for event in kept.conversation.events] == ["Bonjour", "zoubidou"]
    assert b"ann-77421" not in kept.conversation.source


def test_limit_counts_over_all_files(jauge, here):
    write(here / "a.jsonl", chat("a-1"), chat("a-2"))
    write(here / "b.jsonl", chat("b-1"), chat("b-2"))

    jauge("load", "a.jsonl", "b.jsonl", "--limit", 3)

    assert list(shown()) == ["a-1", "a-2", "b-1"]


def test_the_list_of_loads_says_what_each_file_gave(jauge, chats):
    jauge("load", chats)
    jauge("load", chats)

    first, second = open_store("jauge.db").loads()

    assert (first.file, first.read, first.new) == (str(chats), 2, 2)
    assert (second.read, second.new, second.unchanged) == (2, 0, 2)
    assert first.ended_at is not None


# --- once, whatever the order


def test_loading_twice_changes_nothing(jauge, chats):
    jauge("load", chats)
    before = content()

    run = jauge("load", chats)

    assert "0 new, 0 longer, 2 unchanged; 0 scored" in run.err
    assert content() == before


def test_a_longer_version_wins_and_keeps_the_earlier_score(jauge, here):
    write(here / "short.jsonl", chat("c-1", 4))
    write(here / "long.jsonl", chat("c-1", 6))
    jauge("load", "short.jsonl")

    run = jauge("load", "long.jsonl")

    assert "0 new, 1 longer, 0 unchanged; 1 scored" in run.err
    found = open_store("jauge.db").conversation("c-1")
    earlier, later = found.scores
    assert (earlier.events, later.events) == (4, 6)
    assert earlier.scored_at < later.scored_at
    assert found.kept.score == later.score != earlier.score


def test_a_shorter_version_never_replaces_a_longer_one(jauge, here):
    write(here / "short.jsonl", chat("c-1", 4))
    write(here / "long.jsonl", chat("c-1", 6))
    jauge("load", "long.jsonl")
    before = content()

    run = jauge("load", "short.jsonl")

    assert "1 unchanged; 0 scored" in run.err
    assert content() == before


VERSIONS = [
    chat("c-1", 4),
    chat("c-1", 6),
    chat("c-1", 5, channel="sms"),
    chat("c-1", 3, channel="web"),
    chat("c-2", 2),
]


@pytest.mark.parametrize("number", range(0, 120, 13))
def test_the_order_of_files_does_not_matter(jauge, here, number):
    order = list(itertools.permutations(range(5)))[number]
    for version, one in enumerate(VERSIONS):
        write(here / f"{version}.jsonl", one)
    jauge("load", *(f"{version}.jsonl" for version in range(5)), "--db", "one.db")
    jauge("load", *(f"{version}.jsonl" for version in order), "--db", "two.db")

    one, two = (
        {id_: (kept.conversation, kept.score) for id_, kept in shown(name).items()}
        for name in ("one.db", "two.db")
    )

    assert one == two


def test_the_order_inside_a_file_does_not_matter(jauge, here):
    write(here / "up.jsonl", *VERSIONS)
    write(here / "down.jsonl", *reversed(VERSIONS))
    jauge("load", "up.jsonl", "--db", "one.db")
    jauge("load", "down.jsonl", "--db", "two.db")

    assert {k: v.score for k, v in shown("one.db").items()} == {
        k: v.score for k, v in shown("two.db").items()
    }


def test_another_scorer_adds_its_scores(jauge, chats, low):
    jauge("load", chats)

    run = jauge("load", chats, "--scorer", low)

    assert "2 unchanged; 2 scored" in run.err
    assert "Warning: reports show default@" in run.err
    assert len(open_store("jauge.db").conversation("c-1").scores) == 2


def test_two_loads_at_once_both_succeed(here):
    write(here / "a.jsonl", *(chat(f"a-{n}") for n in range(400)), chat("both", 4))
    write(here / "b.jsonl", *(chat(f"b-{n}") for n in range(400)), chat("both", 6))
    command = [sys.executable, "-m", "jauge", "load"]

    running = [
        subprocess.Popen([*command, name], stderr=subprocess.PIPE)
        for name in ("a.jsonl", "b.jsonl", "a.jsonl")
    ]
    told = [one.communicate()[1].decode() for one in running]

    assert [one.returncode for one in running] == [0, 0, 0], told
    assert len(shown()) == 801
    assert len(shown()["both"].conversation.events) == 6
    assert all(kept.score is not None for kept in shown().values())
    assert sqlite.faults_of(open_store("jauge.db").engine) == "ok"
    # What another load had scored by then is not told as this one's.
    counted = sum(int(re.search(r"(\d+) scored", one)[1]) for one in told)
    with closing(sqlite3.connect("jauge.db")) as raw:
        [added] = raw.execute("SELECT COUNT(*) FROM score").fetchone()
    assert counted == added


# --- the customer


def test_the_customer_is_a_keyed_hash_everywhere(jauge, here):
    facts = {
        "user_id": "ann-77421",
        "url": "https://crm.example/c?of=ann-77421",
        "metadata": {"customer": {"id": "ann-77421", "user_id": 77421}},
        "x": ["ann-77421", {"ann-77421": 1e3}],
    }
    write(here / "a.jsonl", chat("c-1", **facts), chat("c-2", user_id="ann-77421"))

    jauge("load", "a.jsonl")

    store = open_store("jauge.db")
    name = hashed(store.key, "user", "ann-77421")
    kept = shown()
    assert {one.customer for one in kept.values()} == {name}
    assert kept["c-1"].conversation.user_id == name
    for one in kept.values():
        assert b"77421" not in one.conversation.source
    assert b"77421" not in Path("jauge.db").read_bytes()


@pytest.mark.parametrize("id_", ["user", "bot", "message", "web", "7", "c-1", "true"])
def test_an_id_that_is_also_another_word_spoils_nothing(jauge, here, id_):
    plain = write(here / "plain.jsonl", chat("c-1", channel="web"))
    write(here / "a.jsonl", chat("c-1", channel="web", user_id=id_))

    assert jauge("load", "a.jsonl").status == 0

    told = json.loads(jauge("score", plain).out)
    assert json.loads(shown()["c-1"].score.to_json()) == told
    assert shown()["c-1"].conversation.user_id != id_


def test_a_rejected_record_shows_no_customer(jauge, here):
    write(here / "a.jsonl", chat("c-1"), {"id": 7, "user_id": "ann-77421"})
    Path("b.csv").write_text(
        "id,role,text,at,user_id\n1,bot,Hello,maybe,ann-77421\n", encoding="utf-8"
    )

    jauge("load", "a.jsonl", "b.csv")

    from jauge.store import tables
    from jauge.store.rows import unpacked

    with sqlite.reading(open_store("jauge.db").engine) as connection:
        rows = connection.execute(tables.rejected.select()).mappings().all()
    assert len(rows) == 2
    assert all(b"77421" not in unpacked(row["record"]) for row in rows)


def test_the_files_are_for_their_owner_only(jauge, chats):
    jauge("load", chats)

    for name in ("jauge.db", "jauge.db.key"):
        assert stat.S_IMODE(Path(name).stat().st_mode) == 0o600


def test_a_missing_key_is_one_clear_line(jauge, chats):
    jauge("load", chats)
    Path("jauge.db.key").unlink()

    run = jauge("load", chats)

    assert run.status == 2
    assert run.err.count("\n") == 1
    assert "jauge.db.key: the key of jauge.db cannot be read" in run.err
    assert not Path("jauge.db.key").exists()


@pytest.mark.parametrize("key", ["", "no key", "0" * 64 + "\n"])
def test_a_wrong_key_is_one_clear_line(jauge, chats, key):
    jauge("load", chats)
    Path("jauge.db.key").write_text(key)

    run = jauge("load", chats)

    assert (run.status, run.err.count("\n")) == (2, 1)
    assert "jauge.db.key: is " in run.err


# --- ratings


def test_ratings_of_a_table_and_of_conversations_are_kept(jauge, here):
    rated = chat("c-1")
    rated["events"].append({"type": "rating", "value": 2})
    write(here / "a.jsonl", rated, chat("c-2"), chat("c-3"))
    Path("r.csv").write_text("ticket,csat\nc-2,5\nc-9,1\nc-3,lots\n")

    run = jauge("load", "a.jsonl", "--ratings", "r.csv", "--on", "ticket")

    assert run.status == 0
    assert "column csat: 1 taken, 1 without a conversation, 1 not readable." in run.err
    ratings = {id_: one.rating for id_, one in shown().items()}
    assert ratings == {"c-1": 25.0, "c-2": 100.0, "c-3": None}


def test_ratings_may_come_later(jauge, chats):
    jauge("load", chats)
    Path("r.csv").write_text("id,csat\nc-2,1\n")

    jauge("load", chats, "--ratings", "r.csv")

    assert shown()["c-2"].rating == 0.0
    assert shown()["c-2"].score is not None


# --- hostile ids and texts


HOSTILE = [
    "'; DROP TABLE conversation; --",
    "a\x00b",
    "x" * 10_000,
    "%_\\",
    "é\u202e😡",
    " ",
    "../../etc/passwd",
    "NULL",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_ids_and_texts_come_back_as_they_went_in(jauge, here, text):
    write(here / "a.jsonl", chat(text, 4, said=text, user_id=text, bot=text))

    assert jauge("load", "a.jsonl").status == 0

    found = open_store("jauge.db").conversation(text)
    assert found.kept.conversation.id == text
    assert found.kept.conversation.events[1].text.endswith(text.strip())
    assert found.kept.conversation.bot == text
    assert found.kept.score.value is not None


def test_half_a_character_is_rejected_and_never_found(jauge, here):
    Path("a.jsonl").write_text(json.dumps(chat("\ud83d")) + "\n" + lines(chat("c-1")))

    assert jauge("load", "a.jsonl").status == 0

    assert list(shown()) == ["c-1"]
    assert open_store("jauge.db").conversation("\ud83d") is None


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    id_=st.text(min_size=1, max_size=30),
    user=st.text(max_size=12),
    extra=st.recursive(
        st.none() | st.booleans() | st.text(max_size=9) | st.integers(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=6,
    ),
)
def test_any_record_is_kept_without_its_customer(id_, user, extra):
    from jauge.importers import native
    from jauge.importers.protocol import Record
    from jauge.model.conversation import encode_conversation
    from jauge.store.customers import without_customer

    try:
        data = lines(chat(id_, 2, user_id=user, extra=extra)).encode().strip()
    except UnicodeEncodeError:
        return
    read = native.decode(Record(data, "-", 1))
    made = without_customer(read, b"key")

    assert made.events == read.events
    assert made.id == id_
    assert made.user_id == (hashed(b"key", "user", user) if user else user)
    assert without_customer(read, b"key").source == made.source
    told = json.loads(encode_conversation(made))["extra"]
    assert not user or told != user


# --- what can go wrong with the file


def test_a_full_disk_is_one_line_and_the_file_stays_whole(jauge, here, monkeypatch):
    write(here / "few.jsonl", *(chat(f"a-{n}") for n in range(50)))
    write(here / "many.jsonl", *(chat(f"b-{n}", 6) for n in range(2000)))
    jauge("load", "few.jsonl")
    full = (*sqlite.PRAGMAS, "max_page_count = 150")
    with monkeypatch.context() as small:
        small.setattr(sqlite, "PRAGMAS", full)
        run = jauge("load", "many.jsonl")

    assert (run.status, run.err.count("\n")) == (2, 1)
    assert "jauge.db: the disk is full" in run.err
    assert sqlite.faults_of(open_store("jauge.db").engine) == "ok"
    assert {f"a-{n}" for n in range(50)} <= shown().keys()

    assert jauge("load", "many.jsonl").status == 0
    assert len(shown()) == 2050


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.write_text("no database " * 100), "is not a database"),
        (lambda path: path.mkdir(), "is a folder"),
        (
            lambda path: sqlite3.connect(path).execute("CREATE TABLE other (a)"),
            "tables of another program (other)",
        ),
    ],
)
def test_a_file_that_is_no_store_of_ours_stays_as_it_is(jauge, chats, make, said):
    make(Path("odd.db"))
    before = None if Path("odd.db").is_dir() else Path("odd.db").read_bytes()

    run = jauge("load", chats, "--db", "odd.db")

    assert (run.status, run.err.count("\n")) == (2, 1)
    assert "odd.db" in run.err
    assert said in run.err
    assert before is None or Path("odd.db").read_bytes() == before


def test_a_folder_that_is_not_there_is_one_line(jauge, chats):
    run = jauge("load", chats, "--db", "nowhere/a.db")

    assert (run.status, run.err.count("\n")) == (2, 1)
    assert "nowhere/a.db: cannot be written" in run.err


@pytest.mark.parametrize("name", [":memory:", "a?b#c.db", "é 1.db", "file:x.db"])
def test_odd_names_are_files(jauge, chats, name):
    assert jauge("load", chats, "--db", name).status == 0

    assert Path(name).is_file()
    assert len(shown(name)) == 2


def test_the_database_cannot_be_what_is_read(jauge, chats):
    before = chats.read_bytes()

    run = jauge("load", chats, "--db", chats)

    assert run.status == 2
    assert chats.read_bytes() == before


def test_a_missing_package_says_what_to_install(jauge, chats, monkeypatch):
    monkeypatch.setattr("jauge.store.extra.find_spec", lambda name: None)

    run = jauge("load", chats)

    assert run.status == 2
    assert "pip install 'jauge[serve]'" in run.err
    assert run.err.count("\n") == 1


def test_settings_name_the_database(jauge, chats):
    Path("jauge.toml").write_text('db = "mine.db"\n')

    jauge("load", chats)

    assert len(shown("mine.db")) == 2


def test_load_that_is_ended_keeps_what_it_had(here):
    write("chats.jsonl", *(chat(f"c-{at}", 6) for at in range(1000)))
    counts = keeping.LoadCounts()

    def watch(_):
        if counts.new:
            raise StoppedError

    plan = keeping.Plan(ReadOptions(on_bytes=watch, called="mine.jsonl"))
    with pytest.raises(StoppedError):
        keeping.load_files(["chats.jsonl"], "jauge.db", plan, counts)

    store = open_store("jauge.db")
    assert 0 < store.count() == counts.new < 1000
    (load,) = store.loads()
    assert (load.file, load.ended_at) == ("mine.jsonl", None)
    again = keeping.load_files(["chats.jsonl"], "jauge.db", keeping.Plan())
    assert again.unchanged == counts.new
    assert store.count() == 1000


# --- conversations in pieces over several files


def spread(folder: Path, count: int = 3) -> list[str]:
    """Webhooks of two conversations, dealt out to files like cards."""
    shape = next(one for one in SHAPES if one.name == "chatwoot webhooks")
    calls = shape.render(SCENARIOS).splitlines(keepends=True)
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{number}.jsonl" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(b"".join(calls[number::count]))
    return [str(path) for path in paths]


def test_pieces_over_files_are_joined_as_score_joins_them(jauge, here):
    files = spread(here / "calls")
    told = [json.loads(line) for line in jauge("score", *files).out.splitlines()]

    run = jauge("load", "calls")

    assert run.status == 0
    kept = shown()
    assert {one["conversation_id"]: one for one in told} == {
        name: json.loads(one.score.to_json()) for name, one in kept.items()
    }
    assert last_line(run).startswith(f"{len(told)} read: {len(told)} new, 0 longer")


def test_each_file_with_pieces_has_its_line_and_its_end(jauge, here):
    files = spread(here / "calls")
    own = write(here / "own.jsonl", chat("c-1"))

    jauge("load", *files, own)

    loads = open_store("jauge.db").loads()
    assert [one.file for one in loads] == [*files, str(own)]
    assert all(one.ended_at is not None for one in loads)
    assert sum(one.read for one in loads) == len(shown())
    # A conversation counts with the file of its first piece.
    assert loads[0].read > 0
    assert loads[-1].new == 1


def test_pieces_in_archives_are_joined_and_told_with_the_archive(jauge, here):
    files = spread(here / "calls", 2)
    for number, file in enumerate(files):
        with zipfile.ZipFile(f"{number}.zip", "w") as archive:
            archive.write(file, "calls.jsonl")

    jauge("load", "0.zip", "1.zip")
    jauge("load", *files, "--db", "plain.db")

    assert [one.file for one in open_store("jauge.db").loads()] == ["0.zip", "1.zip"]
    assert list(shown()) == list(shown("plain.db"))


@pytest.mark.parametrize("jobs", [1, 2])
def test_pieces_loaded_again_change_nothing(jauge, here, jobs):
    spread(here / "calls", 5)

    first = jauge("load", "calls", "--jobs", jobs)
    before = content()
    again = jauge("load", "calls", "--jobs", jobs)

    assert first.status == again.status == 0
    assert content() == before
    assert " 0 new, 0 longer" in last_line(again)


def test_limit_counts_what_is_put_together_too(jauge, here):
    own = write(here / "own.jsonl", chat("c-1"))
    files = spread(here / "calls")

    jauge("load", own, *files, "--limit", 2)

    assert len(shown()) == 2


def test_a_load_killed_among_pieces_goes_on(here):
    files = spread(here / "calls")
    counts = keeping.LoadCounts()
    given = []

    def watch(count):
        given.append(count)
        # No more bytes are read while pieces are put together.
        if count == 0 and len(begun()) == 3:
            raise StoppedError

    def begun():
        return open_store("jauge.db").loads()

    plan = keeping.Plan(ReadOptions(on_bytes=watch))
    with pytest.raises(StoppedError):
        keeping.load_files(files, "jauge.db", plan, counts)

    store = open_store("jauge.db")
    assert sum(given) > 0
    assert [one.ended_at for one in begun()] == [None] * 3
    again = keeping.load_files(files, "jauge.db", keeping.Plan())
    assert (again.new, again.longer) == (store.count(), 0)


def test_two_files_of_one_name_keep_their_own_counts(here):
    files = spread(here / "calls", 2)
    own = str(write(here / "own.jsonl", chat("c-1")))
    named = ReadOptions(called="same.jsonl")
    given = [keeping.Given(file, named) for file in (own, *files)]

    keeping.load_given(given, "jauge.db", keeping.Plan())

    loads = open_store("jauge.db").loads()
    assert [one.file for one in loads] == ["same.jsonl"] * 3
    assert loads[0].read == 1
    assert loads[1].read + loads[2].read == len(shown()) - 1
