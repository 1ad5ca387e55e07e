"""Signal: the bot's first answer to the customer's need is taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.leaning import seems_to_miss, sounds_ironic
from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import USER, Action
from jauge.model.signal import Dimension, Signal
from jauge.text.moves import is_answered, objects
from jauge.text.sentences import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.model.turns import Turn
    from jauge.text.reading import Reading

_TAKING = ("user_accepts", "user_thanks", "user_praises", "user_happy_emoji")


class BotHelpsAtOnce(Struct, frozen=True):
    """The turn after the first need was an answer, and the customer took it.

    Taken is what is thanked for, praised, smiled at or built upon, and does not seem
    beside the need. A click on a choice is a need as well as words are; the first words
    are the last need that counts. It stands at the answer and shows how that begins:
    what shows it being taken is a signal of the customer's own.
    """

    longest_evidence: int = 60

    name: ClassVar[str] = "bot_helps_at_once"
    dimension: ClassVar[Dimension] = Dimension.UNDERSTANDING
    sign: ClassVar[Literal[1]] = 1
    needs: ClassVar[frozenset[Need]] = frozenset({"words"})
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words(
            "aide d’emblée", "Dès sa première réponse, le bot donne ce qu’il faut."
        ),
        "en": Words("helps at once", "The bot’s first answer gives what was needed."),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give the first answer that was taken, if it is the first one."""
        for at, turn in enumerate(reading.turns[:-2]):
            if turn.role is not USER:
                continue
            spoken = bool(reading.content_of(turn))
            if (spoken or _picks(reading, turn)) and _is_taken(reading, at + 2):
                answer = reading.turns[at + 1]
                if not _seems_missed(reading, answer):
                    yield self._signal(answer)
                return
            if spoken:
                return

    def _signal(self, answer: Turn) -> Signal:
        index, text = next((i, one.text) for i, one in answer.messages if one.text)
        end = shortened(text, 0, len(text), self.longest_evidence)
        return Signal(self.name, index, text[:end], (0, end))


def _is_taken(reading: Reading, at: int) -> bool:
    """Say whether turn `at` takes the answer before it."""
    if not is_answered(reading, at):
        return False
    if at in reading.moves:
        return True
    turn = reading.turns[at]
    if any(sounds_ironic(reading, event) for event in turn.events):
        return False
    taking = reading.said_at(*_TAKING)
    return not taking.isdisjoint(turn.events) and not objects(reading, turn)


def _seems_missed(reading: Reading, answer: Turn) -> bool:
    """Say whether the answer has not what was asked for, or a head calls it beside."""
    if not reading.said_at("bot_lacks").isdisjoint(answer.events):
        return True
    return seems_to_miss(reading, answer.events)


def _picks(reading: Reading, turn: Turn) -> bool:
    """Say whether a customer's turn takes a button or a choice."""
    return any(
        type(reading.events[index]) is Action or reading.takes_choice(index)
        for index in turn.events
    )
