"""Signal: the customer writes with an exclamation mark, and nothing is wrong."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.leaning import Lean, seems_to_miss
from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import USER
from jauge.model.signal import Dimension, Signal
from jauge.text.cold import NOT_GLAD, WARM
from jauge.text.sentences import sentence_at, shortened
from jauge.text.turnwise import in_turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from jauge.model.turns import Turn
    from jauge.text.reading import Reading

    _Events = AbstractSet[int]
    _Ends = AbstractSet[tuple[int, int]]

# In quotes, as in titles of films, it is not the customer's own; nor inside a word.
_MARK = re.compile(r"!(?!\s?[»\"”]|\w)")
_BYES = "user_says_goodbye"
_COMPLAINS = Lean("complains")
# Beside another mark it insists or shouts.
_INSISTS = re.compile(r"[!?] ?[!?]")


class UserExclaims(Struct, frozen=True):
    """An exclamation mark in a turn in which nothing is wrong, after a first answer.

    Right after the bot's trouble or an answer that misses, beside a complaint, a
    correction or a no it is no joy; nor is it before the bot has answered. More than
    one mark insists, unless it goes with warm words; `user_shouts` is for those.
    """

    longest_evidence: int = 80

    name: ClassVar[str] = "user_exclaims"
    dimension: ClassVar[Dimension] = Dimension.SENTIMENT
    sign: ClassVar[Literal[1]] = 1
    needs: ClassVar[frozenset[Need]] = frozenset({"words"})
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words("s’exclame", "Le client écrit avec entrain."),
        "en": Words("exclaims", "The customer writes with enthusiasm."),
    }

    def find(self, reading: Reading) -> Iterable[Signal]:
        """Give the sentence that ends with the mark, once a turn."""
        noes, byes = reading.said.get("user_says_no", ()), reading.said.get(_BYES, ())
        look = functools.partial(
            self._in_turn,
            noes={said.event for said in noes if said.strength == 1},
            byes={(said.event, said.end) for said in byes},
        )
        return in_turns(reading, self.name, USER, look)

    def _in_turn(
        self, reading: Reading, at: int, turn: Turn, *, noes: _Events, byes: _Ends
    ) -> Iterator[Signal]:
        loud = _loud(reading, turn, byes) if turn.number else None
        if loud is None or reading.after_trouble(turn.events[0]):
            return
        index, mark = loud
        unhappy = not noes.isdisjoint(turn.events) or _is_unhappy(reading, turn)
        if not unhappy and not _sounds_wrong(reading, at):
            text = reading.text_of(index)
            start, end = sentence_at(text, mark)
            end = shortened(text, start, end, self.longest_evidence)
            yield Signal(self.name, index, text[start:end], (start, end))


def _loud(reading: Reading, turn: Turn, byes: _Ends) -> tuple[int, int] | None:
    """Give where the first mark of a turn stands that may be joy.

    One that only ends a goodbye is none: "Have a good day!".
    """
    texts = [(index, one.text) for index, one in turn.messages if "!" in one.text]
    if any(_INSISTS.search(text) for _, text in texts) and not (
        _is_glad(reading, turn, [text for _, text in texts])
    ):
        return None
    found = (
        (index, mark.start())
        for index, text in texts
        for mark in _MARK.finditer(text)
        if byes.isdisjoint(((index, mark.start()), (index, mark.start() - 1)))
    )
    return next(found, None)


def _is_unhappy(reading: Reading, turn: Turn) -> bool:
    """Say whether a turn complains or the like."""
    return not reading.said_at(*NOT_GLAD).isdisjoint(turn.events)


def _is_glad(reading: Reading, turn: Turn, texts: Iterable[str]) -> bool:
    """Say whether many marks go with warm words, and none asks."""
    warm = not reading.said_at(*WARM).isdisjoint(turn.events)
    return warm and not any("?" in text for text in texts)


def _sounds_wrong(reading: Reading, at: int) -> bool:
    """Say whether a head hears a complaint, or an answer that missed before it."""
    if not reading.is_read:
        return False
    before = reading.turns[at - 1].events if at else ()
    return any(
        _COMPLAINS.chance(reading, event) for event in reading.turns[at].events
    ) or seems_to_miss(reading, before)
