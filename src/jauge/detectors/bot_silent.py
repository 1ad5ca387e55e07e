"""Signal: the customer's last need was left without an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import USER, Handoff
from jauge.model.signal import Dimension, Signal
from jauge.text.moves import OBJECTIONS, is_answered
from jauge.text.sentences import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.model.turns import Turn
    from jauge.text.reading import Reading

_NO_NEED = (
    "user_thanks", "user_closes", "user_says_goodbye", "user_praises",
    "user_happy_emoji", "user_complains", "user_threatens_to_leave", "user_angry",
    "user_insults", "user_ironic",
)  # fmt: skip

_NEEDS = ("user_asks", "user_says_no", *OBJECTIONS)


class BotSilent(Struct, frozen=True):
    """A closed conversation ends with a need of the customer, and the bot says nothing.

    A need is a question, or at least `least_words` words that carry one where the bot
    asked for them, has not answered yet or was in trouble, or that say no; a closing, a
    thank-you or a last angry word waits for no answer.
    """

    least_words: int = 2
    longest_evidence: int = 80

    name: ClassVar[str] = "bot_silent"
    dimension: ClassVar[Dimension] = Dimension.RESPONSE_TIME
    sign: ClassVar[Literal[-1]] = -1
    needs: ClassVar[frozenset[Need]] = frozenset()
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words(
            "sans réponse", "La dernière demande du client reste sans réponse."
        ),
        "en": Words(
            "no answer", "The customer's last need was left without an answer."
        ),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give the last message that nobody answered."""
        if not reading.conversation.closed or not reading.turns:
            return
        last = reading.turns[-1]
        messages = last.messages
        if last.role is not USER or not messages:
            return
        spoken = reading.said_at(*_NO_NEED)
        handed = any(
            isinstance(event, Handoff) for event in reading.events[last.events[0] :]
        )
        if handed or spoken.intersection(last.events):
            return
        waits = _waits(reading, last)
        for index, message in reversed(messages):
            text = message.text
            if "?" in text or (
                waits and len(reading.content_words(text)) >= self.least_words
            ):
                end = shortened(text, 0, len(text), self.longest_evidence)
                yield Signal(self.name, index, text[:end], (0, end))
                return


def _waits(reading: Reading, last: Turn) -> bool:
    """Say whether the customer's last words may be a need without a question mark."""
    if not last.number or not is_answered(reading, len(reading.turns) - 1):
        return True
    return not reading.said_at(*_NEEDS).isdisjoint(last.events)
