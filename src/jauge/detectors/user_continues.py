"""Signal: the customer was served, and goes on to another need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from jauge.detectors.protocol import Need, Words
from jauge.model.signal import Dimension, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jauge.text.reading import Reading


@dataclass(frozen=True, slots=True)
class UserContinues:
    """After an answer the customer opens something new, and holds nothing against it.

    Full with words that open it (« autre question », "one more thing"); less with a
    bare question in new words, which may still be about the answer.
    """

    longest_evidence: int = 80

    name: ClassVar[str] = "user_continues"
    dimension: ClassVar[Dimension] = Dimension.ENGAGEMENT
    sign: ClassVar[Literal[1]] = 1
    needs: ClassVar[frozenset[Need]] = frozenset({"words"})
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words("poursuit", "Le client a sa réponse et passe à autre chose."),
        "en": Words("goes on", "The customer was answered and goes on to more."),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give the words that open it, once a turn."""
        for move in reading.moves.values():
            start, end = move.place
            end = min(end, start + self.longest_evidence)
            evidence = reading.text_of(move.event)[start:end]
            yield Signal(self.name, move.event, evidence, (start, end), move.strength)
