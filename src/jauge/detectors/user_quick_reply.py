"""Signal: the customer takes a choice that the bot offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import Action, Message, Role
from jauge.model.signal import Dimension, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jauge.text.reading import Reading


@dataclass(frozen=True, slots=True)
class UserQuickReply:
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
        """Give each choice taken."""
        for index, event in enumerate(reading.events):
            if isinstance(event, Action):
                if event.action == "quick_reply" and event.role is Role.USER:
                    text = event.target or event.action
                    if not reading.asks_for_person(text):
                        yield Signal(self.name, index, text)
            elif isinstance(event, Message) and event.role is Role.USER:
                if reading.takes_choice(index) and not reading.asks_for_person(event.text):
                    yield Signal(self.name, index, event.text, (0, len(event.text)))
