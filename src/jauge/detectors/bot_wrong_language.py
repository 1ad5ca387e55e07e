"""Signal: the bot answers in another language than the customer writes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import Role
from jauge.model.signal import Dimension, Signal
from jauge.text.fold import fold
from jauge.text.sentences import sentences_of, shortened
from jauge.text.words import words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from jauge.model.turns import Turn
    from jauge.text.reading import Reading


@dataclass(frozen=True, slots=True)
class BotWrongLanguage:
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
            if not at or turn.role is not Role.BOT:
                continue
            mine = reading.languages[at - 1]
            # Mostly one word of the customer's language settles it.
            if mine in told and not _has_any(told[mine], turn, reading):
                before = reading.turns[since:at]
                heard |= _words(
                    reading, [one for one in before if one.role is Role.USER]
                )
                since = at
                words = _words(reading, [turn])
                other = self._other(tables.languages, mine, words, heard)
                if other:
                    yield self._signal(reading, turn, mine, other)

    def _other(
        self,
        table: Mapping[str, tuple[str, ...]],
        mine: str,
        words: Collection[str],
        heard: Collection[str],
    ) -> str | None:
        """Name the language of the bot's words, if it is clearly not the customer's."""
        counts = Counter(
            language
            for word in words
            if mine not in (owners := table.get(word, ()))
            for language in owners
        )
        if not counts:
            return None
        other = max(sorted(counts), key=counts.__getitem__)
        said, foreign = (
            _only(table, mine, other, words),
            _only(table, mine, other, heard),
        )
        is_other = counts[other] >= max(self.least_words, self.clear * said[0])
        is_mine = foreign[0] >= max(self.least_own, self.clear * foreign[1])
        return other if is_other and is_mine else None

    def _signal(self, reading: Reading, turn: Turn, mine: str, other: str) -> Signal:
        table = reading.reader.tables.languages
        _, index, start, end = max(
            (
                _only(table, mine, other, words_of(fold(text[start:end]).text))[1],
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


def _only(
    table: Mapping[str, tuple[str, ...]], mine: str, other: str, words: Iterable[str]
) -> tuple[int, int]:
    """Count the different words that only the one, and only the other language has."""
    owners = [table.get(word, ()) for word in frozenset(words)]
    return (
        sum(mine in one and other not in one for one in owners),
        sum(other in one and mine not in one for one in owners),
    )
