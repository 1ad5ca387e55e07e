"""The bot's part of what an agent took: scored beside the whole, never mixed in."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

import jauge as program
from jauge.store import sqlite, tables
from jauge.store.database import open_store
from tests.kept import chat, content, shown, write


def taken(id_="taken", count=4, **facts):
    """A conversation that an agent takes after the bot."""
    one = chat(id_, count, **facts)
    said = {"type": "message", "role": "agent", "text": "Hello, this is Marc."}
    one["events"].append({**said, "at": "2026-11-02T14:30:00+01:00"})
    return one


@pytest.fixture
def kept(here, jauge):
    """One that an agent took, one taken before anybody spoke, one of the bot alone."""
    write(here / "a.jsonl", taken(), taken("at once", 0), chat("alone", 6))
    jauge("load", "a.jsonl")
    return here


def parts(path="jauge.db"):
    """How many scores there are of each part."""
    with sqlite.reading(open_store(path).engine) as connection:
        found = connection.execute(select(tables.score.c.part)).scalars().all()
    return {part: found.count(part) for part in sorted(set(found))}


def without_parts(path="jauge.db"):
    """Make it as a release before left it."""
    with sqlite.writing(open_store(path).engine) as connection:
        score = tables.score
        connection.execute(delete(score).where(score.c.part == "before_handoff"))


def test_it_is_scored_as_explain_scores_it(kept):
    history = open_store("jauge.db").conversation("taken")

    (whole,), (part,) = history.scores, history.bot_parts
    assert (whole.score.reason, part.score.part) == ("agent", "before_handoff")
    assert part.score == program.score(
        next(iter(program.read(kept / "a.jsonl"))), before_handoff=True
    )
    assert history.kept.score == whole.score


def test_only_what_can_be_scored_has_a_part(kept):
    store = open_store("jauge.db")

    assert parts() == {"before_handoff": 1, "whole": 3}
    assert store.conversation("at once").bot_parts == ()
    assert store.conversation("alone").bot_parts == ()
    assert {id_: one.score.status for id_, one in shown().items()} == {
        "taken": "not_scored", "at once": "not_scored", "alone": "scored",
    }  # fmt: skip


def test_loading_again_adds_nothing(kept, jauge):
    before = content()

    run = jauge("load", "a.jsonl")

    assert "3 read: 0 new, 0 longer, 3 unchanged; 0 scored" in run.err
    assert content() == before


def test_a_longer_version_has_a_part_of_its_own(kept, jauge):
    write(kept / "b.jsonl", taken(count=6))
    jauge("load", "b.jsonl")

    first, second = open_store("jauge.db").conversation("taken").bot_parts

    assert (first.events, second.events) == (5, 7)
    assert first.score.value < second.score.value


def test_another_scorer_scores_it_too(kept, jauge, low):
    run = jauge("rescore", "--scorer", low)

    assert "3 scores added for 3 conversations." in run.err
    assert "of the bot's part" not in run.err
    first, second = open_store("jauge.db").conversation("taken").bot_parts
    assert second.score.scorer.startswith("low@")
    assert first.score.value > second.score.value


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ": 1 score of the bot's part added, where an agent took part.\n"),
        ("fr", "\u202f: 1 score de la partie du robot ajouté, où un conseiller a"),
    ],
)
def test_a_database_loaded_before_gets_it_when_scored_again(kept, jauge, lang, said):
    before = content()
    without_parts()

    open_store("jauge.db")
    jauge("load", "a.jsonl")
    assert parts() == {"whole": 3}

    run = jauge("rescore", "--lang", lang)
    assert said in run.err
    assert content() == before

    assert said not in jauge("rescore", "--lang", lang).err
    assert content() == before


def test_it_is_asked_for_over_many_batches(here, jauge):
    write(here / "a.jsonl", *(taken(f"c-{n}", 3) for n in range(1100)))
    jauge("load", "a.jsonl")
    without_parts()
    store = open_store("jauge.db")
    (scorer,) = store.scorers()
    assert len(list(store.without_bot_part(scorer))) == 1100

    jauge("rescore", "--jobs", "2")

    assert parts() == {"before_handoff": 1100, "whole": 1100}
    assert list(store.without_bot_part(scorer)) == []


def test_it_is_forgotten_with_its_conversation(kept, jauge):
    run = jauge("forget", "--conversation", "taken")

    assert run.out.decode().startswith("Erased: conversations 1, scores 2")
    assert parts() == {"whole": 2}
