"""Signal: the customer gives again what was given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.leaning import Lean
from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import USER
from jauge.model.signal import Dimension, Signal
from jauge.text.turnwise import in_turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jauge.model.turns import Turn
    from jauge.text.reading import Reading


_LEAN = Lean("repeats", least=0)


class UserRepeats(Struct, frozen=True):
    """Content words of an earlier turn come again, though the bot has answered.

    At least `least_words` of them and `share` of the turn's own content words, where
    the head does not say that it is a new question; or any, where the head is sure
    enough. A choice that was taken repeats nothing.
    """

    least_words: int = 2
    share: float = 0.33
    longest_evidence: int = 80
    lean: Lean = _LEAN

    name: ClassVar[str] = "user_repeats"
    dimension: ClassVar[Dimension] = Dimension.EASE
    sign: ClassVar[Literal[-1]] = -1
    needs: ClassVar[frozenset[Need]] = frozenset({"words"})
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words(
            "se répète probablement",
            "Le client redit probablement ce qu’il avait déjà dit.",
        ),
        "en": Words(
            "probably says it again",
            "The customer probably says again what was said before.",
        ),
    }

    def find(self, reading: Reading) -> Iterable[Signal]:
        """Give the words said again, once a turn."""
        if not reading.is_read:
            return ()
        return in_turns(reading, self.name, USER, self._in_turn)

    def _in_turn(self, reading: Reading, at: int, turn: Turn) -> Iterator[Signal]:
        if not turn.number or not turn.messages:
            return
        again = reading.leanings.again(at)
        strength = self._strength(reading, at, again) if again else 0.0
        if strength:
            index, places = max(
                (
                    (index, reading.reader.places_of(message.text, again))
                    for index, message in turn.messages
                ),
                key=_count,
            )
            yield self._signal(reading, index, places, strength)

    def _strength(self, reading: Reading, at: int, again: frozenset[str]) -> float:
        leaning = reading.leanings.at_turn[self.lean.head][at]
        count = len(reading.content_of(reading.turns[at]))
        many = len(again) >= max(self.least_words, self.share * count)
        if many and leaning >= self.lean.least:
            return min(1.0, len(again) / count + 0.25)
        return reading.reader.tables.heads.heads[self.lean.head].chance(leaning)

    def _signal(
        self,
        reading: Reading,
        index: int,
        places: list[tuple[int, int]],
        strength: float,
    ) -> Signal:
        start, end = places[0][0], places[-1][1]
        if end - start > self.longest_evidence:
            start, end = max(places, key=_length)
        text = reading.text_of(index)
        return Signal(self.name, index, text[start:end], (start, end), strength)


def _count(found: tuple[int, list[tuple[int, int]]]) -> int:
    return len(found[1])


def _length(place: tuple[int, int]) -> int:
    return place[1] - place[0]
