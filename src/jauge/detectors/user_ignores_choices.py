"""Signal: the customer types past the buttons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import USER, Action
from jauge.model.signal import Dimension, Signal
from jauge.text.reader import plain
from jauge.text.sentences import shortened
from jauge.text.turnwise import in_turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jauge.model.turns import Turn
    from jauge.text.reading import Reading


class UserIgnoresChoices(Struct, frozen=True):
    """Choices were offered, and what the customer types is none of them.

    Typing the word or the number of a choice takes it; so does a click. Thanks and
    goodbyes need no button; nor does the first message, whatever a menu welcomes with.
    """

    longest_evidence: int = 80

    name: ClassVar[str] = "user_ignores_choices"
    dimension: ClassVar[Dimension] = Dimension.EASE
    sign: ClassVar[Literal[-1]] = -1
    needs: ClassVar[frozenset[Need]] = frozenset()
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words(
            "ignore les choix", "Le client écrit au lieu de prendre un choix proposé."
        ),
        "en": Words(
            "types past buttons", "The customer types instead of taking a choice."
        ),
    }

    def find(self, reading: Reading) -> Iterable[Signal]:
        """Give the first message of each turn that goes past the choices."""
        return in_turns(reading, self.name, USER, self._in_turn)

    def _in_turn(self, reading: Reading, at: int, turn: Turn) -> Iterator[Signal]:
        choices = reading.choices.get(at)
        if turn.number and choices and not _is_taken(reading, turn, choices):
            index, message = turn.messages[0]
            text = message.text
            end = shortened(text, 0, len(text), self.longest_evidence)
            if end:
                yield Signal(self.name, index, message.text[:end], (0, end))


def _is_taken(reading: Reading, turn: Turn, choices: tuple[str, ...]) -> bool:
    if any(isinstance(reading.events[index], Action) for index in turn.events):
        return True
    messages = turn.messages
    if not messages or not any(message.text for _, message in messages):
        return True
    if any(
        reading.takes_choice(index) or index in reading.closings
        for index, _ in messages
    ):
        return True
    typed = " ".join(message.text for _, message in messages)
    numbers = map(str, range(1, len(choices) + 1))
    return plain(typed) in numbers or any(
        _names(reading, typed, choice) for choice in choices
    )


def _names(reading: Reading, typed: str, choice: str) -> bool:
    """Say whether typed words name a choice: by those that carry a need, else all."""
    words, offered = reading.content_words(typed), reading.content_words(choice)
    if words and offered:
        return words <= offered or offered <= words
    said, button = f"{plain(typed)} ", f"{plain(choice)} "
    return said.startswith(button) or button.startswith(said)
