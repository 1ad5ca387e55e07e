"""What is made of reviews: how often points are right, and cases to mend signals by."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jauge.reviewing.cases import Case, cases_of
from jauge.reviewing.precision import precision_of, wilson
from jauge.reviewing.written import case_lines
from jauge.scorers import build_scorer
from jauge.store.database import open_store
from jauge.store.labels import put_label
from jauge.store.objections import withdraw
from jauge.testing import conversation
from tests.kept import chat, shown, write
from tests.reviews import objected, told

FALLBACK = "bot_fallback"


@pytest.fixture
def store(here, jauge):
    write(here / "a.jsonl", *(chat(f"c-{n}", 6) for n in range(40)))
    jauge("load", "a.jsonl")
    return open_store("jauge.db")


def seen(store, *ids, who="ann"):
    """Label conversations whose points were in view."""
    for id_ in ids:
        score = store.conversation(id_).kept.score
        put_label(store, id_, told(3, who, scorer=score.scorer, value=score.value))


def of(store, name=FALLBACK):
    return next(
        (one for one in precision_of(store).signals if one.signal == name), None
    )


def test_points_that_people_saw_count_and_those_they_object_to_are_wrong(store):
    seen(store, *(f"c-{n}" for n in range(30)))
    objected(store, "c-3", FALLBACK)
    # Nobody labelled this one, but who objects has seen it.
    objected(store, "c-35", FALLBACK)

    one = of(store)

    assert (one.shown, one.objected, one.is_enough) == (31, 2, True)
    assert one.share == 29 / 31
    assert precision_of(store).conversations == 31
    # Every signal of these conversations is counted, none twice.
    assert of(store, "user_thanks").shown == 31


def test_a_point_counts_once_whoever_saw_it_or_objected(store, jauge, low):
    seen(store, "c-1")
    seen(store, "c-1", who="bob")
    objected(store, "c-1", FALLBACK)
    objected(store, "c-1", FALLBACK, "bob")
    jauge("rescore", "--scorer", low, "--use")
    objected(store, "c-1", FALLBACK, "eve")

    one = of(store)

    assert (one.shown, one.objected) == (1, 1)


def test_what_was_taken_back_is_right_again_and_blind_labels_saw_nothing(store):
    seen(store, "c-1")
    withdraw(store, objected(store, "c-1", FALLBACK))
    put_label(store, "c-2", told(3, blind=True))

    found = precision_of(store)

    assert (of(store).shown, of(store).objected) == (1, 0)
    assert (found.conversations, found.blind) == (1, 1)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            (
                "96.8% right (83.8 to 99.4%)",
                "too few to tell",
                "1 blind label does not count: its points were not seen.",
                "No point has been seen by a reviewer yet.",
            ),
        ),
        (
            "fr",
            (
                "96,8\u202f% justes (83,8 à 99,4\u202f%)",
                "trop peu pour conclure",
                "1 évaluation à l’aveugle ne compte pas\u202f: ses points n’ont "
                "pas été vus.",
                "Aucun point n’a encore été vu par une personne qui évalue.",
            ),
        ),
    ],
)
def test_precision_is_told_in_both_languages(store, jauge, lang, words):
    right, few, blind, empty = words
    assert empty in jauge("label", "--precision", "--lang", lang).out.decode()
    seen(store, *(f"c-{n}" for n in range(29)))
    put_label(store, "c-39", told(3, blind=True))
    before = jauge("label", "--precision", "--lang", lang).out.decode()
    seen(store, "c-29", "c-30")
    objected(store, "c-3", FALLBACK)

    after = jauge("label", "--precision", "--lang", lang).out.decode()

    assert few in before
    line = next(line for line in after.splitlines() if FALLBACK in line)
    assert line.rstrip().endswith(right)
    # The most doubtful comes first.
    assert after.index(FALLBACK) < after.index("user_thanks")
    assert " ".join(blind.split()) in " ".join(after.split())


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_an_interval_holds_its_share_and_stays_inside(right, wrong):
    count = right + wrong

    low, high = wilson(right, count)

    assert 0 <= low <= (right / count if count else 0.5) <= high <= 1


def test_cases_are_silent_where_the_only_point_was_wrong(store, jauge):
    objected(store, "c-1", FALLBACK, why="it is an apology: no fallback")

    run = jauge("label", "--cases", "-o", "cases.yaml")

    assert run.err == ("1 case; 0 left out, as the conversation has changed since.\n")
    found = yaml.safe_load(Path("cases.yaml").read_text("utf-8"))
    assert found["fires"] == []
    (case,) = found["silent"]
    assert (case["signal"], case["lang"]) == (FALLBACK, "en")
    assert case["why"] == "it is an apology: no fallback"
    assert case["chat"][2] == {"bot": "Sorry, I didn't understand.", "at": 120}
    # The case shows the fault: the signal still fires there.
    assert fired(case) == [2]


def fired(case):
    """The events at which the signal of a case fires, read as `test_cases.py` does."""
    own = {"why", "lang", "chat", "at", "lowers"}
    facts = {name: case[name] for name in case if name not in own}
    chat = conversation(*case["chat"], **{"language": case["lang"]} | facts)
    scorer = build_scorer()
    detector = next(one for one in scorer.detectors if one.name == case["signal"])
    return [one.event for one in detector.find(scorer.read(chat))]


def test_other_points_of_the_signal_are_those_that_should_stay(here, jauge):
    one = chat("c-1", 4)
    one["events"] += chat("c-1", 4)["events"][2:]
    write(here / "a.jsonl", one)
    jauge("load", "a.jsonl")
    store = open_store("jauge.db")
    events = [
        part.event
        for part in shown()["c-1"].score.contributions
        if part.signal == FALLBACK
    ]
    objected(store, "c-1", FALLBACK)

    (case,), left_out = cases_of(store, "en", masked=True)

    assert len(events) == 2
    assert (case.at, left_out) == (tuple(events[1:]), 0)
    written = yaml.safe_load("\n".join(case_lines([case], "en")))
    assert written["silent"] == []
    assert written["fires"][0]["at"] == events[1:]


@pytest.mark.parametrize(
    ("lang", "mark", "said"),
    [
        ("en", b"[e-mail]", "Personal data are not masked."),
        ("fr", b"[courriel]", "Les données personnelles ne sont pas masquées."),
    ],
)
def test_personal_data_are_masked_in_cases_unless_told(here, jauge, lang, mark, said):
    write(here / "a.jsonl", chat("c-1", 6, said="lou@post.example"))
    jauge("load", "a.jsonl")
    objected(open_store("jauge.db"), "c-1", FALLBACK, why="ask ann@post.example")

    masked = jauge("label", "--cases", "--lang", lang)
    whole = jauge("label", "--cases", "--no-mask", "--lang", lang)

    assert mark in masked.out
    assert b"post.example" not in masked.out
    assert said not in masked.err
    assert b"lou@post.example" in whole.out
    assert b"ann@post.example" in whole.out
    assert said in whole.err


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "# A case goes into the file of its signal: tests/cases/SIGNAL.yaml."),
        ("fr", "# La place d’un cas est le fichier de son signal\u202f: tests/cases/"),
    ],
)
def test_cases_say_what_they_are_in_the_language_of_the_reader(lang, words):
    written = "\n".join(case_lines([], lang))

    assert words in written
    assert yaml.safe_load(written) == {"fires": [], "silent": []}


def test_an_objection_to_an_earlier_version_is_a_case_of_that_version(here, jauge):
    write(here / "a.jsonl", chat("c-1", 4))
    write(here / "b.jsonl", chat("c-1", 6))
    jauge("load", "a.jsonl")
    store = open_store("jauge.db")
    objected(store, "c-1", FALLBACK)
    jauge("load", "b.jsonl")

    (case,), left_out = cases_of(store, "en", masked=True)

    assert (len(case.chat), left_out) == (4, 0)


def test_a_conversation_that_says_something_else_now_makes_no_case(here, jauge):
    other = chat("c-1", 6)
    other["events"][2]["text"] = "Here you are."
    write(here / "a.jsonl", chat("c-1", 4))
    write(here / "b.jsonl", other)
    jauge("load", "a.jsonl")
    store = open_store("jauge.db")
    objected(store, "c-1", FALLBACK)
    jauge("load", "b.jsonl")

    run = jauge("label", "--cases", "--lang", "fr")

    assert run.err == (
        "0 cas\u202f; 1 laissé de côté, car la conversation a changé depuis.\n"
    )


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


@given(texts, texts)
def test_any_text_is_yaml_and_comes_back(why, text):
    case = Case(FALLBACK, why, "fr", (f"user: {text}", {"bot": text, "at": 1.5}))

    (back,) = yaml.safe_load("\n".join(case_lines([case], "en")))["silent"]

    assert back["why"] == why
    assert back["chat"] == [f"user: {text}", {"bot": text, "at": 1.5}]


def test_every_kind_of_event_comes_back_from_its_line(sample):
    from jauge import read
    from jauge.reviewing.chat_lines import chat_lines

    for chat_ in read(sample):
        events = conversation(*chat_lines(chat_.events)).events
        assert [type(one) for one in events] == [type(one) for one in chat_.events]
        for one, other in zip(events, chat_.events, strict=True):
            assert getattr(one, "role", None) == getattr(other, "role", None)
            assert getattr(one, "text", "") == getattr(other, "text", "").strip()
            assert getattr(one, "choices", ()) == getattr(other, "choices", ())
            assert getattr(one, "target", None) == getattr(other, "target", None)
