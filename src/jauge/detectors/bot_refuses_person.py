"""Signal: a person was asked for and refused, talked away or not answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.protocol import Need, Words, shown
from jauge.model.conversation import BOT
from jauge.model.signal import Dimension, Signal
from jauge.text.sentences import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.text.reading import Reading


class BotRefusesPerson(Struct, frozen=True):
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
        """Give each refusal: by the hand-off itself, in words, or by silence."""
        for index, handoff in reading.handoffs:
            if handoff.state == "refused":
                yield Signal(self.name, index, "handoff refused")
        if not reading.requests:
            return
        first = next(iter(reading.requests))
        for said in reading.said.get(self.name, ()):
            if said.event > first:
                yield shown(self.name, said)
        # After a hand-off of any state, the hand-off itself tells.
        last_handoff = reading.handoffs[-1][0] if reading.handoffs else -1
        answered = reading.said_at("bot_mentions_person", self.name)
        for index in reading.requests:
            if index > last_handoff:
                yield from self._talked_away(reading, index, answered)

    def _talked_away(
        self, reading: Reading, asked: int, answered: frozenset[int]
    ) -> Iterator[Signal]:
        at = reading.turn_at.get(asked, len(reading.turns)) + 1
        if at >= len(reading.turns) or reading.turns[at].role is not BOT:
            return
        turn = reading.turns[at]
        if not answered.isdisjoint(turn.events):
            return
        for index, message in turn.messages:
            text = message.text
            end = shortened(text, 0, len(text), self.longest_evidence)
            if end:
                evidence = message.text[:end]
                yield Signal(self.name, index, evidence, (0, end), self.talked_away)
                return
