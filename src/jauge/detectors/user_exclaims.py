"""Signal: the customer writes with an exclamation mark, and nothing is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import Role
from jauge.model.signal import Dimension, Signal
from jauge.text.sentences import sentence_at, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jauge.model.turns import Turn
    from jauge.text.reading import Reading

# Beside another mark it insists or shouts.
_INSISTS = re.compile(r"[!?] ?[!?]")
_TROUBLE = (
    "user_complains", "user_angry", "user_insults", "user_threatens_to_leave",
    "user_corrects", "user_declines", "user_confused", "user_waits",
    "user_unhappy_emoji", "user_asks_for_person",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class UserExclaims:
    """A single exclamation mark in a turn in which nothing is wrong.

    Right after the bot's trouble, or beside a complaint, a correction or a second mark,
    it is no joy; `user_shouts` is for those.
    """

    longest_evidence: int = 80

    name: ClassVar[str] = "user_exclaims"
    dimension: ClassVar[Dimension] = Dimension.SENTIMENT
    sign: ClassVar[Literal[1]] = 1
    needs: ClassVar[frozenset[Need]] = frozenset({"words"})
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words("s’exclame", "Le client écrit avec entrain."),
        "en": Words("exclaims", "The customer writes with enthusiasm."),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give the sentence that ends with the mark, once a turn."""
        for turn in reading.turns:
            if turn.role is Role.USER:
                texts = [(at, one.text) for at, one in turn.messages if "!" in one.text]
                if texts and _is_calm(turn, texts, reading):
                    yield self._signal(*texts[0])

    def _signal(self, index: int, text: str) -> Signal:
        start, end = sentence_at(text, text.index("!"))
        end = shortened(text, start, end, self.longest_evidence)
        return Signal(self.name, index, text[start:end], (start, end))


def _is_calm(turn: Turn, texts: list[tuple[int, str]], reading: Reading) -> bool:
    """Say whether marks stand alone, in a turn in which nothing is wrong."""
    if any(_INSISTS.search(text) for _, text in texts):
        return False
    if reading.after_trouble(turn.events[0]):
        return False
    return reading.said_at(*_TROUBLE).isdisjoint(turn.events)
