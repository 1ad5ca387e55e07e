"""Signals: the tone of the customer's words, and of the bot's, warm or cold.

A turn's tone is the sum of its words' over the root of their number, in thousandths of
the usual spread; only what stands out counts, and what lists tell of does not: thanks,
praise, goodbyes, apologies have signals of their own. What was learnt is the words'
tone (`jauge.text.tone`): its evidence is the words that weigh most.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.leaning import FEW_WORDS, sounds_ironic
from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import BOT, USER, Role
from jauge.model.signal import Dimension, Signal
from jauge.text.cold import is_cold, is_warm
from jauge.text.moves import says_not_served
from jauge.text.phrases import Side
from jauge.text.turnwise import in_turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jauge.model.turns import Turn
    from jauge.text.reading import Reading
    from jauge.text.toned import Toned

_ROLES: Mapping[Side, Role] = {"user": USER, "bot": BOT}


class ToneSignal(Struct, frozen=True):
    """The tone of one side, a signal for each turn that stands out.

    Up to `least` a turn sounds like any other; at `full` its strength is 1. What is
    fainter than `faintest` is not shown.
    """

    name: str
    side: Side
    words: Mapping[str, Words]
    least: int = 500
    full: int = 2500
    faintest: float = 0.05

    dimension: ClassVar[Dimension] = Dimension.SENTIMENT
    sign: ClassVar[Literal[0]] = 0
    needs: ClassVar[frozenset[Need]] = frozenset({"words"})

    def find(self, reading: Reading) -> Iterable[Signal]:
        """Give a signal for each turn that sounds warm or cold."""
        if not reading.is_read:
            return ()
        return in_turns(reading, self.name, _ROLES[self.side], self._in_turn)

    def _in_turn(self, reading: Reading, at: int, turn: Turn) -> Iterator[Signal]:
        # The customer's first words tell the need: nobody has answered them yet.
        first = 1 if self.side == "user" else 0
        if turn.messages and turn.number >= first:
            read, language = reading.reader.toned, reading.languages[at]
            texts = [reading.texts[index] for index, _ in turn.messages]
            said = [read(text, language, self.side) for text in texts]
            strength = self._strength(said)
            if strength and not self._is_ironic(turn, reading, strength):
                found = self._shown(turn, said, reading, strength)
                if found is not None:
                    yield found

    def _strength(self, said: Iterable[Toned]) -> float:
        total = count = 0
        for toned in said:
            total += toned.total
            count += toned.count
        size = abs(total) / math.sqrt(count + 1)
        strength = (size - self.least) / (self.full - self.least)
        if strength < self.faintest:
            return 0.0
        return math.copysign(min(1.0, strength), total)

    def _is_ironic(self, turn: Turn, reading: Reading, strength: float) -> bool:
        """Say whether warm words of the customer are not meant.

        Few right after the bot's trouble are not, nor those that a head calls ironic,
        nor any beside a no to "did that help?".
        """
        if self.side != "user" or strength < 0:
            return False
        if any(sounds_ironic(reading, index) for index, _ in turn.messages):
            return True
        if says_not_served(reading, reading.turn_at[turn.events[0]]):
            return True
        if not reading.after_trouble(turn.events[0]):
            return False
        count = sum([len(reading.texts[index].words) for index, _ in turn.messages])
        ironic = reading.said_at("user_ironic")
        return count <= FEW_WORDS or not ironic.isdisjoint(turn.events)

    def _shown(
        self, turn: Turn, said: Iterable[Toned], reading: Reading, strength: float
    ) -> Signal | None:
        """Show the words that weigh most that way: the first, where several do."""
        sign = 1 if strength > 0 else -1
        best, place, event = 0, (0, 0), -1
        for (index, _), toned in zip(turn.messages, said, strict=True):
            weight, found = toned.heaviest(sign)
            if weight > best:
                best, place, event = weight, found, index
        if event < 0:
            return None
        folded = reading.texts[event].folded
        if sign > 0 and reading.reader.is_negated(
            folded.text, place[0], reading.languages[reading.turn_at[event]]
        ):
            return None
        start, end = folded.place(*place)
        silent = is_cold if sign > 0 else is_warm
        if self.side == "user" and silent(reading, event, (start, end)):
            return None
        text = reading.text_of(event)[start:end]
        return Signal(self.name, event, text, (start, end), strength)


BUILTIN = (
    ToneSignal(
        "user_tone",
        "user",
        {
            "fr": Words(
                "ton du client",
                "Les mots du client sonnent chaleureux.",
                "Les mots du client sonnent froids.",
            ),
            "en": Words(
                "customer's tone",
                "The customer's words sound warm.",
                "The customer's words sound cold.",
            ),
        },
    ),
    ToneSignal(
        "bot_tone",
        "bot",
        {
            "fr": Words(
                "ton du bot",
                "Les mots du bot annoncent de l’aide.",
                "Les mots du bot annoncent un refus ou un obstacle.",
            ),
            "en": Words(
                "bot's tone",
                "The bot's words sound like help.",
                "The bot's words sound like a refusal or an obstacle.",
            ),
        },
        # A hint beside what its lists tell: a whole spread, or nothing.
        least=1000,
    ),
)
