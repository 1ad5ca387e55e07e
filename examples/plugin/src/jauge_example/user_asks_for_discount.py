"""Signal: the customer asks for a discount, and so thinks of buying."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import Role
from jauge.model.signal import Dimension, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jauge.text.reading import Reading


@dataclass(frozen=True, slots=True)
class UserAsksForDiscount:
    """One of a few words about prices, in a question; once a message."""

    wanted: str = "discount coupon promo voucher rabais remise réduction"
    weight: float = 0.8

    name: ClassVar[str] = "user_asks_for_discount"
    dimension: ClassVar[Dimension] = Dimension.ENGAGEMENT
    sign: ClassVar[Literal[1]] = 1
    needs: ClassVar[frozenset[Need]] = frozenset({"words"})
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words("demande un rabais", "Le client demande un rabais."),
        "en": Words("asks for a discount", "The customer asks for a discount."),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give the first such word of each question of the customer."""
        wanted = reading.content_words(self.wanted)
        for turn in reading.turns:
            if turn.role is not Role.USER:
                continue
            for index, message in turn.messages:
                places = reading.reader.places_of(message.text, wanted)
                if places and "?" in message.text:
                    start, end = places[0]
                    yield Signal(
                        self.name, index, message.text[start:end], (start, end)
                    )
