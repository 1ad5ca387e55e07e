"""Signal: the bot answers with a low confidence that it did not own up to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import BOT
from jauge.model.signal import Dimension, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.text.reading import Reading


class BotUnsure(Struct, frozen=True):
    """A confidence below `sure` on a turn that is no fallback (`accuracy-shop.md` 2).

    An answer to a thank-you or a goodbye needs no intent.
    """

    sure: float = 0.65
    lost: float = 0.3

    name: ClassVar[str] = "bot_unsure"
    dimension: ClassVar[Dimension] = Dimension.UNDERSTANDING
    sign: ClassVar[Literal[-1]] = -1
    needs: ClassVar[frozenset[Need]] = frozenset({"confidence"})
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words("peu sûr", "Le bot répond sans être sûr d’avoir compris."),
        "en": Words("unsure", "The bot answers without being sure that it understood."),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give the messages of low confidence; full strength at `lost` and below."""
        spoken = reading.said_at("bot_fallback")
        for at, turn in enumerate(reading.turns):
            if turn.role is not BOT:
                continue
            unsure = [
                (index, message.confidence)
                for index, message in turn.messages
                if message.confidence is not None and message.confidence < self.sure
            ]
            if not unsure or reading.is_closing(at - 1):
                continue
            if any(
                message.fallback or index in spoken for index, message in turn.messages
            ):
                continue
            for index, sure in unsure:
                strength = min(1.0, (self.sure - sure) / (self.sure - self.lost))
                yield Signal(self.name, index, f"confidence {sure:g}", None, strength)
