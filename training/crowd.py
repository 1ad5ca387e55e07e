"""The public sets with judgements of customers or hired raters, as ours.

Seven of them count (m7): four of USS, convai2-wild, star, maia-dqe; the others are
only reported on. maia-dqe is measured, never learnt from: its licence forbids more.
"""

from __future__ import annotations

import functools
import gzip
import json
from collections.abc import Mapping
from statistics import fmean
from typing import NamedTuple

from jauge.model.conversation import Conversation, Message, Role
from training.data import DATA

M7 = (
    "uss-sgd",
    "uss-mwoz",
    "uss-redial",
    "uss-ccpe",
    "convai2-wild",
    "star",
    "maia-dqe",
)
USS = M7[:4]
APART = ("ab-redial", "dstc9", "topical-chat")
# Nothing is learnt from these: their licence forbids it, or it was measured to harm.
ONLY_MEASURED = frozenset({"maia-dqe", "wmt24-chat-fr", "dstc9", "topical-chat"})
# Below this mean (at or below for convai2-wild) a conversation counts as dissatisfied.
_DISSATISFIED = {
    "convai2-wild": 2.5,
    "star": 1.0,
    "maia-dqe": 4.0,
    "dstc9": 4.0,
    "topical-chat": 5.0,
    "ab-redial": 3.5,
}
_USS_DISSATISFIED = 3.0
_LONGEST = 80


class Rated(NamedTuple):
    """A conversation, its set, its mean judgement on the set's own scale.

    `turns` has the mean rating of the customer's messages that have one, by event;
    `votes` what each of several raters said of the whole.
    """

    set: str
    conversation: Conversation
    judgement: float
    dissatisfied: bool
    turns: Mapping[int, float]
    votes: tuple[float, ...]


@functools.cache
def rated(name: str) -> tuple[Rated, ...]:
    """Give the rated conversations of a set.

    The judgement of star is the mean of helpful, not annoyed and task done; that of
    maia-dqe the mean quality of its turns; else the mean of the raters' 1 to 5.
    """
    found: list[Rated] = []
    with gzip.open(DATA / name / "dialogues.jsonl.gz") as stream:
        for line in stream:
            row = json.loads(line)
            judgement = _judgement(name, row)
            if judgement is not None:
                found.append(_rated(name, row, judgement))
    return tuple(found)


def _rated(name: str, row: Mapping[str, object], judgement: float) -> Rated:
    turns: list[dict[str, object]] = row["turns"][:_LONGEST]  # type: ignore[index]
    events = tuple(
        Message(role=Role(str(turn["role"])), text=str(turn["text"] or ""))
        for turn in turns
    )
    votes: list[float] = row.get("overall_ratings") or []  # type: ignore[assignment]
    marks = {
        at: fmean(turn["ratings"])  # type: ignore[arg-type]
        for at, turn in enumerate(turns)
        if turn["role"] == "user" and turn.get("ratings")
    }
    return Rated(
        name,
        Conversation(id=str(row["id"]), language="en", events=events),
        judgement,
        judgement < _DISSATISFIED.get(name, _USS_DISSATISFIED),
        marks,
        tuple(map(float, votes)),
    )


def _judgement(name: str, row: Mapping[str, object]) -> float | None:
    if name == "star":
        return _star(row.get("labels") or {})  # type: ignore[arg-type]
    if name == "maia-dqe":
        turns: list[dict[str, dict[str, float]]] = row["turns"]  # type: ignore[assignment]
        told = [(turn.get("quality") or {}).get("iq") for turn in turns]
    else:
        told = row.get("overall_ratings") or []  # type: ignore[assignment]
    votes = [float(vote) for vote in told if vote is not None]
    return fmean(votes) if votes else None


def _star(labels: Mapping[str, object]) -> float | None:
    told: list[float] = []
    annoyed, helpful = (
        labels.get("wizard_says_user_annoyed"),
        labels.get("user_says_helpful"),
    )
    done: list[bool] = labels.get("user_says_task_done") or []  # type: ignore[assignment]
    if annoyed is not None:
        told.append(0.0 if annoyed else 1.0)
    if helpful is not None:
        told.append(1.0 if helpful else 0.0)
    if done:
        told.append(fmean(done))
    return fmean(told) if told else None


def both_sides(name: str, file: str) -> list[tuple[Conversation, Conversation]]:
    """Give the conversations of a parallel set, in French and in English."""
    found = []
    with gzip.open(DATA / name / file) as stream:
        for line in stream:
            row = json.loads(line)
            pair = [
                Conversation(
                    id=row["id"],
                    language=language,
                    events=tuple(
                        Message(role=Role(turn["role"]), text=turn.get(field) or "")
                        for turn in row["turns"]
                    ),
                )
                for language, field in (("fr", "text"), ("en", "text_en"))
            ]
            found.append((pair[0], pair[1]))
    return found
