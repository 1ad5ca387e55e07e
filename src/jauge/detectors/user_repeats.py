"""Signal: the customer gives again what was given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import Role
from jauge.model.signal import Dimension, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jauge.text.reading import Reading


@dataclass(frozen=True, slots=True)
class UserRepeats:
    """The content words of an earlier turn come again, though the bot has answered.

    `overlap` is the share of the shorter turn's content words that both have. Fewer
    are asked for when the bot was in trouble just before: then saying it again is
    what people do.
    """

    overlap: float = 0.75
    overlap_after_trouble: float = 0.5
    least_words: int = 3
    least_after_trouble: int = 2
    reach: int = 6
    longest_evidence: int = 80

    name: ClassVar[str] = "user_repeats"
    dimension: ClassVar[Dimension] = Dimension.EASE
    sign: ClassVar[Literal[-1]] = -1
    needs: ClassVar[frozenset[Need]] = frozenset({"words"})
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words("se répète", "Le client redit ce qu’il avait déjà dit."),
        "en": Words("says it again", "The customer says again what was said before."),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give the words said again, once a turn."""
        if not reading.is_read:
            return
        earlier: list[frozenset[str]] = []
        for at, turn in enumerate(reading.turns):
            if turn.role is not Role.USER:
                continue
            said: frozenset[str] = frozenset()
            for index, message in reading.messages(turn):
                if reading.takes_choice(index):
                    continue
                mine = reading.content_words(message.text)
                said |= mine
                shared = self._repeated(mine, earlier, troubled=at - 1 in reading.trouble)
                if shared:
                    yield self._signal(reading, index, shared, len(mine))
            earlier = [*earlier, said][-self.reach :]

    def _repeated(
        self, mine: frozenset[str], earlier: list[frozenset[str]], *, troubled: bool
    ) -> frozenset[str]:
        least = self.least_after_trouble if troubled else self.least_words
        overlap = self.overlap_after_trouble if troubled else self.overlap
        best: frozenset[str] = frozenset()
        for theirs in earlier:
            shared = mine & theirs
            enough = len(shared) >= max(least, overlap * min(len(mine), len(theirs)))
            if enough and len(shared) > len(best):
                best = shared
        return best

    def _signal(
        self, reading: Reading, index: int, shared: frozenset[str], said: int
    ) -> Signal:
        text = reading.messages_text(index)
        places = reading.places_of(text, shared)
        start, end = places[0][0], places[-1][1]
        if end - start > self.longest_evidence:
            start, end = max(places, key=_length)
        strength = min(1.0, len(shared) / said + 0.25)
        return Signal(self.name, index, text[start:end], (start, end), strength)


def _length(place: tuple[int, int]) -> int:
    return place[1] - place[0]
