"""Signals: the bot says the same thing again, and goes round in circles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import Role
from jauge.model.signal import Dimension, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jauge.model.turns import Turn
    from jauge.text.reading import Reading

_SENTENCE = re.compile(r"[^.!?\n]+")
_MIN_WORDS = 4


@dataclass(frozen=True, slots=True)
class BotRepeats:
    """Most of a bot turn was said before: once (`bot_repeats`) or more (`bot_loops`).

    A turn repeats when at least `share` of its letters stand in sentences that an
    earlier turn had too; polite closings ("anything else?") do not count.
    """

    name: str
    words: Mapping[str, Words]
    times: tuple[int, int]
    share: float = 0.5

    dimension: ClassVar[Dimension] = Dimension.EASE
    sign: ClassVar[Literal[-1]] = -1
    needs: ClassVar[frozenset[Need]] = frozenset()

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give the longest repeated sentence of each turn that repeats."""
        heard: dict[str, int] = {}
        least, most = self.times
        for turn in reading.turns:
            if turn.role is not Role.BOT:
                continue
            sentences = list(_sentences(reading, turn))
            again = [(key, heard[key], event, place) for key, event, place in sentences if key in heard]
            for key in dict.fromkeys(key for key, _, _ in sentences):
                heard[key] = heard.get(key, 0) + 1
            letters = sum(len(key) for key, _, _ in sentences)
            if not again or sum(len(key) for key, _, _, _ in again) < self.share * letters:
                continue
            count = max(times for _, times, _, _ in again)
            if least <= count <= most:
                _, _, event, (start, end) = max(again, key=_weight)
                text = reading.messages_text(event)
                yield Signal(self.name, event, text[start:end], (start, end))


def _weight(row: tuple[str, int, int, tuple[int, int]]) -> int:
    return len(row[0])


def _sentences(reading: Reading, turn: Turn) -> Iterator[tuple[str, int, tuple[int, int]]]:
    """Give the sentences of a bot turn that say something: key, event, place."""
    closings = {found.event: found for found in reading.said.get("bot_closes", ())}
    for index, message in reading.messages(turn):
        folded = reading.reader.text(message.text).folded
        for match in _SENTENCE.finditer(folded.text):
            words = match.group().split()
            closing = closings.get(index)
            if len(words) < _MIN_WORDS:
                continue
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            end = match.end() - (len(match.group()) - len(match.group().rstrip()))
            place = folded.place(start, end)
            if closing is not None and place[0] <= closing.start < place[1]:
                continue
            yield " ".join(words), index, place


BUILTIN: tuple[BotRepeats, ...] = (
    BotRepeats(
        "bot_repeats",
        {
            "fr": Words("se répète", "Le robot redit la même chose."),
            "en": Words("repeats itself", "The bot says the same thing again."),
        },
        (1, 1),
    ),
    BotRepeats(
        "bot_loops",
        {
            "fr": Words("tourne en rond", "Le robot tourne en rond."),
            "en": Words("loops", "The bot goes round in circles."),
        },
        (2, 1_000_000),
    ),
)
