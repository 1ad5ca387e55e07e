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
        said_so = reading.said.get(self.name, ())
        found = list(said_so)
        for one in self.where if found else ():
            found = [said for said in found if one.holds(said, reading)]
        if self.ironic:
            found += [
                said
                for said in reading.said.get(self.ironic, ())
                if reading.after_trouble(said.event)
            ]
        if self.lean is not None:
            besides = {said.event for said in (*said_so, *found)}
            return self._with_lean(self.lean, found, reading, besides)
        return [shown(self.name, said) for said in found]

    def _with_lean(
        self, lean: Lean, found: Iterable[Said], reading: Reading, besides: set[int]
    ) -> list[Signal]:
        """Add what the head finds, but where the list judged: in the events `besides`.

        A phrase says what its list says of it: heads know some words from one language.
        """
        meant = [
            shown(self.name, said) for said in found if lean.allows(reading, said.event)
        ]
        return [*meant, *lean.found(self.name, reading, besides)]
