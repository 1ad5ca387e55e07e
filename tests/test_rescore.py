"""Scoring again: it adds, shows what would change, and switches only when told."""

from __future__ import annotations

import re

import pytest

from jauge.store.database import open_store
from tests.kept import chat, content, shown, write


@pytest.fixture
def kept(here, jauge, sample):
    jauge("load", sample)
    return here


def test_another_scorer_adds_scores_and_says_what_would_change(kept, jauge, low):
    before = shown()

    run = jauge("rescore", "--scorer", low)

    assert run.status == 0
    told = run.out.decode()
    assert "69 conversations, scored by default@" in told
    assert "Change level: " in told
    assert "By which signals" in told
    assert "The largest differences" in told
    assert "84 scores added for 84 conversations.\nReports still show default@" in (
        run.err
    )
    assert shown() == before
    first, second = open_store("jauge.db").conversation("s-001").scores
    assert first.score.scorer.startswith("default@")
    assert second.score.scorer.startswith("low@")
    assert first.score.value > second.score.value


def without_intervals(told: str) -> str:
    """Leave intervals out: kept customers have other names, and are drawn otherwise."""
    return re.sub(r"\(\S+ to \S+\)", "", told).strip()


def test_the_preview_is_that_of_compare(kept, jauge, low, sample):
    said = jauge("rescore", "--scorer", low).out.decode()
    compared = jauge("compare", sample, "--scorers", f"default,{low}").out.decode()

    assert without_intervals(said) == without_intervals(compared)


def test_use_switches_what_reports_show(kept, jauge, low):
    run = jauge("rescore", "--scorer", low, "--use", "--lang", "fr")

    assert "Les rapports montrent désormais low@" in run.err
    assert open_store("jauge.db").shown_scorer().startswith("low@")
    assert all(one.score.scorer.startswith("low@") for one in shown().values())

    jauge("rescore", "--use")
    assert open_store("jauge.db").shown_scorer().startswith("default@")


def test_scoring_again_twice_adds_nothing(kept, jauge, low):
    jauge("rescore", "--scorer", low)
    before = content()

    run = jauge("rescore", "--scorer", low, "--jobs", 2)

    assert "0 scores added for 84 conversations." in run.err
    assert content() == before


def test_several_processes_score_what_other_programs_wrote(here, jauge, low):
    write(here / "a.jsonl", *(chat(f"c-{n}", 6, extra=1) for n in range(600)))
    jauge("load", "a.jsonl")

    run = jauge("rescore", "--scorer", low, "--jobs", 2)

    assert "600 scores added for 600 conversations." in run.err


def test_the_shown_scorer_has_nothing_to_compare(kept, jauge):
    run = jauge("rescore")

    assert run.status == 0
    assert b"there is nothing to compare" in run.out


def test_a_stored_conversation_scores_as_its_file_does(kept, jauge, low, sample):
    jauge("load", sample, "--db", "other.db", "--scorer", low)

    jauge("rescore", "--scorer", low, "--use")

    assert {k: v.score for k, v in shown().items()} == {
        k: v.score for k, v in shown("other.db").items()
    }


@pytest.mark.parametrize("scorer", ["none", "jauge.db"])
def test_a_scorer_that_is_none_is_one_line(kept, jauge, scorer):
    run = jauge("rescore", "--scorer", scorer)

    assert (run.status, run.err.count("\n")) == (2, 1)


def test_an_empty_store_has_nothing_to_score(here, jauge):
    (here / "empty.jsonl").touch()
    jauge("load", "empty.jsonl")

    run = jauge("rescore")

    assert run.status == 0
    assert "0 scores added for 0 conversations." in run.err


def test_a_store_where_nothing_has_a_score_says_so(here, jauge, low):
    write(here / "a.jsonl", chat("c-1", 1))
    jauge("load", "a.jsonl")

    run = jauge("rescore", "--scorer", low)

    assert run.status == 2
    assert "no conversation has a score" in run.err
