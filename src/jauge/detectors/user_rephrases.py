"""Signal: the customer says the same need again in other words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.leaning import Lean
from jauge.detectors.protocol import Need, Words
from jauge.model.signal import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.model.signal import Signal
    from jauge.text.reading import Reading


_LEAN = Lean("repeats", shows="sentence")


class UserRephrases(Struct, frozen=True):
    """A need not taken comes again; with its own words it is `user_repeats`.

    Who opens something new says nothing again.
    """

    lean: Lean = _LEAN

    name: ClassVar[str] = "user_rephrases"
    dimension: ClassVar[Dimension] = Dimension.EASE
    sign: ClassVar[Literal[-1]] = -1
    needs: ClassVar[frozenset[Need]] = frozenset({"words"})
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words(
            "reformule probablement",
            "Le client redit probablement son besoin avec d’autres mots.",
        ),
        "en": Words(
            "probably rephrases",
            "The customer probably says the need again in other words.",
        ),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give each message that comes back to a need without its words."""
        for signal in self.lean.found(self.name, reading):
            if signal.event is not None:
                at = reading.turn_at[signal.event]
                is_other = at in reading.moves or bool(reading.leanings.again(at))
                if reading.turns[at].number and not is_other:
                    yield signal
