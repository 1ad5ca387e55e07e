"""The whole program in one screen: conversations in, scores out, in order."""

from __future__ import annotations

import functools
import itertools
import signal
import threading
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from jauge import plugins
from jauge.errors import UsageError
from jauge.model.conversation import Conversation  # noqa: TC001 - for the examples
from jauge.model.rejected import Rejected
from jauge.scorer import Scorer, ScorerSpec
from jauge.scorers import DEFAULT, build_scorer
from jauge.text.own import own_phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from jauge.model.score import Score

CHUNK = 64
HEAVY = 4 * 1024 * 1024
_AHEAD = 3
_In = TypeVar("_In")
_Out = TypeVar("_Out")


@functools.lru_cache(maxsize=8)
def scorer_of(spec: ScorerSpec = DEFAULT) -> Scorer:
    """Load a scorer once a process, with the detectors of installed plugins.

    Raises:
        UsageError: no such scorer, or a faulty file or list.
        PluginError: a plugin cannot be loaded.
    """
    return build_scorer(spec, plugins=plugins.detectors())


def load_scorer(
    name: str = "default",
    *,
    phrases: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
) -> Scorer:
    """Load a scorer: `default`, or a scorer file, with phrases of your own.

    `phrases` is language → list → phrases, as in `jauge.toml`. Detectors of installed
    packages are part of it.

    Raises:
        UsageError: no such scorer, or its file is faulty.
        ListError: a phrase or its list is faulty.
        PluginError: a plugin cannot be loaded, or its signal has no weight.

    >>> load_scorer().name
    'default'
    """
    spec = ScorerSpec(name, own_phrases(phrases or {}))
    if name == DEFAULT.name:
        return scorer_of(spec)
    # The file may be another by now: calibrated again, or edited.
    return build_scorer(spec, plugins=plugins.detectors())


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
    scorer: Scorer | None = None,
    before_handoff: bool = False,
    jobs: int = 1,
) -> Iterator[Score | Rejected]:
    """Score a stream, in order; what was rejected passes through.

    `jobs` processes share the work; the scores are the same with any number.

    Raises:
        UsageError: with several jobs, a scorer that was not made by `load_scorer`:
            another process could not load the same one.

    >>> bad = Rejected("a.jsonl", 1, "$", "not JSON", "")
    >>> chats = [Conversation.of([("bot", "Hello!")]), bad]
    >>> [getattr(found, "status", "rejected") for found in score_many(chats)]
    ['not_scored', 'rejected']
    """
    chosen = scorer or scorer_of()
    if jobs > 1 and scorer_of(chosen.spec).id != chosen.id:
        msg = f"{chosen.id}: not a scorer of load_scorer(). Use jobs=1 with it."
        raise UsageError(msg)
    sent = chosen if jobs <= 1 else chosen.spec
    work = functools.partial(_score_chunk, scorer=sent, before_handoff=before_handoff)
    return in_order(work, conversations, jobs=jobs)


def _score_chunk(
    items: list[Conversation | Rejected],
    *,
    scorer: Scorer | ScorerSpec,
    before_handoff: bool,
) -> list[Score | Rejected]:
    chosen = scorer if isinstance(scorer, Scorer) else scorer_of(scorer)
    good = [item for item in items if not isinstance(item, Rejected)]
    scores = iter(chosen.score_all(good, before_handoff=before_handoff))
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
    # One process alone needs none of this, and it is slow to import.
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs, initializer=_leave_interrupts) as pool:

        def submitted(part: list[_In]) -> Future[list[_Out]]:
            with _interrupts_later():
                return pool.submit(work, part)

        waiting = deque(map(submitted, itertools.islice(chunks, jobs * _AHEAD)))
        while waiting:
            done = waiting.popleft().result()
            waiting.extend(map(submitted, itertools.islice(chunks, 1)))
            yield from done


def _leave_interrupts() -> None:
    """Leave Ctrl-C, which the terminal sends to all processes, to the first of them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _interrupts_later() -> Iterator[None]:
    """Let Ctrl-C wait: where a process is forked, Python drops what is raised."""
    ends_here = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not ends_here or threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if came:
        raise KeyboardInterrupt


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
