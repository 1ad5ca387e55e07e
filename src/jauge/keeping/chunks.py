"""One chunk of records: parsed, looked up, scored where needed, made into rows."""

from __future__ import annotations

import functools
import itertools
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jauge.importers.finished import conversations
from jauge.model.conversation import Conversation
from jauge.model.rejected import Rejected
from jauge.model.scale import Scale
from jauge.pipeline import scorer_of
from jauge.ratings import Origin, OwnRatings
from jauge.scorer import ScorerSpec
from jauge.settings import ReadOptions
from jauge.store import sqlite
from jauge.store.customers import without_customer, without_customer_in_text
from jauge.store.lookup import known
from jauge.store.rows import change_of, conversation_row, rejected_row, version_of
from jauge.store.writing import Item, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Engine

    from jauge.importers.protocol import Importer, Record
    from jauge.model.score import Score
    from jauge.scorer import Scorer
    from jauge.store.lookup import Known
    from jauge.store.rows import Row


class ChunkPlan(NamedTuple):
    """What is done with a chunk; sent to every process."""

    options: ReadOptions
    spec: ScorerSpec
    scale: Scale
    path: Path
    key: bytes
    replace: bool = False


class Seen(NamedTuple):
    """A conversation as it is kept; only its id is left of it besides."""

    item: Item
    bare: Conversation


class Chunk(NamedTuple):
    """What the records of a chunk became."""

    seen: list[Seen]
    refusals: list[Refusal]
    rejected: list[Rejected]


def joined(chunks: list[Chunk]) -> Chunk:
    """Make one chunk of several."""
    parts = zip(*chunks, strict=True)
    seen, refusals, rejected = (list(itertools.chain(*part)) for part in parts)
    return Chunk(seen, refusals, rejected)


@functools.lru_cache(maxsize=4)
def _engine(path: Path) -> Engine:
    """Keep what looks up a store, with the questions that it has prepared."""
    return sqlite.engine_of(path)


def chunk_of(items: list[tuple[Importer, Record] | Rejected], plan: ChunkPlan) -> Chunk:
    """Make what is kept of records; what the store has already is not scored again."""
    engine, key = _engine(plan.path), plan.key
    parsed = [pair for item in items for pair in _parsed(item, plan.options)]
    refused = [(one, data) for one, data in parsed if isinstance(one, Rejected)]
    kept = [
        without_customer(one, key) for one, _ in parsed if isinstance(one, Conversation)
    ]
    rows = [conversation_row(one) for one in kept]
    scorer = scorer_of(plan.spec)
    with sqlite.reading(engine) as connection:
        found = known(connection, [row["id"] for row in rows], scorer.id)
    needed = [_needs_score(row, found.get(row["id"]), plan) for row in rows]
    wanted = [one for one, is_needed in zip(kept, needed, strict=True) if is_needed]
    scores = scorer.score_all(wanted)
    made = zip(scores, bot_parts(scorer, wanted, scores), strict=True)
    seen = [
        _seen(one, row, next(made) if is_needed else (None, None), plan.scale)
        for one, row, is_needed in zip(kept, rows, needed, strict=True)
    ]
    refusals = [_refusal(one, data, key) for one, data in refused]
    return Chunk(seen, refusals, [one for one, _ in refused])


def _parsed(
    item: tuple[Importer, Record] | Rejected, options: ReadOptions
) -> list[tuple[Conversation | Rejected, bytes]]:
    """Make the conversations of a record, each with the bytes that it was read from."""
    if isinstance(item, Rejected):
        return [(item, b"")]
    return [(one, item[1].data) for one in conversations(*item, options)]


def _needs_score(row: Row, before: Known | None, plan: ChunkPlan) -> bool:
    """Say whether a conversation is taken, or not scored by this scorer yet."""
    if before is None:
        return True
    change = change_of(version_of(row), before.version)
    if change == "unchanged":
        return row["content"] == before.version.content and not before.is_scored
    return change == "longer" or plan.replace


def bot_parts(
    scorer: Scorer, conversations: Sequence[Conversation], scores: Sequence[Score]
) -> list[Score | None]:
    """Score the bot's part of those that an agent took; None where that cannot be."""
    taken = [index for index, score in enumerate(scores) if score.reason == "agent"]
    made: list[Score | None] = [None] * len(scores)
    if taken:
        parts = scorer.score_all(
            [conversations[index] for index in taken], before_handoff=True
        )
        for index, part in zip(taken, parts, strict=True):
            made[index] = part if part.status == "scored" else None
    return made


def _seen(
    one: Conversation,
    row: Row,
    scores: tuple[Score | None, Score | None],
    scale: Scale,
) -> Seen:
    points = OwnRatings(Origin(scale=scale)).judgement(one)
    ratings = () if points is None else (("own", points),)
    whole, part = scores
    return Seen(Item(row, whole, ratings, part), Conversation(id=one.id, events=()))


def _refusal(rejected: Rejected, data: bytes, key: bytes) -> Refusal:
    without, customers = without_customer_in_text(rejected, key, data)
    return Refusal(rejected_row(without), customers)
