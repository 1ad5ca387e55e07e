"""Signal: the customer shouts, in capitals or in marks, beside other trouble."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import USER
from jauge.model.signal import Dimension, Signal
from jauge.text.fold import fold
from jauge.text.sentences import shortened
from jauge.text.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.model.turns import Turn
    from jauge.text.reading import Reading

_MARKS = re.compile(r"[!?](?: ?[!?]){2,}")
_MANY = 3
_LOUD = re.compile(r"[A-ZÀ-ÖØ-ÞŒŸ]{2}")
# Words of letters only: order numbers and masks such as [EMAIL] or #NAME# are none.
_WORD = re.compile(r"(?<![\w#\[<])[^\W\d_]{2,}(?![\w#\]>])")
_TROUBLE = (
    "user_complains", "user_angry", "user_insults", "user_threatens_to_leave",
    "user_corrects", "user_declines", "user_confused", "user_waits",
    "user_unhappy_emoji",
)  # fmt: skip
_WARM = (
    "user_thanks", "user_praises", "user_accepts", "user_says_goodbye",
    "user_laughs", "user_happy_emoji",
)  # fmt: skip


# Fewer letters may be an acronym; some small words stay small: "I WANT my MONEY".
_LEAST_LETTERS = 6
# Oaths below this strength are as often joy: « ostie que c'est beau ».
_MEANT = 0.5
_LEAST_SHARE = 0.8


class UserShouts(Struct, frozen=True):
    """Capitals, `!!!` or `???`, only where something else is wrong too.

    Something is wrong right after the bot's trouble, and in a turn that complains,
    corrects, waits or asks for a person. Who always writes in capitals shouts nothing,
    and capitals without a function word are a name, an address or a code.
    """

    marks: float = 0.6
    longest_evidence: int = 80

    name: ClassVar[str] = "user_shouts"
    dimension: ClassVar[Dimension] = Dimension.SENTIMENT
    sign: ClassVar[Literal[-1]] = -1
    needs: ClassVar[frozenset[Need]] = frozenset({"words"})
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words("crie", "Le client crie, en capitales ou à coups de ponctuation."),
        "en": Words("shouts", "The customer shouts, in capitals or with many marks."),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give one signal for each message that shouts."""
        for turn in reading.turns:
            if turn.role is not USER:
                continue
            for index, message in turn.messages:
                text = message.text
                # Most messages hold neither; the rest is asked only of the others.
                small = text.islower() or not _LOUD.search(text)
                if not small or text.count("!") + text.count("?") >= _MANY:
                    place, strength = self._place(reading, text)
                    if place and _is_wrong(reading, turn, index):
                        start = place[0]
                        end = shortened(text, *place, self.longest_evidence)
                        span = start, end
                        yield Signal(self.name, index, text[start:end], span, strength)

    def _place(
        self, reading: Reading, text: str
    ) -> tuple[tuple[int, int] | None, float]:
        place = _capitals(text)
        if (
            place
            and _is_speech(reading, text[slice(*place)])
            and _writes_small(reading)
        ):
            return place, 1.0
        marks = _MARKS.search(text)
        return (marks.span() if marks else None), self.marks


def _capitals(text: str) -> tuple[int, int] | None:
    """Find where the capitals stand in a text that is mostly in capitals."""
    words = list(_WORD.finditer(text))
    shouted = [word for word in words if word.group().isupper()]
    if len(shouted) < 2:  # noqa: PLR2004 - one word may be an acronym
        return None
    letters = sum(len(word.group()) for word in words)
    loud = sum(len(word.group()) for word in shouted)
    if loud < _LEAST_LETTERS or loud < _LEAST_SHARE * letters:
        return None
    return shouted[0].start(), shouted[-1].end()


def _writes_small(reading: Reading) -> bool:
    """Say whether some message is in small letters, or there is only one."""
    texts = [
        message.text
        for turn in reading.turns
        if turn.role is USER
        for _, message in turn.messages
        if len("".join(_WORD.findall(message.text))) >= _LEAST_LETTERS
    ]
    return len(texts) < 2 or not all(map(_capitals, texts))  # noqa: PLR2004 - one


def _is_speech(reading: Reading, text: str) -> bool:
    known = reading.reader.tables.function_words
    return not known.isdisjoint(words_of(fold(text).text))


def _is_wrong(reading: Reading, turn: Turn, index: int) -> bool:
    """Say whether something else is wrong; a warm message must say so itself."""
    warm = index in reading.said_at(*_WARM)
    here = (index,) if warm else turn.events
    spoken = any(
        said.event in here and said.strength >= _MEANT
        for name in _TROUBLE
        for said in reading.said.get(name, ())
    )
    if spoken or not reading.requests.keys().isdisjoint(here):
        return True
    return not warm and reading.after_trouble(index)
