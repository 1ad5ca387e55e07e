"""How long `LiveScore` takes for each event of a long conversation, and if it is right.

`python -m benchmarks.live`. After every event its score must be, to the byte, that of
the open conversation so far, and at the end that of the closed one. CPU time.
"""

from __future__ import annotations

import argparse
import dataclasses
import time
from random import Random
from statistics import median, quantiles
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from benchmarks.chats import language_of, many_chats, print_table
from jauge.live import LiveScore
from jauge.model.conversation import Action, Conversation, Message, Role
from jauge.scorers import build_scorer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jauge.model.conversation import Event
    from jauge.scorer import Scorer

_EVENTS = 200
_SIDES = (Role.USER, Role.BOT)
_MOST_MS = 5


class Lived(NamedTuple):
    """ms of each event, ms of one whole score, and how many scores differ."""

    events: list[float]
    whole: float
    different: int


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=10)
    parser.add_argument("--quick", action="store_true", help="2 conversations")
    options = parser.parse_args()
    count = 2 if options.quick else options.conversations
    print_table(
        f"LiveScore, {count} conversations of {_EVENTS} events in each row",
        "language | median, ms | 99th percentile, ms | longest, ms | whole score, ms"
        " | 99th percentile / whole score | reach | scores that differ",
        live_rows(count),
    )


def live_rows(count: int) -> Iterator[Sequence[str]]:
    """Go through conversations in French, in English, and in both."""
    for languages in (("fr",), ("en",), ("fr", "en")):
        lived = [lives(chat) for chat in long_chats(count, languages)]
        times = [ms for one in lived for ms in one.events]
        whole = median(one.whole for one in lived)
        worst = quantiles(times, n=100)[-1]
        yield (
            " + ".join(languages),
            f"{median(times):.2f}",
            f"{worst:.2f}",
            f"{max(times):.2f}",
            f"{whole:.2f}",
            f"{worst / whole:.2f} ×",
            f"99th < {_MOST_MS} ms, aim 1: {'yes' if worst < _MOST_MS else 'NO'}",
            str(sum(one.different for one in lived)),
        )


def long_chats(count: int, languages: tuple[str, ...]) -> Iterator[Conversation]:
    """Make long conversations of short ones that follow each other in any order."""
    short = [chat for chat in many_chats(500) if language_of(chat) in languages]
    random = Random(1)
    for number in range(count):
        events: list[Event] = []
        while len(events) < _EVENTS:
            events += filter(_is_said, random.choice(short).events)
        language = languages[0] if len(languages) == 1 else None
        yield Conversation(
            id=f"long-{number}", language=language, events=tuple(events[:_EVENTS])
        )


def _is_said(event: Event) -> bool:
    return isinstance(event, Message | Action) and event.role in _SIDES


def lives(chat: Conversation) -> Lived:
    """Give the events one at a time; compare with a scorer that knows none of them."""
    scorer = build_scorer()
    live = LiveScore(chat.id, language=chat.language, scorer=scorer)
    times, scores = [], []
    for event in chat.events:
        started = time.thread_time()
        score = live.add(event)
        times.append((time.thread_time() - started) * 1e3)
        scores.append(score.to_json())
    scores.append(live.close().to_json())
    started = time.thread_time()
    dataclasses.replace(scorer).score(chat)
    whole = (time.thread_time() - started) * 1e3
    different = sum(
        map(bytes.__ne__, scores, _scores(chat, dataclasses.replace(scorer)))
    )
    return Lived(times, whole, different)


def _scores(chat: Conversation, scorer: Scorer) -> Iterator[bytes]:
    for end in range(1, len(chat.events) + 1):
        so_far = replace(chat, events=chat.events[:end], closed=False)
        yield scorer.score(so_far).to_json()
    yield scorer.score(chat).to_json()


if __name__ == "__main__":
    main()
