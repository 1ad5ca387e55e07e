"""Words that are written as names are: with a capital inside a sentence.

Many customers may share a first name, or talk to an agent who has it; what is
learnt of words must not be learnt of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.text.reader import stem
from jauge.text.words import WORD

if TYPE_CHECKING:
    from jauge.text.reader import TextReading

# What may stand between two words of one sentence.
_BETWEEN = " ,'’-*_(@"
_REACH = 8


def named_in(read: TextReading) -> frozenset[str]:
    """Give the stems of the words of a text that are written as names are.

    >>> from jauge.text.reader import Reader
    >>> from jauge.text.tables import load_tables
    >>> text = "Merci Sophie, le colis de JEAN est là. Bravo"
    >>> sorted(named_in(Reader(load_tables()).text(text, "user")))
    ['sophi']
    """
    folded, text = read.folded, read.text
    if text.islower():
        return frozenset()
    return frozenset(
        [
            stem(match.group())
            for match in WORD.finditer(folded.text)
            if _is_named(text, *folded.place(*match.span()))
        ]
    )


def _is_named(text: str, start: int, end: int) -> bool:
    """Say whether a word has one capital, its first letter, and follows a word."""
    word = text[start:end]
    if not (word[0].isupper() and word[1:].islower()):
        return False
    before = text[max(0, start - _REACH) : start].rstrip(_BETWEEN)
    # A line of its own begins anew, as a sentence does.
    return bool(before) and before[-1].isalnum()
