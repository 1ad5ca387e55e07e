"""Signal: the customer writes with an exclamation mark, and nothing is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import USER
from jauge.model.signal import Dimension, Signal
from jauge.text.cold import NOT_GLAD
from jauge.text.sentences import sentence_at, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.model.turns import Turn
    from jauge.text.reading import Reading

# In quotes, as in titles of films, it is not the customer's own; nor inside a word.
_MARK = re.compile(r"!(?!\s?[»\"”]|\w)")
# Beside another mark it insists or shouts.
_INSISTS = re.compile(r"[!?] ?[!?]")


class UserExclaims(Struct, frozen=True):
    """A single exclamation mark in a turn in which nothing is wrong.

    Right after the bot's trouble, or beside a complaint, a correction or a second mark,
    it is no joy; `user_shouts` is for those.
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

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give the sentence that ends with the mark, once a turn."""
        loud = list(_loud(reading))
        trouble = reading.said_at(*NOT_GLAD) if loud else frozenset()
        for turn, index, mark in loud:
            wrong = not trouble.isdisjoint(turn.events)
            if not wrong and not reading.after_trouble(turn.events[0]):
                text = reading.text_of(index)
                start, end = sentence_at(text, mark)
                end = shortened(text, start, end, self.longest_evidence)
                yield Signal(self.name, index, text[start:end], (start, end))


def _loud(reading: Reading) -> Iterator[tuple[Turn, int, int]]:
    """Give the customer's turns with marks that stand alone: where the first stands."""
    for turn in reading.turns:
        if turn.role is not USER:
            continue
        texts = [(index, one.text) for index, one in turn.messages if "!" in one.text]
        if any(_INSISTS.search(text) for _, text in texts):
            continue
        for index, text in texts:
            mark = _MARK.search(text)
            if mark:
                yield turn, index, mark.start()
                break
