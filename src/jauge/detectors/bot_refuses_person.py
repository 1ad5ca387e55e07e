"""Signal: a person was asked for and refused, talked away or not answered."""

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
class BotRefusesPerson:
    """The hand-off was refused, or the bot's next turn does not even name a person."""

    talked_away: float = 0.7
    longest_evidence: int = 80

    name: ClassVar[str] = "bot_refuses_person"
    dimension: ClassVar[Dimension] = Dimension.EASE
    sign: ClassVar[Literal[-1]] = -1
    needs: ClassVar[frozenset[Need]] = frozenset()
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words(
            "refuse une personne", "Le client n’obtient pas la personne demandée."
        ),
        "en": Words(
            "refuses a person", "The customer does not get the person asked for."
        ),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give each refusal, by the hand-off itself, in words, or by silence about it."""
        for index, event in enumerate(reading.events):
            if isinstance(event, Handoff) and event.state == "refused":
                yield Signal(self.name, index, "handoff refused")
        asked = _requests(reading)
        refusals = reading.said.get(self.name, ())
        for found in refusals:
            if any(index < found.event for index in asked):
                yield shown(self.name, found)
        refused = {reading.turn_at[found.event] for found in refusals}
        for index in asked:
            yield from self._talked_away(reading, index, refused)

    def _talked_away(
        self, reading: Reading, asked: int, refused: set[int]
    ) -> Iterator[Signal]:
        at = reading.turn_at[asked] + 1
        if at >= len(reading.turns) or at in refused:
            return
        turn = reading.turns[at]
        if turn.role is not Role.BOT or _is_handed_over(reading, asked):
            return
        if reading.said_at("bot_mentions_person").intersection(turn.events):
            return
        for index, message in turn.messages:
            end = min(len(message.text), self.longest_evidence)
            if end:
                yield Signal(
                    self.name, index, message.text[:end], (0, end), self.talked_away
                )
                return


def _requests(reading: Reading) -> list[int]:
    """Give the events in which the customer asks for a person."""
    said = reading.said_at("user_asks_for_person")
    return [
        index
        for index, event in enumerate(reading.events)
        if index in said
        or (
            isinstance(event, Action)
            and event.role is Role.USER
            and index in reading.turn_at
            and event.target is not None
            and reading.asks_for_person(event.target)
        )
    ]


def _is_handed_over(reading: Reading, asked: int) -> bool:
    """Say whether a hand-off of any state follows: then the hand-off itself tells."""
    return any(isinstance(event, Handoff) for event in reading.events[asked:])
