"""Signals: words that went with better or worse ratings in conversations of your own.

They are in no shipped scorer: `jauge calibrate` learns them, and a scorer file has the
table (`jauge.text.own_words`). Their evidence is the word that weighs most.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import BOT, USER, Role
from jauge.model.signal import Dimension, Signal
from jauge.text.own_words import stems_of, strength_of
from jauge.text.phrases import Side
from jauge.text.reader import stem
from jauge.text.words import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.model.turns import Turn
    from jauge.text.reading import Reading

_ROLES: Mapping[Side, Role] = {"user": USER, "bot": BOT}
_WORDS: Mapping[Side, Mapping[str, Words]] = {
    "user": {
        "fr": Words(
            "mots de vos clients",
            "Dans vos conversations, ces mots du client vont avec de meilleures notes.",
            "Dans vos conversations, ces mots du client vont avec de moins bonnes "
            "notes.",
        ),
        "en": Words(
            "your customers' words",
            "In your conversations, these words of customers go with better ratings.",
            "In your conversations, these words of customers go with worse ratings.",
        ),
    },
    "bot": {
        "fr": Words(
            "mots de votre bot",
            "Dans vos conversations, ces mots du bot vont avec de meilleures notes.",
            "Dans vos conversations, ces mots du bot vont avec de moins bonnes notes.",
        ),
        "en": Words(
            "your bot's words",
            "In your conversations, these words of the bot go with better ratings.",
            "In your conversations, these words of the bot go with worse ratings.",
        ),
    },
}


class OwnWords(Struct, frozen=True):
    """The words of one side, a signal for each turn that says some of a table."""

    side: Side
    table: Mapping[str, int] = {}

    dimension: ClassVar[Dimension] = Dimension.SENTIMENT
    sign: ClassVar[Literal[0]] = 0
    needs: ClassVar[frozenset[Need]] = frozenset({"words"})

    @property
    def name(self) -> str:
        """Name the signal of this side."""
        return f"{self.side}_own_words"

    @property
    def words(self) -> Mapping[str, Words]:
        """Say what the signal tells, in French and English."""
        return _WORDS[self.side]

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give a signal for each turn whose words raise or lower it."""
        if not reading.is_read:
            return
        role = _ROLES[self.side]
        for turn in reading.turns:
            if turn.role is role and turn.messages:
                said = [reading.texts[index].words for index, _ in turn.messages]
                stems = stems_of([word for words in said for word in words])
                strength = strength_of(stems, self.table)
                if strength:
                    yield self._shown(turn, reading, strength)

    def _shown(self, turn: Turn, reading: Reading, strength: float) -> Signal:
        """Show the word that weighs most that way: the first, where several do."""
        sign = 1 if strength > 0 else -1
        best, event, place = 0, -1, (0, 0)
        for index, _ in turn.messages:
            folded = reading.texts[index].folded
            for word in WORD.finditer(folded.text):
                weight = sign * self.table.get(stem(word.group()), 0)
                if weight > best:
                    best, event, place = weight, index, folded.place(*word.span())
        text = reading.text_of(event)[place[0] : place[1]]
        return Signal(self.name, event, text, place, strength)


def of_tables(tables: Mapping[Side, Mapping[str, int]]) -> tuple[OwnWords, ...]:
    """Give the signals of the tables of a scorer file: of each side that has words."""
    return tuple(OwnWords(side, table) for side, table in tables.items() if table)


# Without a table they find nothing, and have their names and words.
UNLEARNT = (OwnWords("user"), OwnWords("bot"))
NAMES = tuple(one.name for one in UNLEARNT)
