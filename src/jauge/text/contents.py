"""What turns hold: their words, the stems that carry a need, the phrases of lists."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from jauge.model.conversation import USER
from jauge.text.fact_table import FULL
from jauge.text.fold import fold
from jauge.text.reader import stem
from jauge.text.words import words_of as split

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jauge.model.conversation import Message
    from jauge.model.turns import Turn
    from jauge.text.reader import Said
    from jauge.text.reading import Reading

_FEW_WORDS, _MANY_WORDS = 2, 30
# Words of thanks, praise and goodbye carry no need.
_MOODS = (
    "user_thanks", "user_closes", "user_says_goodbye", "user_praises", "user_ironic",
)  # fmt: skip
# A long text says what it is about in its first words.
_MOST_WORDS = 200


def content_of(turn: Turn, reading: Reading) -> frozenset[str]:
    """Give the stems of a turn that carry a need, or meet one."""
    if turn.role is USER:
        return reading.content_of(turn)
    content, texts = reading.reader.content_words, reading.texts
    said = [content(texts[index]) for index, _ in turn.messages if index in texts]
    return said[0] if len(said) == 1 else frozenset().union(*said)


class Contents:
    """The stems that carry a need, of the customer's turns that were asked for.

    Those of `before`, an earlier reading, `stand` while the words of mood are the same.
    """

    def __init__(self, reading: Reading, before: Contents | None = None) -> None:
        said = [one.words for name in _MOODS for one in reading.said.get(name, ())]
        self.moods = frozenset(map(stem, split(fold(" ".join(said)).text)))
        self.known: dict[int, frozenset[str]] = {}
        self.stand = before is not None and before.moods == self.moods
        if before is not None and self.stand:
            first = reading.turns[: reading.kept]
            same = sum([turn.role is USER for turn in first])
            self.known = {at: one for at, one in before.known.items() if at < same}

    def of(self, turn: Turn, reading: Reading) -> frozenset[str]:
        """Give the stems of a turn of the reading."""
        known = self.known.get(turn.number)
        if known is None:
            read = reading.reader.content_words
            said = [read(reading.texts[index]) for index in reading.needs(turn)]
            known = said[0] if len(said) == 1 else frozenset().union(*said)
            known = self.known[turn.number] = known - self.moods
        return known


def said_before(reading: Reading) -> dict[str, list[Said]]:
    """Give what the last reading found in the turns that are kept, if it stands."""
    last, kept = reading.last, reading.kept
    if last is None or last.languages[:kept] != reading.languages[:kept]:
        return {}
    rest = reading.turns[kept:]
    end = rest[0].events[0] if rest else len(reading.events)
    return {
        name: before
        for name, found in last.said.items()
        if (before := [one for one in found if one.event < end])
    }


def words_of(messages: Sequence[tuple[int, Message]], reading: Reading) -> list[str]:
    """Give the first words of messages, in order."""
    texts = reading.texts
    if len(messages) == 1 and messages[0][0] in texts:
        words = texts[messages[0][0]].words
        return words if len(words) <= _MOST_WORDS else words[:_MOST_WORDS]
    said = (texts[index].words for index, _ in messages if index in texts)
    return list(itertools.islice(itertools.chain.from_iterable(said), _MOST_WORDS))


def strengths_in(reading: Reading, since: int = 0) -> Mapping[int, Mapping[str, int]]:
    """Give the strongest phrase of each list at each event, in thousandths.

    Only the events from `since` on are looked at.
    """
    found: dict[int, dict[str, int]] = {}
    for name, said in reading.said.items():
        for one in said:
            if one.event < since:
                continue
            here = found.setdefault(one.event, {})
            here[name] = max(here.get(name, 0), round(FULL * one.strength))
    return found


def facts_of(
    messages: Iterable[tuple[int, Message]],
    words: Sequence[str],
    lists: Mapping[int, Mapping[str, int]],
) -> dict[str, int]:
    """Say what messages hold: phrases of lists, marks, how long they are."""
    many = min(len(words), _MANY_WORDS)
    facts = {"length": FULL * many // _MANY_WORDS}
    if len(words) <= _FEW_WORDS:
        facts["short"] = FULL
    for index, message in messages:
        for name, strength in lists.get(index, {}).items():
            facts[name] = max(strength, facts.get(name, 0))
        text = message.text
        if "?" in text:
            facts["asks"] = FULL
            if "??" in text:
                facts["insists"] = FULL
        if "..." in text or "…" in text:
            facts["trails off"] = FULL
        if message.choices:
            facts["offers"] = FULL
    return facts
