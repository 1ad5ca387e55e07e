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


_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class UserRepeats:
    """Content words of an earlier turn come again, though the bot has answered.

    At least `least_words` of them, and at least `share` of the turn's own content
    words; a choice that was taken repeats nothing. Set on the working part of
    own-chats: more words ask too much of chat, where a repeat is short.
    """

    least_words: int = 2
    share: float = 0.33
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
        heard: set[str] = set()
        content_of = reading.content_of
        for turn in reading.turns:
            if turn.role is not Role.USER:
                continue
            said = [
                (index, content_of(index))
                for index, _ in turn.messages
                if not (reading.choices and reading.takes_choice(index))
            ]
            mine = said[0][1] if len(said) == 1 else _NOTHING.union(*[w for _, w in said])
            if not heard.isdisjoint(mine):
                shared = self._repeated(mine, earlier)
                if shared:
                    strength = min(1.0, len(shared) / len(mine) + 0.25)
                    index, _ = max(said, key=lambda one: len(one[1] & shared))
                    yield self._signal(reading, index, shared, strength)
            heard |= mine
            earlier = [*earlier, mine][-self.reach :]

    def _repeated(
        self, mine: frozenset[str], earlier: list[frozenset[str]]
    ) -> frozenset[str]:
        least = max(self.least_words, self.share * len(mine))
        best = max((mine & theirs for theirs in earlier), key=len, default=_NOTHING)
        return best if len(best) >= least else _NOTHING

    def _signal(
        self, reading: Reading, index: int, shared: frozenset[str], strength: float
    ) -> Signal:
        text = reading.text_of(index)
        places = reading.reader.places_of(text, shared)
        start, end = places[0][0], places[-1][1]
        if end - start > self.longest_evidence:
            start, end = max(places, key=_length)
        return Signal(self.name, index, text[start:end], (start, end), strength)


def _length(place: tuple[int, int]) -> int:
    return place[1] - place[0]
