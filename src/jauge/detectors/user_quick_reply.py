"""Signal: the customer takes a choice that the bot offered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.protocol import Need, Words
from jauge.model.signal import Dimension, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.text.reading import Reading


class UserQuickReply(Struct, frozen=True):
    """A quick reply, or a message that reads exactly as a choice just offered.

    Choosing to speak to a person is a request for a person, and not this.
    """

    name: ClassVar[str] = "user_quick_reply"
    dimension: ClassVar[Dimension] = Dimension.ENGAGEMENT
    sign: ClassVar[Literal[1]] = 1
    needs: ClassVar[frozenset[Need]] = frozenset()
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words("choisit", "Le client prend un choix proposé."),
        "en": Words("takes a choice", "The customer takes a choice that was offered."),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give each choice taken, in the order of events."""
        replies = [
            Signal(self.name, index, action.target or action.action)
            for index, action in reading.actions.get("quick_reply", ())
        ]
        typed = [
            Signal(self.name, index, message.text, (0, len(message.text)))
            for at in reading.choices
            if at < len(reading.turns)
            for index, message in reading.turns[at].messages
            if reading.takes_choice(index)
        ]
        for signal in replies + typed:
            if not reading.asks_for_person(signal.evidence):
                yield signal
