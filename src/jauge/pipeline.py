"""The whole program in one screen: conversations in, scores out, in order."""

from __future__ import annotations

import functools
import itertools
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from jauge import plugins
from jauge.model.conversation import Conversation  # noqa: TC001 - for the examples
from jauge.model.rejected import Rejected
from jauge.scorers import load_scorer
from jauge.text.phrases import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jauge.model.score import Score
    from jauge.scorer import Scorer

CHUNK = 64
HEAVY = 4 * 1024 * 1024
_AHEAD = 3
_In = TypeVar("_In")
_Out = TypeVar("_Out")


class ScorerSpec(NamedTuple):
    """What names a scorer in another process: a name or path, and own phrases."""

    name: str = "default"
    own_phrases: tuple[Phrase, ...] = ()


@functools.lru_cache(maxsize=8)
def scorer_of(spec: ScorerSpec = ScorerSpec()) -> Scorer:  # noqa: B008 - a frozen value
    """Load a scorer once a process, with the detectors of installed plugins.

    Raises:
        UsageError: no such scorer, or a faulty file or list.
        PluginError: a plugin cannot be loaded.
    """
    return load_scorer(
        spec.name, own_phrases=spec.own_phrases, plugins=plugins.detectors()
    )


def score(
    conversation: Conversation,
    *,
    scorer: Scorer | None = None,
    before_handoff: bool = False,
) -> Score:
    """Score one conversation.

    With `before_handoff`, a conversation that an agent took is scored up to there.

    >>> told = [("user", "Where is my parcel?"), ("bot", "Sorry, I didn't get that.")]
    >>> found = score(Conversation.of(told))
    >>> tenths = sum(part.tenths for part in found.contributions)
    >>> found.status, found.base + tenths / 10 == found.value
    ('scored', True)
    """
    return (scorer or scorer_of()).score(conversation, before_handoff=before_handoff)


def score_many(
    conversations: Iterable[Conversation | Rejected],
    *,
    scorer: ScorerSpec | None = None,
    before_handoff: bool = False,
    jobs: int = 1,
) -> Iterator[Score | Rejected]:
    """Score a stream, in order; what was rejected passes through.

    `jobs` processes share the work; the scores are the same with any number.

    >>> bad = Rejected("a.jsonl", 1, "$", "not JSON", "")
    >>> chats = [Conversation.of([("bot", "Hello!")]), bad]
    >>> [getattr(found, "status", "rejected") for found in score_many(chats)]
    ['not_scored', 'rejected']
    """
    spec = scorer or ScorerSpec()
    work = functools.partial(_score_chunk, spec=spec, before_handoff=before_handoff)
    return in_order(work, conversations, jobs=jobs)


def _score_chunk(
    items: list[Conversation | Rejected], *, spec: ScorerSpec, before_handoff: bool
) -> list[Score | Rejected]:
    good = [item for item in items if not isinstance(item, Rejected)]
    scores = iter(scorer_of(spec).score_all(good, before_handoff=before_handoff))
    return [item if isinstance(item, Rejected) else next(scores) for item in items]


def in_order(
    work: Callable[[list[_In]], list[_Out]],
    items: Iterable[_In],
    *,
    jobs: int = 1,
    weigh: Callable[[_In], int] | None = None,
) -> Iterator[_Out]:
    """Do work chunk by chunk, in this process or in `jobs` others, keeping the order.

    A chunk ends at `CHUNK` items, or earlier when their weights reach `HEAVY`; only a
    few chunks are ahead of the reader, so memory does not grow with the input.
    """
    chunks = _chunks(iter(items), weigh)
    if jobs <= 1:
        for part in chunks:
            yield from work(part)
        return
    with ProcessPoolExecutor(jobs) as pool:
        waiting = deque(
            pool.submit(work, part) for part in itertools.islice(chunks, jobs * _AHEAD)
        )
        while waiting:
            done = waiting.popleft().result()
            for part in itertools.islice(chunks, 1):
                waiting.append(pool.submit(work, part))
            yield from done


def _chunks(
    source: Iterator[_In], weigh: Callable[[_In], int] | None
) -> Iterator[list[_In]]:
    part: list[_In] = []
    weight = 0
    for item in source:
        part.append(item)
        weight += weigh(item) if weigh else 0
        if len(part) == CHUNK or weight >= HEAVY:
            yield part
            part, weight = [], 0
    if part:
        yield part
