"""Signal: the bot says that it did not take the need, by its own flag or in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from jauge.detectors.protocol import Need, Words, shown
from jauge.model.conversation import Message
from jauge.model.signal import Dimension, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jauge.text.reading import Reading


@dataclass(frozen=True, slots=True)
class BotFallback:
    """The bot falls back. One that answers a thank-you or a goodbye hurts nobody."""

    name: ClassVar[str] = "bot_fallback"
    dimension: ClassVar[Dimension] = Dimension.UNDERSTANDING
    sign: ClassVar[Literal[-1]] = -1
    needs: ClassVar[frozenset[Need]] = frozenset()
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words("n’a pas compris", "Le robot n’a pas compris la demande."),
        "en": Words("did not understand", "The bot did not understand."),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give the words where there are some, else the flag."""
        said = {
            found.event: found for found in reversed(reading.said.get(self.name, ()))
        }
        for at in sorted(reading.trouble):
            turn = reading.turns[at]
            events = [
                index
                for index in turn.events
                if index in said or _flagged(reading, index)
            ]
            if not events or reading.is_closing(at - 1):
                continue
            for index in events:
                strength = 1.0 if _flagged(reading, index) else said[index].strength
                if index in said:
                    yield shown(self.name, said[index], strength)
                else:
                    yield Signal(self.name, index, "fallback")


def _flagged(reading: Reading, index: int) -> bool:
    event = reading.events[index]
    return isinstance(event, Message) and event.fallback is True
