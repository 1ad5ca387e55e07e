"""Signal: the customer asks for a person, in words, by a button or by the hand-off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from jauge.detectors.protocol import Need, Words, shown
from jauge.model.conversation import Action, Handoff, Role
from jauge.model.signal import Dimension, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jauge.text.reading import Reading


@dataclass(frozen=True, slots=True)
class UserAsksForPerson:
    """The customer wants a human. A hand-off counts when no words before it do."""

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
        said = {
            found.event: found for found in reversed(reading.said.get(self.name, ()))
        }
        asked = False
        for index, event in enumerate(reading.events):
            if index in said:
                asked = True
                yield shown(self.name, said[index])
            elif isinstance(event, Action) and event.role is Role.USER:
                if event.target and reading.asks_for_person(event.target):
                    asked = True
                    yield Signal(self.name, index, event.target)
            elif (
                isinstance(event, Handoff) and event.state == "requested" and not asked
            ):
                asked = True
                yield Signal(self.name, index, "handoff requested")
