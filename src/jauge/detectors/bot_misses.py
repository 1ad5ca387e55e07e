"""Signal: the bot answers beside the question, and does not say so itself."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.leaning import Lean
from jauge.detectors.protocol import Need, Words
from jauge.model.signal import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.model.signal import Signal
    from jauge.text.reading import Reading


_LEANS = Lean("misses"), Lean("unreplied")


class BotMisses(Struct, frozen=True):
    """An answer that misses, told by its words, its flags and the customer's reply.

    One that owns up is `bot_fallback`, one that only comes again `bot_repeats`.
    """

    leans: tuple[Lean, ...] = _LEANS

    name: ClassVar[str] = "bot_misses"
    dimension: ClassVar[Dimension] = Dimension.UNDERSTANDING
    sign: ClassVar[Literal[-1]] = -1
    needs: ClassVar[frozenset[Need]] = frozenset({"words"})
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words(
            "répond probablement à côté",
            "Le bot répond probablement à côté de la demande.",
        ),
        "en": Words("probably misses", "The bot probably answers beside the question."),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give each answer that leans to missing; its longest sentence shows it."""
        known = {echo.event for echo in reading.echoes}
        known |= reading.said_at("bot_fallback")
        leans = (lean.found(self.name, reading) for lean in self.leans)
        for signal in itertools.chain.from_iterable(leans):
            if signal.event is not None:
                turn = reading.turns[reading.turn_at[signal.event]]
                flagged = any(message.fallback for _, message in turn.messages)
                if not flagged and known.isdisjoint(turn.events):
                    yield signal
