"""Signal: the bot says that it did not take the need, by its own flag or in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.protocol import Need, Words, shown
from jauge.model.signal import Dimension, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.text.reader import Said
    from jauge.text.reading import Reading


class BotFallback(Struct, frozen=True):
    """The bot falls back. One that answers a thank-you or a goodbye hurts nobody."""

    name: ClassVar[str] = "bot_fallback"
    dimension: ClassVar[Dimension] = Dimension.UNDERSTANDING
    sign: ClassVar[Literal[-1]] = -1
    needs: ClassVar[frozenset[Need]] = frozenset()
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words("n’a pas compris", "Le bot n’a pas compris la demande."),
        "en": Words("did not understand", "The bot did not understand."),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give the words where there are some, else the flag."""
        said: dict[int, list[Said]] = {}
        for found in reading.said.get(self.name, ()):
            said.setdefault(found.event, []).append(found)
        for at in sorted(reading.trouble):
            if reading.is_closing(at - 1):
                continue
            for index, message in reading.turns[at].messages:
                for found in said.get(index, ()):
                    yield shown(self.name, found, 1.0 if message.fallback else None)
                if message.fallback and index not in said:
                    yield Signal(self.name, index, "fallback")
