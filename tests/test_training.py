"""What detectors learn from is whole, and apart from what they are tried on."""

import doctest
import json
from pathlib import Path

import pytest

from training import dictionary

ROOT = Path(__file__).parents[1]
CHATS = sorted((ROOT / "training" / "chats").glob("*.jsonl"))
PAIRS = {name: ROOT / name / "pairs.tsv" for name in ("training", "benchmarks")}
OF_USERS = {
    "negative", "positive", "thanks", "repeat", "human", "sarcastic", "confused",
    "insult",
}  # fmt: skip
OF_BOTS = {"missed", "loop"}


def rows(name: str) -> list[list[str]]:
    lines = PAIRS[name].read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and line[0] != "#"]


@pytest.mark.parametrize("path", CHATS, ids=lambda path: path.stem)
def test_marks_of_made_chats_stand_at_messages_of_their_side(path):
    for line in path.read_text("utf-8").splitlines():
        chat = json.loads(line)
        roles = [event.get("role") for event in chat["events"]]
        for mark, events in chat["labels"].items():
            side = "user" if mark in OF_USERS else "bot" if mark in OF_BOTS else None
            if side:
                assert {roles[event] for event in events} <= {side}, chat["id"]


def test_made_chats_have_ids_of_their_own():
    ids = [
        json.loads(line)["id"]
        for path in CHATS
        for line in path.read_text("utf-8").splitlines()
    ]

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", PAIRS)
def test_pairs_are_a_third_of_each_kind(name):
    kinds = [row[1] for row in rows(name)]

    assert all(len(row) == 4 for row in rows(name))
    assert all(
        abs(kinds.count(kind) - len(kinds) / 3) <= 2
        for kind in ("same", "other", "apart")
    )


def test_no_pair_is_both_tuned_on_and_tried():
    tuned, tried = ({tuple(row[2:]) for row in rows(name)} for name in PAIRS)

    assert tuned.isdisjoint(tried)


def test_examples_of_the_dictionary_run():
    assert doctest.testmod(dictionary).failed == 0
