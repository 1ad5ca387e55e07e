"""Signal: the customer praises or thanks and means the opposite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.leaning import Lean, answers_miss, is_meant
from jauge.detectors.protocol import Need, Words, shown
from jauge.model.signal import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.model.signal import Signal
    from jauge.text.reading import Reading


_LEAN = Lean("sarcastic", least=-800, shows="sentence")
# Who says it plainly is not ironic, unless in ironic words too.
_PLAIN = ("user_complains", "user_angry", "user_insults", "user_corrects")


class UserSarcastic(Struct, frozen=True):
    """Irony: its phrases right after trouble or a miss, and what else the head finds.

    Such phrases are often meant elsewhere, so they count only there, and only where the
    head does not clearly say that they are meant. Beside thanks or praise they need
    trouble: a head that hears a miss may be wrong.
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
        ironic = reading.said.get("user_ironic", ())
        warm = reading.said_at("user_thanks", "user_praises")
        found: set[int] = set()
        for said in ironic:
            event = said.event
            fails = reading.after_trouble(event) or (
                event not in warm and answers_miss(reading, event)
            )
            if fails and self.lean.allows(reading, event):
                found.add(event)
                chance = self.lean.chance(reading, event)
                yield shown(self.name, said, max(said.strength, chance))
        plain = reading.said_at(*_PLAIN) - {said.event for said in ironic}
        meant = {event for event in warm if is_meant(reading, event)}
        yield from self.lean.found(self.name, reading, found | plain | meant)
