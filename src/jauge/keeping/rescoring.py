"""Score a whole store by another scorer, and set both side by side."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from jauge.comparison import Pair, compare_pairs
from jauge.errors import UsageError
from jauge.keeping.chunks import bot_parts
from jauge.model.conversation import Conversation
from jauge.model.customer import customer_number
from jauge.pipeline import CHUNK, in_order, scorer_of
from jauge.store.kept import ScorerFacts
from jauge.store.rows import Row, identity
from jauge.store.scorers import put_scores, show_scorer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jauge.comparison import Compared
    from jauge.model.score import Score
    from jauge.scorer import ScorerSpec
    from jauge.store.database import Store
    from jauge.store.kept import Kept


@dataclass
class Rescored:
    """What a re-scoring added, and how its scores differ from those that are shown.

    `parts` counts what was scored already but for the bot's part; `compared` is None
    where there is nothing to compare.
    """

    shown: str
    scorer: str
    added: int = 0
    count: int = 0
    parts: int = 0
    is_switched: bool = False
    compared: Compared | None = None


def rescore(
    store: Store, spec: ScorerSpec, *, jobs: int = 1, use: bool = False
) -> Rescored:
    """Add scores by a scorer to all conversations; none that is there is replaced.

    Raises:
        StoreError: the store cannot be written.
        UsageError: the store is empty, or nothing in it has a score.
    """
    scorer = scorer_of(spec)
    shown = store.shown_scorer()
    if shown is None:
        msg = f"{store.path}: no conversation yet. Load some: jauge load FILE"
        raise UsageError(msg)
    result = Rescored(shown, scorer.id)
    facts = ScorerFacts(scorer.id, scorer.name, scorer.judge)
    # First what was scored before the bot's part was: the rest gets both at once.
    missing = map(_waiting, store.without_bot_part(scorer.id))
    bots = functools.partial(_score_parts, spec=spec)
    for part in _parts(in_order(bots, missing, jobs=jobs)):
        result.parts += len(part)
        put_scores(store, facts, part)
    work = functools.partial(_score_chunk, spec=spec)
    waiting = _counted(store.latest(scorer.id), result)
    for part in _parts(in_order(work, waiting, jobs=jobs)):
        result.added += put_scores(store, facts, part)
    if shown != scorer.id:
        result.compared = compare_pairs(
            _pairs(store, shown, scorer.id), (shown, scorer.id)
        )
    if use:
        show_scorer(store, scorer.id)
        result.is_switched = True
    return result


class _Waiting(NamedTuple):
    """A conversation to be scored; what tells its version is lost on other processes.

    Only the bytes that it was read from tell it, and they are not sent.
    """

    row: Row
    conversation: Conversation


def _waiting(conversation: Conversation) -> _Waiting:
    return _Waiting(identity(conversation), conversation)


def _counted(found: Iterable[Kept], result: Rescored) -> Iterator[_Waiting]:
    for one in found:
        result.count += 1
        if one.score is None:
            yield _waiting(one.conversation)


def _score_chunk(items: list[_Waiting], *, spec: ScorerSpec) -> list[tuple[Row, Score]]:
    conversations = [item.conversation for item in items]
    scorer = scorer_of(spec)
    scores = scorer.score_all(conversations)
    parts = bot_parts(scorer, conversations, scores)
    return [
        (item.row, score)
        for item, *both in zip(items, scores, parts, strict=True)
        for score in both
        if score is not None
    ]


def _score_parts(items: list[_Waiting], *, spec: ScorerSpec) -> list[tuple[Row, Score]]:
    conversations = [item.conversation for item in items]
    scores = scorer_of(spec).score_all(conversations, before_handoff=True)
    return [
        (item.row, score)
        for item, score in zip(items, scores, strict=True)
        if score.status == "scored"
    ]


def _parts(scored: Iterable[tuple[Row, Score]]) -> Iterator[list[tuple[Row, Score]]]:
    part = []
    for one in scored:
        part.append(one)
        if len(part) == CHUNK:
            yield part
            part = []
    if part:
        yield part


def _pairs(store: Store, shown: str, scorer: str) -> Iterator[Pair]:
    """Give both scores of each conversation that has both."""
    for before, after in store.both(shown, scorer):
        if before.score is not None and after.score is not None:
            owner = customer_number(before.conversation)
            yield Pair((before.score, after.score), owner)
