"""What a signal is that a list of phrases shows; the rows are in `*_phrases.py`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from jauge.detectors.leaning import FEW_WORDS, Lean, sounds_ironic
from jauge.detectors.protocol import Need, Words, shown
from jauge.model.conversation import USER
from jauge.model.signal import Dimension
from jauge.text.claims import is_claimed
from jauge.text.cold import is_cold
from jauge.text.moves import says_not_served, tells_of_self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jauge.model.signal import Signal
    from jauge.text.reader import Said
    from jauge.text.reading import Reading


class PhraseSignal(Struct, frozen=True):
    """A signal shown by the phrases of one list.

    `not_first`: silent in the customer's first turn or message, where « merci » asks
    and « allo » greets. `only_last`: silent before the customer's last turn.
    `not_asked`: silent for a phrase that a question mark follows. `claimed`: silent in
    a sentence that asks, denies or sets a condition. `oaths`: phrases weaker than that
    are silent in the first turn, where nobody has answered yet. `unless_trouble`: right
    after the bot's trouble, silent for `all` phrases or those that are `ironic`.
    `unless_beside`: silent in a turn in which these lists were found too;
    `unless_after`: in one right after a turn in which that list was, or that
    asked about the customer. None of this hides a no to "did that help?".
    `only_ironic`: the list that counts too, but only right after trouble. `lean`: the
    head that finds what no list holds, and hushes phrases that are not meant.
    """

    name: str
    dimension: Dimension
    sign: Literal[1, -1]
    words: Mapping[str, Words]
    not_first: Literal["turn", "message", ""] = ""
    only_last: bool = False
    not_asked: bool = False
    claimed: bool = False
    oaths: float = 0.0
    unless_trouble: Literal["all", "ironic", ""] = ""
    unless_beside: tuple[str, ...] = ()
    unless_after: str = ""
    only_ironic: str = ""
    lean: Lean | None = None
    needs: frozenset[Need] = frozenset({"words"})

    def find(self, reading: Reading) -> Iterable[Signal]:
        """Give every phrase of the list that was said and meant."""
        found = reading.said.get(self.name, ())
        if found:
            found = tuple(self._standing(found, reading))
            if self.unless_trouble == "ironic":
                found = tuple(_meant(found, reading))
        if self.only_ironic:
            ironic = reading.said.get(self.only_ironic, ())
            found = (
                *found,
                *(said for said in ironic if reading.after_trouble(said.event)),
            )
        if self.lean is not None:
            return self._with_lean(self.lean, found, reading)
        # Mostly there is nothing to show.
        return [shown(self.name, said) for said in found] if found else ()

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

    def _standing(self, found: Iterable[Said], reading: Reading) -> Iterator[Said]:
        """Give the phrases that stand where they count, in turns that let them."""
        beside = reading.said_at(*self.unless_beside)
        for said in found:
            at = reading.turn_at[said.event]
            is_hidden = not beside.isdisjoint(reading.turns[at].events)
            if self.unless_after:
                is_hidden = is_hidden or self._is_after(reading, at)
                is_hidden = is_hidden and not says_not_served(reading, at)
            if not is_hidden and self._stands(said, reading):
                yield said

    def _is_after(self, reading: Reading, at: int) -> bool:
        """Say whether what was said before a turn hides the phrases there."""
        before = reading.turns[at - 1].events if at else ()
        after = reading.said_at(self.unless_after)
        return not after.isdisjoint(before) or tells_of_self(reading, at)

    def _stands(self, said: Said, reading: Reading) -> bool:
        """Say whether a phrase stands where it counts."""
        if self.unless_trouble == "all" and reading.after_trouble(said.event):
            return False
        if self.not_first and self._is_first(said, reading):
            return False
        if said.strength < self.oaths and _is_first_turn(said, reading):
            return False
        if self.claimed:
            text = reading.text_of(said.event)
            return is_claimed(text, said.start, said.end)
        if self.only_last and not _is_last(said, reading):
            return False
        return not (self.not_asked and _is_asked(said, reading))

    def _is_first(self, said: Said, reading: Reading) -> bool:
        turn = reading.turns[reading.turn_at[said.event]]
        is_first = self.not_first == "turn" or said.event == turn.messages[0][0]
        return is_first and _is_first_turn(said, reading)


def _is_first_turn(said: Said, reading: Reading) -> bool:
    return not reading.turns[reading.turn_at[said.event]].number


def _is_last(said: Said, reading: Reading) -> bool:
    """Say whether nothing more came from the customer after this turn."""
    after = reading.turns[reading.turn_at[said.event] + 1 :]
    return all(turn.role is not USER for turn in after)


def _is_asked(said: Said, reading: Reading) -> bool:
    return reading.text_of(said.event)[said.end :].lstrip().startswith("?")


def _meant(found: Iterable[Said], reading: Reading) -> Iterator[Said]:
    """Leave out warm words that are irony: few, with praise, right after trouble.

    So are those that share words with cold ones, “wow thanks” in “wow thanks for
    nothing”, and those in which a head hears irony.
    """
    ironic = {(said.event, said.words) for said in reading.said.get("user_ironic", ())}
    warm = reading.said_at("user_praises", "user_ironic")
    for said in found:
        if is_cold(reading, said.event, (said.start, said.end)):
            continue
        if sounds_ironic(reading, said.event):
            continue
        if reading.after_trouble(said.event):
            few = len(reading.texts[said.event].words) <= FEW_WORDS
            # A bare « merci » is politeness even then; beside « super » it is not.
            bare = few and (said.list != "user_thanks" or said.event in warm)
            if bare or (said.event, said.words) in ironic:
                continue
        yield said
