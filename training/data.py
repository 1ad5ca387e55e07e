"""The labelled conversations of `../shared/data`, as ours, in two parts.

Two thirds are worked on, one third is only reported on, by the SHA-1 of the id: for
own-chats and the English sets the third that divides by 3 is kept; of wmt24-chat-fr
only the third that divides by 3 may be worked on, and every figure is on the others.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from jauge.model.conversation import Conversation, Message, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
Part = Literal["work", "report"]
_ENGLISH_SETS = ("star", "uss-sgd", "uss-mwoz", "uss-redial", "convai2-wild")
MADE = Path(__file__).parent / "chats"
MARKS = ("negative", "positive", "thanks", "repeat", "missed", "loop", "human")
OWN_MARKS = (*MARKS, "sarcastic", "confused", "insult")
_THIRDS = 3


class Labelled(NamedTuple):
    """A conversation, the set it belongs to, its marks by event, its 1-5 judgement."""

    set: str
    language: str
    part: Part
    conversation: Conversation
    marks: Mapping[str, frozenset[int]]
    judgement: float


def part_of(conversation_id: str, *, worked_on: bool) -> Part:
    """Say which part an id falls into; `worked_on`: the larger part is worked on."""
    digest = hashlib.sha1(conversation_id.encode(), usedforsecurity=False).hexdigest()
    kept = int(digest, 16) % _THIRDS == 0
    return "report" if kept == worked_on else "work"


def demand_data() -> None:
    """Stop with one line when the data are not here."""
    if not DATA.is_dir():
        sys.exit(f"{DATA} is not here: figures on labelled data cannot be measured.")


@functools.cache
def own_chats() -> tuple[Labelled, ...]:
    """Give our own conversations; `own-hard*` is one set, the eight sectors another."""
    packed = (DATA / "own-chats" / "chats.jsonl.gz").read_bytes()
    return tuple(_own(line) for line in gzip.decompress(packed).splitlines())


def _own(line: bytes) -> Labelled:
    conversation = msgspec.json.decode(line, type=Conversation)
    labels = json.loads(line)["labels"]
    return Labelled(
        "own-hard" if conversation.id.startswith("own-hard") else "own",
        (conversation.language or "")[:2],
        part_of(conversation.id, worked_on=True),
        conversation,
        _marks(labels),
        float(labels["satisfaction"]),
    )


@functools.cache
def made_chats() -> tuple[Labelled, ...]:
    """Give the short chats that were written to train on; they are never a proof.

    Those of `again-*`, for needs said again alone, are a set of their own, and so are
    those of `both-*`, which say the same in both languages, line by line.
    """
    found: list[Labelled] = []
    for path in sorted(MADE.glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            chat = _own(line)
            name = path.stem.rpartition("-")[0] or "made"
            found.append(chat._replace(set=name, part="work"))
    return tuple(found)


def sector_of(chat: Labelled) -> str:
    """Name what is left out together: a sector of own-chats, else a whole set."""
    if chat.set.startswith("own"):
        return chat.conversation.id.rpartition("-")[0]
    return chat.set.partition(" ")[0]


def second_reader() -> dict[str, dict[str, frozenset[int]]]:
    """Give the marks of the independent reader of own-chats, by conversation."""
    lines = (DATA / "own-chats" / "readings.jsonl").read_text("utf-8").splitlines()
    return {(row := json.loads(line))["id"]: _marks(row) for line in lines}


def second_reader_says() -> dict[str, float]:
    """Give the 1-5 judgement of the independent reader of own-chats."""
    lines = (DATA / "own-chats" / "readings.jsonl").read_text("utf-8").splitlines()
    return {(row := json.loads(line))["id"]: float(row["overall"]) for line in lines}


def three_readers() -> dict[str, float]:
    """Give the mean of the three readers of the French support chats."""
    path = DATA / "reader-labels" / "wmt24-chat-fr-ratings.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return {row["id"]: fmean(row["overall"]) for row in rows}


def _marks(labels: Mapping[str, object]) -> dict[str, frozenset[int]]:
    return {
        mark: frozenset(found)
        if isinstance(found := labels.get(mark), list)
        else frozenset()
        for mark in OWN_MARKS
    }


def public_sets() -> Iterator[Labelled]:
    """Give the public sets that our readers marked; wmt24-chat-fr in both languages."""
    for name in _ENGLISH_SETS:
        yield from _public(name, "en", "text", worked_on=True)
    yield from _public("wmt24-chat-fr", "fr", "text", worked_on=False)
    yield from _public("wmt24-chat-fr", "en", "text_en", worked_on=False)


def _public(
    name: str, language: str, field: str, *, worked_on: bool
) -> Iterator[Labelled]:
    lines = (
        (DATA / "reader-labels" / f"{name}-marks.jsonl").read_text("utf-8").splitlines()
    )
    readings = {(row := json.loads(line))["id"]: row for line in lines}
    file = "train.jsonl.gz" if name.startswith("wmt") else "dialogues.jsonl.gz"
    with gzip.open(DATA / name / file) as stream:
        for line in stream:
            row = json.loads(line)
            reading = readings.get(row["id"])
            if reading is not None:
                yield Labelled(
                    name
                    if language == "en" and field == "text"
                    else f"{name} ({language})",
                    language,
                    part_of(row["id"], worked_on=worked_on),
                    _conversation(row, field, language),
                    _marks(reading),
                    float(reading["overall"]),
                )


def _conversation(
    row: Mapping[str, list[dict[str, str]]], field: str, language: str
) -> Conversation:
    events = tuple(
        Message(role=Role(turn["role"]), text=turn.get(field) or "")
        for turn in row["turns"]
    )
    return Conversation(id=str(row["id"]), language=language, events=events)
