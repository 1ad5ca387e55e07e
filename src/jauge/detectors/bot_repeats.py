"""Signals: the bot says the same thing again, and goes round in circles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.protocol import Need, Words
from jauge.model.signal import Dimension, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.text.reading import Reading


class BotRepeats(Struct, frozen=True):
    """Most of a bot turn was said before: once `bot_repeats`, more is `bot_loops`."""

    name: str
    words: Mapping[str, Words]
    least: int
    most: int

    dimension: ClassVar[Dimension] = Dimension.EASE
    sign: ClassVar[Literal[-1]] = -1
    needs: ClassVar[frozenset[Need]] = frozenset()

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give the longest sentence said again, of each turn that repeats."""
        for echo in reading.echoes:
            if self.least <= echo.times <= self.most:
                start, end = echo.place
                evidence = reading.text_of(echo.event)[start:end]
                yield Signal(self.name, echo.event, evidence, echo.place)


BUILTIN: tuple[BotRepeats, ...] = (
    BotRepeats(
        "bot_repeats",
        {
            "fr": Words("se répète", "Le bot redit la même chose."),
            "en": Words("repeats itself", "The bot says the same thing again."),
        },
        least=1,
        most=1,
    ),
    BotRepeats(
        "bot_loops",
        {
            "fr": Words("tourne en rond", "Le bot tourne en rond."),
            "en": Words("loops", "The bot goes round in circles."),
        },
        least=2,
        most=1_000_000,
    ),
)
