"""Signal: the bot leaves the customer with no way on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.protocol import Need, Words, shown
from jauge.model.conversation import USER
from jauge.model.signal import Dimension, Signal
from jauge.text.fold import fold
from jauge.text.sentences import sentences_of
from jauge.text.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.model.turns import Turn
    from jauge.text.reader import Said
    from jauge.text.reading import Reading

# A condition leaves the way open: « si le problème persiste, contactez … ».
_CONDITION = re.compile(
    r"\b(?:si|sinon|en cas|pour toute?|if|should you|otherwise|in case|for any)\b"
)
_NO_ANSWER = (
    "bot_dead_end", "bot_fails", "bot_fallback", "bot_apologizes", "bot_closes",
    "bot_refuses_person", "bot_neutral",
)  # fmt: skip


class BotDeadEnd(Struct, frozen=True):
    """Nothing more to do here, call elsewhere, look for yourself: and nothing else.

    A turn with choices, a question, a person offered, or at least `answer` words that
    are no refusal leaves a way on.
    """

    answer: int = 8
    person: float = 0.6

    name: ClassVar[str] = "bot_dead_end"
    dimension: ClassVar[Dimension] = Dimension.EASE
    sign: ClassVar[Literal[-1]] = -1
    needs: ClassVar[frozenset[Need]] = frozenset({"words"})
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words("impasse", "Le bot laisse le client sans issue."),
        "en": Words("dead end", "The bot leaves the customer with no way on."),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give the strongest such words of each turn that holds nothing else."""
        found: dict[int, Said] = {}
        for said in reading.said.get(self.name, ()):
            at = reading.turn_at[said.event]
            held = found.get(at)
            if held is None or held.strength < said.strength:
                found[at] = said
        for at, said in found.items():
            asked = any(turn.role is USER for turn in reading.turns[:at])
            if asked and not self._leads_on(reading, at):
                yield shown(self.name, said)

    def _leads_on(self, reading: Reading, at: int) -> bool:
        turn = reading.turns[at]
        if any(message.choices for _, message in turn.messages):
            return True
        dead = [
            said
            for said in reading.said.get(self.name, ())
            if reading.turn_at[said.event] == at
        ]
        offered = any(
            said.event in turn.events
            and said.strength >= self.person
            and not any(_overlap(one, said) for one in dead)
            for said in reading.said.get("bot_mentions_person", ())
        )
        return offered or self._answers(reading, turn, dead)

    def _answers(self, reading: Reading, turn: Turn, dead: list[Said]) -> bool:
        """Say whether the turn asks, answers, or means a condition only."""
        refusals = [said for name in _NO_ANSWER for said in reading.said.get(name, ())]
        words = 0
        for index, message in turn.messages:
            for start, end in sentences_of(message.text):
                here = [
                    said
                    for said in refusals
                    if said.event == index and start <= said.start < end
                ]
                folded = fold(message.text[start:end]).text
                asks = folded.rstrip().endswith("?")
                if not here:
                    words += len(words_of(folded))
                elif any(one in dead for one in here):
                    asks = asks or _CONDITION.search(folded) is not None
                else:
                    asks = False
                if asks:
                    return True
        return words >= self.answer


def _overlap(one: Said, other: Said) -> bool:
    """Say whether two phrases share words: the dead end itself names the person."""
    return one.event == other.event and one.start < other.end and other.start < one.end
