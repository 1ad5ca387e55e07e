"""Read many conversations, each step over all of them at once.

That is faster than one by one; what is read in one never depends on the others.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, TypeVar

from jauge.model.conversation import BOT, USER
from jauge.text.facts import Facts
from jauge.text.leanings import MISSES, UNREPLIED, Leanings
from jauge.text.nearness import nearness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jauge.text.heads import Heads
    from jauge.text.reading import Reading

# So many messages at once: each takes some kilobytes.
_AT_ONCE = 1024
_Item = TypeVar("_Item")


def read_all(readings: Sequence[Reading]) -> None:
    """Read what will surely be asked for."""
    for reading in readings:
        reading.said  # noqa: B018 - works it out, with all that it asks for
    read = [reading for reading in readings if reading.is_read]
    if read:
        heads = read[0].reader.tables.heads
        for reading, leanings in zip(read, leanings_of(read, heads), strict=True):
            reading.leanings = leanings


def leanings_of(readings: Sequence[Reading], heads: Heads) -> list[Leanings]:
    """Give the leanings of readings; those of one never depend on the others.

    What still stands of an earlier reading of a conversation is kept.
    """
    held = []
    for reading in readings:
        before = reading.last.leanings if reading.last else None
        leanings = Leanings(reading, heads.heads, before)
        if reading.last:
            shown = reading.last.shown.items()
            reading.shown = {name: found[: leanings.done] for name, found in shown}
        reading.last = None
        held.append(Facts(reading, leanings, heads.names["user"]))
    compare([one.leanings for one in held])
    _lean_answers(held, heads)
    _lean_messages(held, heads)
    _lean_misses(held, heads)
    return [one.leanings for one in held]


def compare(held: Sequence[Leanings]) -> None:
    """Compare each turn of the customers with the last ones before it."""
    texts = [one.uncompared() for one in held]
    near = iter(nearness(list(itertools.chain.from_iterable(texts))))
    for one, compared in zip(held, texts, strict=True):
        one.compared(list(itertools.islice(near, len(compared))))


def _lean_answers(held: Sequence[Facts], heads: Heads) -> None:
    """Ask about the turns of the bot, by their words and what stands before them."""
    turns = [
        (one, at, turn.events[0])
        for one in held
        for at, turn in one.leanings.turns_of(BOT)
    ]
    for some in _batches(turns):
        words = [one.leanings.words[at] for one, at, _ in some]
        facts = [one.bot_facts(at) for one, at, _ in some]
        for name, found in heads.leanings("bot", words, facts).items():
            for (one, at, event), leaning in zip(some, found, strict=True):
                one.leanings.put(name, at, event, leaning)


def _lean_messages(held: Sequence[Facts], heads: Heads) -> None:
    """Ask about the messages of the customers, each for itself."""
    for some in _batches(_messages(held)):
        for name, found in heads.leanings(
            "user", [words for *_, words, _ in some], [facts for *_, facts in some]
        ).items():
            for (one, at, event, *_), leaning in zip(some, found, strict=True):
                one.leanings.put(name, at, event, leaning)


def _messages(
    held: Iterable[Facts],
) -> Iterator[tuple[Facts, int, int, list[str], dict[str, int]]]:
    """Give the customers' messages: turn, event, words and facts."""
    for one in held:
        for at, turn in one.leanings.turns_of(USER):
            known = one.user_facts(at)
            for index, message in turn.messages:
                words = one.reading.texts[index].words
                facts = known | one.message_facts(at, index, message)
                yield one, at, index, words, facts


def _lean_misses(held: Sequence[Facts], heads: Heads) -> None:
    """Ask about the turns of the bot again, with what the customers made of them."""
    replied: list[tuple[Facts, int]] = []
    waiting: list[tuple[Facts, int]] = []
    for one in held:
        last = len(one.reading.turns) - 1
        for at in one.leanings.unjudged():
            waits = at == last and not one.reading.conversation.closed
            (waiting if waits else replied).append((one, at))
    for name, facts_at, turns in (
        (MISSES, Facts.miss_facts, replied),
        (UNREPLIED, Facts.unreplied_facts, waiting),
    ):
        for some in _batches(turns):
            found = heads.leaning(name, [facts_at(one, at) for one, at in some])
            for (one, at), leaning in zip(some, found, strict=True):
                event = one.reading.turns[at].events[0]
                one.leanings.put(name, at, event, leaning)


def _batches(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    """Cut many items into lists of some."""
    rest = iter(items)
    while some := list(itertools.islice(rest, _AT_ONCE)):
        yield some
