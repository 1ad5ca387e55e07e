"""What people say of conversations is kept, survives, and is erased with them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from jauge.errors import UsageError
from jauge.model.label import newest
from jauge.store import sqlite, tables
from jauge.store.database import open_store
from jauge.store.given import LONGEST_TEXT
from jauge.store.labels import all_labels, labels_of, put_label
from jauge.store.objections import all_objections, object_to, objections_of, withdraw
from jauge.store.rows import identity
from jauge.store.states import marks, set_state, state_of
from jauge.store.views import drop_view, save_view, views
from tests.kept import chat, shown, write
from tests.reviews import AT, objected, objection, told

HOSTILE = (
    "'; DROP TABLE label; --", "<script>alert(1)</script>", "=1+1", "a\x00b\x1b[31m",
    "\u202etxet", "🤬" * 300, "ligne\nautre",
)  # fmt: skip


@pytest.fixture
def store(here, jauge):
    write(here / "a.jsonl", *(chat(f"c-{n}", 6) for n in range(1, 4)))
    jauge("load", "a.jsonl")
    return open_store("jauge.db")


def kept_bytes() -> bytes:
    return b"".join(path.read_bytes() for path in Path().glob("jauge.db*"))


def number_of(store, id_):
    with sqlite.reading(store.engine) as connection:
        kept = tables.conversation.c
        asked = tables.conversation.select().where(kept.id == id_)
        return connection.execute(asked).one().number


def test_a_label_comes_back_as_it_was_given(store):
    one = told(4, reason=" polite, but slow ", blind=True, scorer="default@1", value=61)

    assert put_label(store, "c-1", one)

    (back,) = labels_of(store, "c-1")
    content = identity(shown()["c-1"].conversation)["content"]
    assert back == told(
        4, reason="polite, but slow", blind=True, scorer="default@1", value=61,
        content=content,
    )  # fmt: skip
    assert labels_of(store, "c-2") == ()


def test_several_people_label_and_the_newest_of_each_counts(store):
    for stars, who in ((1, "ann"), (3, "bob"), (None, "ann")):
        put_label(store, "c-1", told(stars, who))
    put_label(store, "c-2", told(5, "ann"))

    assert [one.stars for one in labels_of(store, "c-1")] == [1, 3, None]
    counting = [(id_, one.who, one.stars) for id_, one in all_labels(store)]
    assert counting == [("c-1", "bob", 3), ("c-1", "ann", None), ("c-2", "ann", 5)]
    assert [one.stars for one in newest(labels_of(store, "c-1"))] == [3, None]


@pytest.mark.parametrize("id_", ["c-9", "", "\udcff", "' OR 1=1 --"])
def test_what_is_not_there_gets_no_review(store, id_):
    assert not put_label(store, id_, told())
    assert not set_state(store, id_, "read", "ann")
    assert objections_of(store, id_) == labels_of(store, id_) == ()
    assert state_of(store, id_) is None


@pytest.mark.parametrize(
    ("label", "said"),
    [
        (told(6), "6 stars: write 1 to 5"),
        (told(0), "0 stars"),
        (told(who=" "), "the name cannot be kept"),
        (told(who="a" * 101), "the name cannot be kept"),
        (told(who="a\nb"), "the name cannot be kept"),
        (told(who="\udcff"), "the name cannot be kept"),
        (told(reason="a" * 4001), "the reason is too long: write at most 4,000"),
        (told(reason="\udcff"), "the reason is not readable text"),
    ],
)
def test_a_label_that_cannot_be_is_refused_in_one_line(store, label, said):
    with pytest.raises(UsageError, match=said):
        put_label(store, "c-1", label)

    assert labels_of(store, "c-1") == ()


@pytest.mark.parametrize("reason", HOSTILE)
def test_hostile_texts_are_kept_as_they_are(store, reason):
    put_label(store, "c-1", told(reason=reason))
    objected(store, "c-1", "bot_fallback", why=reason)

    assert labels_of(store, "c-1")[0].reason == reason.strip()
    assert objections_of(store, "c-1")[0].why == reason.strip()
    assert store.count() == 3


def test_labels_survive_a_longer_version_and_say_which_one_they_judged(here, jauge):
    write(here / "a.jsonl", chat("c-1", 4))
    write(here / "b.jsonl", chat("c-1", 6))
    jauge("load", "a.jsonl")
    store = open_store("jauge.db")
    put_label(store, "c-1", told(1))
    set_state(store, "c-1", "follow_up", "ann")

    jauge("load", "b.jsonl")
    put_label(store, "c-1", told(5, "bob"))

    first, second = labels_of(store, "c-1")
    now = identity(shown()["c-1"].conversation)["content"]
    assert (first.content == now, second.content == now) == (False, True)
    assert state_of(store, "c-1") == "follow_up"


def test_an_objection_has_a_number_and_can_be_taken_back(store):
    before = shown()
    number = objected(store, "c-1", "bot_fallback", why="it did understand")

    (one,) = objections_of(store, "c-1")
    assert (one.number, one.why, one.withdrawn_at) == (
        number,
        "it did understand",
        None,
    )
    assert [id_ for id_, _ in all_objections(store)] == ["c-1"]
    assert shown() == before

    assert withdraw(store, number, AT)
    assert not withdraw(store, number)
    assert not withdraw(store, 999)
    assert list(all_objections(store)) == []
    assert objections_of(store, "c-1")[0].withdrawn_at == AT


def test_the_same_objection_again_is_the_same_one(store):
    first = objected(store, "c-1", "bot_fallback")

    assert objected(store, "c-1", "bot_fallback", why="really") == first
    assert objected(store, "c-1", "bot_fallback", "bob") != first
    assert [one.why for one in objections_of(store, "c-1")] == ["really", ""]

    withdraw(store, first)
    assert objected(store, "c-1", "bot_fallback") not in (first, None)


@pytest.mark.parametrize(
    "change", [{"signal": "user_thanks_more"}, {"event": 99}, {"scorer": "other@1+0"}]
)
def test_a_point_that_no_score_has_cannot_be_objected_to(store, change):
    score = shown()["c-1"].score
    part = score.contributions[0]
    wrong = {"signal": part.signal, "event": part.event, **change}
    one = objection(part, score.scorer)

    made = type(one)(**{name: getattr(one, name) for name in one.__struct_fields__}
                     | wrong)  # fmt: skip

    assert object_to(store, "c-1", made) is None
    assert object_to(store, "c-9", one) is None


def test_a_state_is_set_changed_and_cleared(store):
    assert set_state(store, "c-1", "read", "ann")
    assert set_state(store, "c-1", "settled", "bob")
    assert state_of(store, "c-1") == "settled"

    assert set_state(store, "c-1", None, "ann")
    assert state_of(store, "c-1") is None
    with pytest.raises(UsageError, match="done: is no state"):
        set_state(store, "c-1", "done", "ann")


def test_marks_are_those_of_all_conversations(store):
    first, second, third = (number_of(store, f"c-{n}") for n in (1, 2, 3))
    put_label(store, "c-1", told())
    put_label(store, "c-1", told(3))
    withdraw(store, objected(store, "c-1", "bot_fallback"))
    objected(store, "c-2", "bot_fallback")
    set_state(store, "c-3", "read", "ann")

    found = marks(store)

    assert found.reviewed == {first}
    assert found.objected == {second}
    assert found.states == {third: "read"}


def test_views_are_saved_by_name_for_each_person(store):
    save_view(store, "last week", "?level=very_negative&q=a%26b", "ann", AT)
    save_view(store, "last week", "sort=best", "bob", AT)
    save_view(store, "last week", "level=negative", "ann", AT)

    assert [(one.name, one.query, one.at) for one in views(store, "ann")] == [
        ("last week", "level=negative", AT)
    ]
    assert drop_view(store, "last week", "ann")
    assert not drop_view(store, "last week", "ann")
    assert [one.who for one in views(store, "bob")] == ["bob"]
    with pytest.raises(UsageError, match="the name of the view cannot be kept"):
        save_view(store, "", "q=1", "ann")


@pytest.mark.parametrize(("lang", "said"), [
    ("en", "Erased with them: 2 labels and objections."),
    ("fr", "Effacées avec elles\u202f: 2 évaluations et contestations."),
])  # fmt: skip
def test_what_people_wrote_is_erased_with_the_conversation(store, jauge, lang, said):
    put_label(store, "c-1", told(reason="groseille au fond", who="zoe"))
    objected(store, "c-1", "bot_fallback", "zoe", why="mirabelle au fond")
    set_state(store, "c-1", "settled", "zoe")
    put_label(store, "c-2", told(reason="pamplemousse", who="yan"))
    assert b"groseille" in kept_bytes()

    run = jauge("forget", "--conversation", "c-1", "--lang", lang)

    assert run.status == 0
    assert said in run.out.decode()
    for gone in (b"groseille", b"mirabelle", b"zoe"):
        assert gone not in kept_bytes()
    assert b"pamplemousse" in kept_bytes()
    assert [id_ for id_, _ in all_labels(store)] == ["c-2"]
    assert list(all_objections(store)) == []


def test_saved_views_that_name_what_is_erased_go_with_it(here, jauge):
    write(here / "a.jsonl", chat("chat-7741", user_id="ann b"), chat("chat-77412"))
    jauge("load", "a.jsonl")
    store = open_store("jauge.db")
    for name, query in (
        ("by id", "q=chat%2D7741"),
        ("by name", "q=ann+b"),
        ("chat-7741", "q="),
        ("other", "q=chat-77412"),
    ):
        save_view(store, name, query, "bob")

    assert jauge("forget", "--user", "ann b").status == 0

    assert [one.name for one in views(store, "bob")] == ["other"]


def test_a_reason_that_others_wrote_too_is_told_as_theirs(store, jauge):
    for id_ in ("c-1", "c-2"):
        put_label(store, id_, told(reason="the bot was slow"))

    run = jauge("forget", "--conversation", "c-1")

    assert run.status == 0
    assert "Other conversations, which stay, hold" in run.out.decode()


def test_one_is_labelled_without_asking(store, jauge):
    run = jauge(
        "label", "--id", "c-1", "--stars", "2", "--reason", "slow", "--by", "ann"
    )

    assert (run.status, run.err) == (0, "c-1: label by ann kept (2 of 5).\n")
    (one,) = labels_of(store, "c-1")
    score = shown()["c-1"].score
    assert (one.stars, one.reason, one.blind, one.sampled) == (2, "slow", False, False)
    assert (one.scorer, one.value) == (score.scorer, score.value)


def test_a_blind_label_tells_no_score(store, jauge):
    run = jauge(
        "label", "--id", "c-1", "--stars", "cannot-tell", "--by", "ann", "--blind",
        "--lang", "fr",
    )  # fmt: skip

    assert run.err == "c-1\u202f: évaluation de ann conservée (impossible à dire).\n"
    (one,) = labels_of(store, "c-1")
    assert (one.stars, one.blind, one.scorer, one.value) == (None, True, None, None)


def test_a_sample_is_shown_without_scores_and_each_answer_is_kept(store, jauge):
    run = jauge(
        "label", "--sample", "3", "--by", "ann", "--seed", "7", "--lang", "en",
        stdin=b"9\n2\nthe bot was slow\nS\n?\n\n",
    )  # fmt: skip

    assert run.status == 0
    page = run.out.decode()
    assert "Where is my parcel, please?" in page
    for hidden in ("/ 100", "negative", "−", "└", "*Sorry"):
        assert hidden not in page
    assert "Write 1 to 5, ?, s or q." in run.err
    assert run.err.endswith(
        "Labels by ann: 2 kept, 1 of them “cannot tell”; 1 skipped.\n"
    )
    kept = [one for _, one in all_labels(store)]
    assert [(one.stars, one.reason) for one in kept] == [
        (2, "the bot was slow"),
        (None, ""),
    ]
    assert all(one.blind and one.sampled and one.scorer is None for one in kept)


def test_the_questions_are_asked_in_french(store, jauge):
    run = jauge(
        "label", "--sample", "1", "--by", "ann", "--lang", "fr", stdin=b"5\nbien\n"
    )

    assert "Conversation 1 sur 1, sans score ni points ni note du client." in run.err
    assert "5 très content\u202f; «\u202f?\u202f» impossible à dire" in run.err
    assert "Pourquoi\u202f? (peut rester vide)" in run.err
    assert "1 conservée, dont 0 «\u202fimpossible à dire\u202f»" in run.err


def test_the_rating_of_the_customer_is_not_shown_to_who_judges(here, jauge):
    one = chat("c-1", 6)
    one["events"].append({"type": "rating", "value": 1, "best": 5, "comment": "Awful"})
    write(here / "a.jsonl", one)
    jauge("load", "a.jsonl")

    run = jauge("label", "--sample", "1", "--by", "ann", stdin=b"q\n")

    assert b"parcel" in run.out
    assert b"Awful" not in run.out
    assert b"Rating" not in run.out


@pytest.mark.parametrize(
    ("option", "is_masked"), [("--mask", True), ("--no-mask", False)]
)
def test_personal_data_are_masked_while_judging(here, jauge, option, is_masked):
    write(here / "a.jsonl", chat("c-1", 6, said="lou@post.example"))
    jauge("load", "a.jsonl")

    run = jauge("label", "--sample", "1", "--by", "ann", option, stdin=b"q\n")

    assert (b"lou@post.example" in run.out) is not is_masked


def drawn(jauge, *arguments):
    """The ids that are shown when all are skipped."""
    run = jauge("label", "--sample", "3", "--by", "ann", *arguments, stdin=b"s\n" * 3)
    return [line.split(" ")[0] for line in run.out.decode().splitlines() if "·" in line]


def test_a_seed_draws_the_same_ones_in_their_order_for_anybody(here, jauge):
    write(here / "a.jsonl", *(chat(f"c-{n}", 6) for n in range(40)))
    write(here / "b.jsonl", *(chat(f"c-{n}", 6) for n in reversed(range(40))))
    jauge("load", "a.jsonl")
    jauge("load", "b.jsonl", "--db", "b.db")

    first = drawn(jauge, "--seed", "5")

    assert len(set(first)) == 3
    assert drawn(jauge, "--seed", "5") == first
    assert drawn(jauge, "--seed", "5", "--db", "b.db") == first
    assert drawn(jauge, "--seed", "6") != first
    jauge("label", "--id", first[0], "--stars", "1", "--by", "ann")
    assert drawn(jauge, "--seed", "5")[:2] == first[1:]


def test_without_a_seed_each_draw_is_another(here, jauge):
    write(here / "a.jsonl", *(chat(f"c-{n}", 6) for n in range(40)))
    jauge("load", "a.jsonl")

    assert len({tuple(drawn(jauge)) for _ in range(4)}) > 1


def test_only_scored_ones_are_drawn_and_none_twice(here, jauge):
    write(here / "a.jsonl", chat("scored-1", 6), chat("bot-only", 1))
    jauge("load", "a.jsonl")
    answers = {"stdin": b"4\n\n4\n\n"}

    first = jauge("label", "--sample", "9", "--by", "ann", **answers)
    again = jauge("label", "--sample", "9", "--by", "ann", **answers)
    other = jauge("label", "--sample", "9", "--by", "bob", "--lang", "fr", **answers)

    assert "Conversation 1 of 1" in first.err
    assert first.err.startswith(
        "Only 1 scored conversation is left that you have not labelled.\n"
    )
    assert again.err == "No scored conversation is left that you have not labelled.\n"
    assert other.err.startswith("Il ne reste que 1 conversation notée que vous")
    assert "Conversation 1 sur 1" in other.err


def test_a_reason_that_is_too_long_is_asked_again(store, jauge):
    long = b"a" * (LONGEST_TEXT + 1)

    run = jauge(
        "label", "--sample", "1", "--by", "ann", stdin=b"4\n" + long + b"\nshort\n"
    )

    assert "Too long: at most 4,000 characters." in run.err
    assert [one.reason for _, one in all_labels(store)] == ["short"]


def test_answers_that_are_no_text_do_not_end_it(store, jauge):
    run = jauge(
        "label", "--sample", "1", "--by", "ann", stdin=b"\xff\xfe\n4\ncaf\xe9 \xff\n"
    )

    assert run.status == 0
    assert [one.reason for _, one in all_labels(store)] == ["caf\ufffd \ufffd"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "what is asked for? Give one of --sample N, --id ID, --list"),
        (["--list", "--cases"], "what is asked for? Give one of"),
        (["--sample", "2"], "who judges? Say it: --by NAME."),
        (["--id", "c-1", "--stars", "3"], "who judges? Say it: --by NAME."),
        (["--id", "c-1", "--by", " "], "--by cannot be kept"),
        (["--id", "c-1", "--by", "ann"], "--stars : write 1 to 5, or cannot-tell."),
        (["--id", "c-1", "--by", "a", "--stars", "6"], "--stars 6: write 1 to 5"),
        (["--id", "c-9", "--by", "a", "--stars", "5"], "c-9: no such conversation in"),
        (["--id", "", "--by", "a", "--stars", "5"], ": no such conversation in"),
        (["--precision", "-o", "x"], "-o is for --list and --cases."),
        (["--list", "--db", "no.db"], "no.db: no such database."),
        (["--list", "-o", "jauge.db"], "jauge.db: is read and would be written over"),
        (["--cases", "-o", "jauge.db.key"], "jauge.db.key: is read and would be"),
    ],
)
def test_wrong_use_is_one_line(store, jauge, arguments, said):
    run = jauge("label", *arguments)

    assert (run.status, run.err.count("\n")) == (2, 1)
    assert said in run.err


def test_labels_are_listed_as_json_lines(store, jauge):
    put_label(store, "c-1", told(1))
    put_label(store, "c-1", told(2, reason="lent", scorer="default@1+0", value=31))
    put_label(store, "c-2", told(None, "bob", blind=True, sampled=True))

    run = jauge("label", "--list", "-o", "labels.jsonl", "--lang", "fr")

    assert run.err == "2 évaluations de 2 personnes.\n"
    rows = [json.loads(line) for line in Path("labels.jsonl").read_text().splitlines()]
    assert rows == [
        {
            "conversation_id": "c-1", "stars": 2, "reason": "lent", "who": "ann",
            "at": "2026-11-03T09:30:00Z", "blind": False, "sampled": False,
            "scorer": "default@1+0", "value": 31,
        },
        {
            "conversation_id": "c-2", "stars": None, "reason": "", "who": "bob",
            "at": "2026-11-03T09:30:00Z", "blind": True, "sampled": True,
            "scorer": None, "value": None,
        },
    ]  # fmt: skip
    assert b"bob" not in jauge("label", "--list", "--by", "ann").out


def test_evaluate_takes_the_list_as_ratings(here, jauge, sample):
    jauge("load", sample)
    store = open_store("jauge.db")
    for stars, id_ in ((5, "s-001"), (1, "s-002"), (None, "s-007")):
        put_label(store, id_, told(stars))
    jauge("label", "--list", "-o", "labels.jsonl")

    run = jauge("evaluate", sample, "--ratings", "labels.jsonl", "--to", "json")

    assert run.status == 0
    found = json.loads(run.out)
    assert found["judgements"]["field"] == "stars"
    assert (found["judgements"]["rated"], found["compared"]) == (2, 2)


def test_people_label_while_another_loads_and_nothing_is_lost(store, here, jauge):
    write(here / "b.jsonl", *(chat(f"b-{n}", 6) for n in range(1500)))

    def label(who):
        for number in range(1, 31):
            assert put_label(store, f"c-{number % 3 + 1}", told(who=who))

    with ThreadPoolExecutor(4) as pool:
        made = [pool.submit(label, who) for who in ("ann", "bob", "eve")]
        run = jauge("load", "b.jsonl")
        for one in made:
            one.result()

    assert "1500 new" in run.err
    assert sum(len(labels_of(store, f"c-{n}")) for n in (1, 2, 3)) == 90
    assert len(list(all_labels(store))) == 9


def test_a_killed_session_keeps_what_was_answered(here, jauge):
    write(here / "a.jsonl", *(chat(f"c-{n}", 6) for n in range(9)))
    jauge("load", "a.jsonl")
    store = open_store("jauge.db")
    command = [sys.executable, "-m", "jauge", "label", "--sample", "9", "--by", "ann"]

    for done in range(1, 4):
        running = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env=os.environ,
        )  # fmt: skip
        running.stdin.write(b"3\nkept at once\n4\nnot yet")
        running.stdin.flush()
        wait_until(lambda done=done: len(list(all_labels(store))) == done)
        running.send_signal(signal.SIGKILL)
        running.communicate()

    assert [one.stars for _, one in all_labels(store)] == [3, 3, 3]
    assert len({id_ for id_, _ in all_labels(store)}) == 3
    assert sqlite.faults_of(store.engine) == "ok"


def test_who_leaves_at_the_reason_has_given_the_stars(store):
    command = [sys.executable, "-m", "jauge", "label", "--sample", "3", "--by", "ann"]
    running = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, env={**os.environ, "JAUGE_LANG": "en"},
    )  # fmt: skip
    running.stdin.write(b"3\n")
    running.stdin.flush()
    asked = b""
    while b"Why" not in asked:
        asked += os.read(running.stderr.fileno(), 1000)
    running.send_signal(signal.SIGINT)
    running.communicate()

    assert [(one.stars, one.reason) for _, one in all_labels(store)] == [(3, "")]
    assert running.returncode == 130


def wait_until(is_so, longest=30):
    end = time.monotonic() + longest
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)
