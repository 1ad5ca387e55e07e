"""Signal: the customer praises or thanks and means the opposite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from jauge.detectors.leaning import Lean
from jauge.detectors.protocol import Need, Words, shown
from jauge.model.signal import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jauge.model.signal import Signal
    from jauge.text.reading import Reading


_LEAN = Lean("sarcastic", least=-800)


@dataclass(frozen=True, slots=True)
class UserSarcastic:
    """Irony: its phrases right after trouble, and what else the head finds.

    Such phrases are often meant elsewhere, so they count only there, and only where the
    head does not clearly say that they are meant.
    """

    lean: Lean = _LEAN

    name: ClassVar[str] = "user_sarcastic"
    dimension: ClassVar[Dimension] = Dimension.SENTIMENT
    sign: ClassVar[Literal[-1]] = -1
    needs: ClassVar[frozenset[Need]] = frozenset({"words"})
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words("ironise probablement", "Le client ironise probablement."),
        "en": Words("probably ironic", "The customer is probably being ironic."),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give each message that is ironic, by its phrases or by the head."""
        found: set[int] = set()
        for said in reading.said.get("user_ironic", ()):
            event = said.event
            if reading.after_trouble(event) and self.lean.allows(reading, event):
                found.add(event)
                yield shown(self.name, said)
        yield from self.lean.found(self.name, reading, found)
