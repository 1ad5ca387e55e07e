"""Signal: the customer asks for a person, in words, by a button or by the hand-off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.protocol import Need, Words, shown
from jauge.model.signal import Dimension, Signal
from jauge.text.reader import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.text.reading import Reading


class UserAsksForPerson(Struct, frozen=True):
    """The customer wants a human. A hand-off counts when no words before it do.

    Who asks for one at once, with nothing tried, does not judge the bot: `at_once` of
    the strength.
    """

    at_once: float = 0.4

    name: ClassVar[str] = "user_asks_for_person"
    dimension: ClassVar[Dimension] = Dimension.EASE
    sign: ClassVar[Literal[-1]] = -1
    needs: ClassVar[frozenset[Need]] = frozenset()
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words("veut une personne", "Le client demande à parler à une personne."),
        "en": Words("wants a person", "The customer asks for a person."),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give each request."""
        for index, asked in reading.requests.items():
            if isinstance(asked, Said):
                part = self.at_once if _is_first(reading, index) else 1.0
                yield shown(self.name, asked, asked.strength * part)
            else:
                yield Signal(self.name, index, asked)
        for index, handoff in reading.handoffs:
            if handoff.state == "requested":
                if not any(asked < index for asked in reading.requests):
                    yield Signal(self.name, index, "handoff requested")
                return


def _is_first(reading: Reading, index: int) -> bool:
    """Say whether an event stands in the customer's first turn."""
    return not reading.turns[reading.turn_at[index]].number
