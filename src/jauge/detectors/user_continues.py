"""Signal: the customer was served, and goes on to another need."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.leaning import sounds_ironic
from jauge.detectors.protocol import Need, Words
from jauge.model.signal import Dimension, Signal
from jauge.text.sentences import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.text.reading import Reading


class UserContinues(Struct, frozen=True):
    """After an answer the customer opens something new, and holds nothing against it.

    Full with words that open it (« autre question », "one more thing"); less with a
    bare question in new words, which may still be about the answer. Such a question is
    nothing new where the need comes again, by the head or compared with earlier ones,
    nor right after "sold out", nor in irony.
    """

    longest_evidence: int = 80
    most_alike: int = 500
    compared: int = 3
    least_near: int = 330

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
        for at, move in reading.moves.items():
            if move.strength < 1 and (
                _is_unserved(reading, at) or self._is_same(reading, at)
            ):
                continue
            start, end = move.place
            text = reading.text_of(move.event)
            end = shortened(text, start, end, self.longest_evidence)
            evidence = text[start:end]
            yield Signal(self.name, move.event, evidence, (start, end), move.strength)

    def _is_same(self, reading: Reading, at: int) -> bool:
        """Say whether the turn asks once more for what was asked before."""
        leanings, tables = reading.leanings, reading.reader.tables
        if tables.heads.heads["repeats"].chance(leanings.at_turn["repeats"][at]):
            return True
        turn = reading.turns[at]
        before = zip(reversed(leanings.earlier(turn)), leanings.near(turn), strict=True)
        return any(
            leanings.alike(at, earlier, tables) > self.most_alike
            for earlier, near in itertools.islice(before, self.compared)
            # Far apart they are never called alike, and comparing word by word costs.
            if near >= self.least_near
        )


def _is_unserved(reading: Reading, at: int) -> bool:
    """Say whether a turn is ironic, or answers that what was asked for is not there."""
    lacked = reading.said_at("bot_lacks")
    return not lacked.isdisjoint(reading.turns[at - 1].events) or any(
        sounds_ironic(reading, event) for event in reading.turns[at].events
    )
