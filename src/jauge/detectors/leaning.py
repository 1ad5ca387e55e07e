"""Signals that a linear head shows: messages that lean far enough to one thing."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from jauge.model.signal import Signal
from jauge.text.fold import fold
from jauge.text.sentences import sentence_at, sentences_of, shortened
from jauge.text.words import WORD

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from jauge.text.reader import TextReading
    from jauge.text.reading import Reading
    from jauge.text.tables import TextTables

# Right after trouble, warmth in so few words is ironic more often than not.
FEW_WORDS = 5
# Bare praise: « génial », “very good”.
_BARE = 2
# After so much of it in a conversation, thanks may be ironic too.
_MUCH_TROUBLE = 2
_LONGEST = 60
# Fainter words show no praise: « plus tard », “bought”.
_LEAST_WARM = 600
_EDGES = frozenset("^$")


class Lean(Struct, frozen=True):
    """A head, and how it goes with a list: below `least` it hushes the phrases.

    A message that leans as far as the first step of the head is a signal by itself;
    its strength is how often such messages bear the mark. `unless_said`: lists that say
    so more precisely. `yields_to`: a head that is believed instead where it is surer.
    `unless_ironic`: all is hushed where a head hears irony. `shows`: `warm` words that
    are not denied, and nothing without any; `cold` words, else the sentence; or always
    the sentence.
    """

    head: str
    least: int = -1_000_000
    unless_said: tuple[str, ...] = ()
    yields_to: str = ""
    unless_ironic: bool = False
    shows: Literal["any", "warm", "cold", "sentence"] = "any"

    def allows(self, reading: Reading, event: int) -> bool:
        """Say whether the head lets a phrase of the list count."""
        leaning = reading.leanings.at_event[self.head].get(event)
        if leaning is not None and leaning < self.least:
            return False
        return not self._is_hushed(reading, event)

    def _is_hushed(self, reading: Reading, event: int) -> bool:
        return self.unless_ironic and sounds_ironic(reading, event)

    def chance(self, reading: Reading, event: int) -> float:
        """Say how often the head is right of such a message; 0 if it says nothing."""
        leaning = reading.leanings.at_event[self.head].get(event)
        head = reading.reader.tables.heads.heads[self.head]
        return 0.0 if leaning is None else head.chance(leaning)

    def found(
        self, name: str, reading: Reading, besides: Collection[int] = ()
    ) -> Iterator[Signal]:
        """Give the messages that lean far enough, but for the events `besides`."""
        heads = reading.reader.tables.heads.heads
        head, other = heads[self.head], heads.get(self.yields_to)
        if not reading.is_read or not head.steps:
            return
        first = head.steps[0][0]
        leanings = reading.leanings.at_event[self.head]
        for event in [event for event, one in leanings.items() if one >= first]:
            leaning = leanings[event]
            strength = head.chance(leaning)
            if not strength or event in besides or self._is_hushed(reading, event):
                continue
            if event in reading.said_at(*self.unless_said):
                continue
            rest = reading.leanings.at_event.get(self.yields_to, {}).get(event, 0)
            if other is None or other.chance(rest) <= strength:
                start, end = self._place(reading, event)
                if end > start and not self._is_denied(reading, event, (start, end)):
                    text = reading.text_of(event)[start:end]
                    yield Signal(name, event, text, (start, end), strength)

    def _is_denied(self, reading: Reading, event: int, place: tuple[int, int]) -> bool:
        """Say whether warm words at a place of a message are denied."""
        if self.shows != "warm":
            return False
        read = reading.texts[event]
        before = fold(read.text[: place[0]]).text
        language = reading.languages[reading.turn_at[event]]
        return reading.reader.is_negated(before, len(before), language)

    def _place(self, reading: Reading, event: int) -> tuple[int, int]:
        """Give the place of the words that raise the head most, else a sentence."""
        read = reading.texts[event]
        place = read.places.get(self.head)
        if place is None:
            place = self._evidence(read, reading.reader.tables)
            read.places[self.head] = place
        return place

    def _evidence(self, read: TextReading, tables: TextTables) -> tuple[int, int]:
        heads = tables.heads
        if self.head in heads.names["user"]:
            known = tables.function_words
            for gram in heads.grams["user"].strongest(read.words, self.head):
                words = [word for word in gram.split() if word not in _EDGES]
                if not self._sounds(tables.tones.sum_of(words, "user")):
                    continue
                if not known.issuperset(words):
                    place = _place_of(words, read.folded.text)
                    if place:
                        return self._shown(read, read.folded.place(*place))
        if self.shows == "warm":
            return 0, 0
        start, end = max(sentences_of(read.text), key=_length, default=(0, 0))
        return start, shortened(read.text, start, end, _LONGEST)

    def _shown(self, read: TextReading, place: tuple[int, int]) -> tuple[int, int]:
        """Give what is shown of words at a place: they alone, or their sentence."""
        if self.shows != "sentence":
            return place
        start, end = sentence_at(read.text, place[0])
        return start, shortened(read.text, start, end, _LONGEST)

    def _sounds(self, tone: int) -> bool:
        """Say whether words of a tone may be shown."""
        if self.shows in ("warm", "cold"):
            return tone > _LEAST_WARM if self.shows == "warm" else tone < 0
        return True


_IRONY, _MISSES = Lean("sarcastic"), Lean("misses")


def sounds_ironic(reading: Reading, event: int) -> bool:
    """Say whether a head hears irony in a message of the customer.

    It hears some in “thanks for your help”, too, which is mostly meant.
    """
    if not reading.is_read or not _IRONY.chance(reading, event):
        return False
    return not is_meant(reading, event)


def seems_to_miss(reading: Reading, events: Iterable[int]) -> bool:
    """Say whether a head hears that the bot's turn at these events misses."""
    return reading.is_read and any(_MISSES.chance(reading, one) for one in events)


def answers_miss(reading: Reading, event: int) -> bool:
    """Say whether an event comes right after an answer that seems to miss."""
    at = reading.turn_at[event]
    return at > 0 and seems_to_miss(reading, reading.turns[at - 1].events)


def is_meant(reading: Reading, event: int) -> bool:
    """Say whether a message thanks, or praises an answer that fits.

    Not right after trouble, nor after much of it; praise, after none.
    """
    thanks = event in reading.said_at("user_thanks")
    if not (thanks or _praises_answer(reading, event)) or reading.after_trouble(event):
        return False
    turn = reading.turn_at[event]
    before = (at for at in reading.trouble if at < turn)
    # Enough is enough: of much trouble not all is counted.
    return len(list(islice(before, _MUCH_TROUBLE))) < _MUCH_TROUBLE


def _praises_answer(reading: Reading, event: int) -> bool:
    """Say whether praise answers what the bot did, or is all of a reply that fits."""
    if event not in reading.said_at("user_praises"):
        return False
    at = reading.turn_at[event]
    if any(trouble < at for trouble in reading.trouble):
        return False
    before = reading.turns[at - 1].events if at else ()
    if not reading.said_at("bot_succeeds").isdisjoint(before):
        return True
    few = len(reading.texts[event].words) <= _BARE
    return few and not seems_to_miss(reading, before)


def _length(place: tuple[int, int]) -> int:
    return place[1] - place[0]


def _place_of(words: list[str], folded: str) -> tuple[int, int] | None:
    """Find words that follow each other in a folded text."""
    places = [match.span() for match in WORD.finditer(folded)]
    said = [folded[start:end] for start, end in places]
    size = len(words)
    for at, word in enumerate(said):
        if word == words[0] and said[at : at + size] == words:
            return places[at][0], places[at + size - 1][1]
    return None
