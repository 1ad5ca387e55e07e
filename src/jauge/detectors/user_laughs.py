"""Signal: the customer laughs with the bot, not at it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.protocol import Need, Words, shown
from jauge.model.signal import Dimension, Signal
from jauge.text.cold import NOT_GLAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.text.reading import Reading

_WARM = (
    "user_thanks", "user_praises", "user_accepts", "user_says_goodbye",
    "user_happy_emoji",
)  # fmt: skip


class UserLaughs(Struct, frozen=True):
    """Laughter in answer to the bot, in a turn without a cold word.

    Right after trouble it laughs at the bot. A mere « mdr » or "lol" is as often
    derision as joy: what is weaker than `clear` counts only in a warm message.
    """

    clear: float = 0.5

    name: ClassVar[str] = "user_laughs"
    dimension: ClassVar[Dimension] = Dimension.SENTIMENT
    sign: ClassVar[Literal[1]] = 1
    needs: ClassVar[frozenset[Need]] = frozenset()
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words("rit", "Le client rit de bon cœur."),
        "en": Words("laughs", "The customer laughs heartily."),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give one laughter a message, where it is meant well."""
        found = reading.said.get(self.name, ())
        if not found:
            return
        laughed: set[int] = set()
        warm, cold = reading.said_at(*_WARM), reading.said_at(*NOT_GLAD)
        for said in found:
            turn = reading.turns[reading.turn_at[said.event]]
            if not turn.number or reading.after_trouble(said.event):
                continue
            meant = said.strength >= self.clear or said.event in warm
            if meant and said.event not in laughed and cold.isdisjoint(turn.events):
                laughed.add(said.event)
                yield shown(self.name, said)
