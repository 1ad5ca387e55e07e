"""Signals: the tone of the customer's words, and of the bot's, warm or cold.

A turn's tone is the sum of its words' over the root of their number, in thousandths of
the usual spread; only what stands out counts, and what lists tell of does not: thanks,
praise, goodbyes, apologies have signals of their own. What was learnt is the words'
tone (`jauge.text.tone`): its evidence is the words that weigh most.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.leaning import FEW_WORDS, sounds_ironic
from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import BOT, USER, Role
from jauge.model.signal import Dimension, Signal
from jauge.text.cold import is_cold, is_warm
from jauge.text.moves import says_not_served
from jauge.text.phrases import Side
from jauge.text.sentences import sentence_at
from jauge.text.words import WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jauge.model.turns import Turn
    from jauge.text.reader import TextReading
    from jauge.text.reading import Reading

# A neighbour is shown too when it weighs more than this part of the heaviest word.
_NEIGHBOUR = 4
_ROLES: Mapping[Side, Role] = {"user": USER, "bot": BOT}


class ToneSignal(Struct, frozen=True):
    """The tone of one side, a signal for each turn that stands out.

    Up to `least` a turn sounds like any other; at `full` its strength is 1. What is
    fainter than `faintest` is not shown.
    """

    name: str
    side: Side
    words: Mapping[str, Words]
    least: int = 500
    full: int = 2500
    faintest: float = 0.05

    dimension: ClassVar[Dimension] = Dimension.SENTIMENT
    sign: ClassVar[Literal[0]] = 0
    needs: ClassVar[frozenset[Need]] = frozenset({"words"})

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give a signal for each turn that sounds warm or cold."""
        if not reading.is_read:
            return
        role = _ROLES[self.side]
        # The customer's first words tell the need: nobody has answered them yet.
        first = 1 if self.side == "user" else 0
        for turn in reading.turns:
            if turn.role is role and turn.messages and turn.number >= first:
                strength = self._strength(turn, reading)
                if strength and not self._is_ironic(turn, reading, strength):
                    found = self._shown(turn, reading, strength)
                    if found is not None:
                        yield found

    def _strength(self, turn: Turn, reading: Reading) -> float:
        total = count = 0
        for index, _ in turn.messages:
            read, skipped = reading.texts[index], reading.listed.get(index)
            count += len(read.words)
            if skipped:
                total += sum(self._tones(read, reading, skipped))
                count -= sum(skipped)
            else:
                total += reading.reader.tone(read, self.side)
        size = abs(total) / math.sqrt(count + 1)
        strength = (size - self.least) / (self.full - self.least)
        if strength < self.faintest:
            return 0.0
        return math.copysign(min(1.0, strength), total)

    def _tones(
        self, read: TextReading, reading: Reading, skipped: Iterable[bool]
    ) -> list[int]:
        """Give the tone of each word of a text, none for those that a list tells of."""
        tones = reading.reader.tables.tones.of_all(read.words, self.side)
        return [0 if out else tone for tone, out in zip(tones, skipped, strict=True)]

    def _is_ironic(self, turn: Turn, reading: Reading, strength: float) -> bool:
        """Say whether warm words of the customer are not meant.

        Few right after the bot's trouble are not, nor those that a head calls ironic,
        nor any beside a no to "did that help?".
        """
        if self.side != "user" or strength < 0:
            return False
        if any(sounds_ironic(reading, index) for index, _ in turn.messages):
            return True
        if says_not_served(reading, reading.turn_at[turn.events[0]]):
            return True
        if not reading.after_trouble(turn.events[0]):
            return False
        count = sum([len(reading.texts[index].words) for index, _ in turn.messages])
        ironic = reading.said_at("user_ironic")
        return count <= FEW_WORDS or not ironic.isdisjoint(turn.events)

    def _shown(self, turn: Turn, reading: Reading, strength: float) -> Signal | None:
        """Show the words that weigh most that way: the first, where several do."""
        sign = 1 if strength > 0 else -1
        best, place, event = 0, (0, 0), -1
        for index, _ in turn.messages:
            weight, found = self._known(index, reading, sign)
            if weight > best:
                best, place, event = weight, found, index
        if event < 0:
            return None
        folded = reading.texts[event].folded
        if sign > 0 and reading.reader.is_negated(
            folded.text, place[0], reading.languages[reading.turn_at[event]]
        ):
            return None
        start, end = folded.place(*place)
        silent = is_cold if sign > 0 else is_warm
        if self.side == "user" and silent(reading, event, (start, end)):
            return None
        text = reading.text_of(event)[start:end]
        return Signal(self.name, event, text, (start, end), strength)

    def _known(
        self, index: int, reading: Reading, sign: int
    ) -> tuple[int, tuple[int, int]]:
        """Give the heaviest word of a text; what comes again is not weighed again."""
        read = reading.texts[index]
        if index in reading.listed:
            tones = self._tones(read, reading, reading.listed[index])
            return _heaviest(read, tones, sign)
        known = read.warmest if sign > 0 else read.coldest
        if known is None:
            tones = reading.reader.tables.tones.of_all(read.words, self.side)
            known = _heaviest(read, tones, sign)
            if sign > 0:
                read.warmest = known
            else:
                read.coldest = known
        return known


def _heaviest(
    read: TextReading, weights: list[int], sign: int
) -> tuple[int, tuple[int, int]]:
    """Give the heaviest word of a text with its neighbours that lean that way."""
    if sign < 0:
        weights = [-weight for weight in weights]
    best = max(weights, default=0)
    if best <= 0:
        return 0, (0, 0)
    first = last = heaviest = weights.index(best)
    least = best // _NEIGHBOUR
    while first and weights[first - 1] > least:
        first -= 1
    while last + 1 < len(weights) and weights[last + 1] > least:
        last += 1
    return best, _place_of(first, heaviest, last, read.folded.text)


def _place_of(first: int, heaviest: int, last: int, text: str) -> tuple[int, int]:
    """Find words by their numbers, those in the sentence of the heaviest.

    Of "don't" more is shown than the "t".
    """
    # One more is looked at: it may hang on by an apostrophe.
    words = list(islice(WORD.finditer(text), last + 2))
    if first < last:
        start, end = sentence_at(text, words[heaviest].start())
        while words[first].start() < start:
            first += 1
        while words[last].end() > end:
            last -= 1
    while first and text[words[first].start() - 1] == "'":
        first -= 1
    if last + 1 < len(words) and text.startswith("'", words[last].end()):
        last += 1
    return words[first].start(), words[last].end()


BUILTIN = (
    ToneSignal(
        "user_tone",
        "user",
        {
            "fr": Words(
                "ton du client",
                "Les mots du client sonnent chaleureux.",
                "Les mots du client sonnent froids.",
            ),
            "en": Words(
                "customer's tone",
                "The customer's words sound warm.",
                "The customer's words sound cold.",
            ),
        },
    ),
    ToneSignal(
        "bot_tone",
        "bot",
        {
            "fr": Words(
                "ton du bot",
                "Les mots du bot annoncent de l’aide.",
                "Les mots du bot annoncent un refus ou un obstacle.",
            ),
            "en": Words(
                "bot's tone",
                "The bot's words sound like help.",
                "The bot's words sound like a refusal or an obstacle.",
            ),
        },
        # A hint beside what its lists tell: a whole spread, or nothing.
        least=1000,
    ),
)
