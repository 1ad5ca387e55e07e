"""What a signal is that a list of phrases shows; the rows are in `*_phrases.py`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from jauge.detectors.leaning import Lean
from jauge.detectors.protocol import Need, Words, shown
from jauge.detectors.standing import Standing
from jauge.model.signal import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jauge.model.signal import Signal
    from jauge.text.reader import Said
    from jauge.text.reading import Reading


class PhraseSignal(Struct, frozen=True):
    """A signal shown by the phrases of one list, those for which all of `where` holds.

    `ironic`: a list that counts too, but only right after the bot's trouble. `lean`:
    the head that finds what no list holds, and hushes phrases that are not meant.
    """

    name: str
    dimension: Dimension
    sign: Literal[1, -1]
    words: Mapping[str, Words]
    where: tuple[Standing, ...] = ()
    ironic: str = ""
    lean: Lean | None = None
    needs: frozenset[Need] = frozenset({"words"})

    def find(self, reading: Reading) -> Iterable[Signal]:
        """Give every phrase of the list that was said and meant."""
        found = list(reading.said.get(self.name, ()))
        for one in self.where if found else ():
            found = [said for said in found if one.holds(said, reading)]
        if self.ironic:
            found += [
                said
                for said in reading.said.get(self.ironic, ())
                if reading.after_trouble(said.event)
            ]
        if self.lean is not None:
            return self._with_lean(self.lean, found, reading)
        return [shown(self.name, said) for said in found]

    def _with_lean(
        self, lean: Lean, found: Iterable[Said], reading: Reading
    ) -> list[Signal]:
        meant = [
            shown(self.name, said, max(said.strength, lean.chance(reading, said.event)))
            for said in found
            if lean.allows(reading, said.event)
        ]
        known = {signal.event for signal in meant if signal.event is not None}
        return [*meant, *lean.found(self.name, reading, known)]
