"""Signal: the bot answers in another language than the customer writes."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import BOT, USER
from jauge.model.signal import Dimension, Signal
from jauge.text.fold import fold
from jauge.text.sentences import sentences_of, shortened
from jauge.text.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from jauge.model.turns import Turn
    from jauge.text.reading import Reading
    from jauge.text.tables import TextTables


class BotWrongLanguage(Struct, frozen=True):
    """Frequent words tell another language of the bot's turn than of the customer's.

    At least `least_words` of the bot's tell its language, and none the customer's; the
    customer has written `least_own` of their own language, and hardly one of the bot's:
    whoever wrote in both is served in either.
    """

    least_words: int = 4
    least_own: int = 2
    clear: int = 3
    longest_evidence: int = 80

    name: ClassVar[str] = "bot_wrong_language"
    dimension: ClassVar[Dimension] = Dimension.UNDERSTANDING
    sign: ClassVar[Literal[-1]] = -1
    needs: ClassVar[frozenset[Need]] = frozenset({"words"})
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words("mauvaise langue", "Le bot répond dans une autre langue."),
        "en": Words("wrong language", "The bot answers in another language."),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give the sentence that tells most, of each turn in another language."""
        tables = reading.reader.tables
        told = {"fr": tables.french, "en": tables.english}
        heard: set[str] = set()
        since = 0
        for at, turn in enumerate(reading.turns):
            if not at or turn.role is not BOT:
                continue
            mine = reading.languages[at - 1]
            # Mostly one word of the customer's language settles it.
            if mine in told and not _has_any(told[mine], turn, reading):
                other = self._other(tables, mine, _words(reading, [turn]))
                if other:
                    before = reading.turns[since:at]
                    since = at
                    heard |= _words(
                        reading, [one for one in before if one.role is USER]
                    )
                    own = len(heard & tables.only(mine, other))
                    foreign = len(heard & tables.only(other, mine))
                    if own >= max(self.least_own, self.clear * foreign):
                        yield self._signal(reading, turn, mine, other)

    def _other(
        self, tables: TextTables, mine: str, words: AbstractSet[str]
    ) -> str | None:
        """Name the language of the bot's words, if it is clearly not the customer's."""
        found = map(tables.languages.get, words)
        owners = [one for one in found if one and mine not in one]
        if len(owners) < self.least_words:
            return None
        counts = Counter(itertools.chain.from_iterable(owners))
        other = max(sorted(counts), key=counts.__getitem__)
        said = len(words & tables.only(mine, other))
        is_other = counts[other] >= max(self.least_words, self.clear * said)
        return other if is_other else None

    def _signal(self, reading: Reading, turn: Turn, mine: str, other: str) -> Signal:
        foreign = reading.reader.tables.only(other, mine)
        _, index, start, end = max(
            (
                len(foreign.intersection(words_of(fold(text[start:end]).text))),
                -index,
                start,
                end,
            )
            for index, text in ((i, one.text) for i, one in turn.messages)
            for start, end in sentences_of(text)
        )
        text = reading.text_of(-index)
        end = shortened(text, start, end, self.longest_evidence)
        evidence = text[start:end]
        return Signal(self.name, -index, evidence, (start, end))


def _has_any(words: AbstractSet[str], turn: Turn, reading: Reading) -> bool:
    """Say whether a turn holds any of some words."""
    texts = reading.texts
    return not all(words.isdisjoint(texts[index].words) for index, _ in turn.messages)


def _words(reading: Reading, turns: Iterable[Turn]) -> set[str]:
    texts = reading.texts
    said = [texts[index].words for turn in turns for index, _ in turn.messages]
    return set().union(*said)
