"""Words that a list tells of by itself, so that no tone is read in them.

« merci » is thanks and “perfect” praise, with points of their own: their tone would
count them a second time. So would that of “sorry” or “sold out” in an answer of the
bot. A goodbye is form: « bonne journée » wishes well whatever came before. What the
list of neutral phrases holds says nothing: « merci, mais ».
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from jauge.text.words import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.text.reading import Reading

_LISTS = (
    "user_thanks", "user_says_goodbye", "user_neutral", "user_praises", "user_says_no",
    "user_angry", "user_insults", "bot_apologizes", "bot_fails", "bot_fallback",
    "bot_lacks", "bot_refuses_person", "bot_succeeds",
)  # fmt: skip


def listed_in(reading: Reading) -> Iterator[tuple[int, list[bool]]]:
    """Give the messages that lists tell of: for each of their words, whether one does.

    The words are those of `TextReading.words`, in their order.
    """
    said: dict[int, list[tuple[int, int]]] = {}
    for name in _LISTS:
        for one in reading.said.get(name, ()):
            said.setdefault(one.event, []).append((one.start, one.end))
    for event, spoken in sorted(said.items()):
        folded = reading.texts[event].folded
        words = [folded.place(*word.span()) for word in WORD.finditer(folded.text)]
        starts, ends = [at for at, _ in words], [to for _, to in words]
        told = [False] * len(words)
        for start, end in spoken:
            first, after = bisect_right(ends, start), bisect_left(starts, end)
            told[first:after] = [True] * (after - first)
        yield event, told
