"""Signal: the customer gives again what was given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import Role
from jauge.model.signal import Dimension, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jauge.model.turns import Turn
    from jauge.text.reading import Reading


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
        earlier: list[Turn] = []
        heard: set[str] = set()
        for turn in reading.turns:
            if turn.role is not Role.USER:
                continue
            words = reading.words_of(turn)
            # Without one word in common as it is written, no need comes again.
            if not heard.isdisjoint(words):
                yield from self._again(reading, turn, earlier[-self.reach :])
            heard |= words
            earlier.append(turn)

    def _again(
        self, reading: Reading, turn: Turn, earlier: list[Turn]
    ) -> Iterator[Signal]:
        mine = reading.content_of(turn)
        least = max(self.least_words, self.share * len(mine))
        shared = max((mine & reading.content_of(one) for one in earlier), key=len)
        if len(shared) >= least:
            strength = min(1.0, len(shared) / len(mine) + 0.25)
            index, places = max(
                (
                    (index, reading.reader.places_of(message.text, shared))
                    for index, message in turn.messages
                ),
                key=_count,
            )
            yield self._signal(reading, index, places, strength)

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
