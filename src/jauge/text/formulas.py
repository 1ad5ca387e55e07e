"""Formulas: words that a list tells of by itself, so that no tone is read in them.

« merci » is thanks, with points of its own: its tone would count it a second time.
A goodbye is form: « bonne journée » wishes well whatever came before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.text.words import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.text.reading import Reading

_FORMULAS = ("user_thanks", "user_says_goodbye", "user_neutral")


def formulas_of(reading: Reading) -> Iterator[tuple[int, list[bool]]]:
    """Give the messages that hold formulas: for each of their words, whether it is one.

    The words are those of `TextReading.words`, in their order.
    """
    said = [said for name in _FORMULAS for said in reading.said.get(name, ())]
    for event in sorted({one.event for one in said}):
        folded = reading.texts[event].folded
        spoken = [(one.start, one.end) for one in said if one.event == event]
        yield (
            event,
            [
                any(start < to and at < end for start, end in spoken)
                for at, to in (
                    folded.place(*word.span()) for word in WORD.finditer(folded.text)
                )
            ],
        )
