"""Sentences of a text as written: where one begins and ends."""

from __future__ import annotations

import functools
import itertools
import re
from operator import methodcaller
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# A mark inside "3.5" or an address ends nothing; the blank after it tells.
_END = re.compile(r"[.?!…](?=\s)|\n")
_end_of = methodcaller("end")


def sentences_of(text: str) -> Iterator[tuple[int, int]]:
    """Give the places of the sentences, without the blanks around them.

    >>> text = "It is here. Which size?"
    >>> [text[start:end] for start, end in sentences_of(text)]
    ['It is here.', 'Which size?']
    """
    start = 0
    ends = map(_end_of, _END.finditer(text))
    for end in itertools.chain(ends, (len(text),)):
        piece = text[start:end]
        said = piece.strip()
        if said:
            first = start + len(piece) - len(piece.lstrip())
            yield first, first + len(said)
        start = end


@functools.lru_cache(maxsize=1 << 11)
def sentence_at(text: str, place: int) -> tuple[int, int]:
    """Give the sentence that holds a place of the text."""
    for found in sentences_of(text):
        if place < found[1]:
            return found
    return 0, len(text)


def shortened(text: str, start: int, end: int, longest: int) -> int:
    """Give where to end a part of a text that is shown: after a word, if it is long.

    >>> text = "Your next visit can be planned from September on."
    >>> text[: shortened(text, 0, len(text), 20)]
    'Your next visit can'
    """
    if end - start <= longest:
        return end
    blank = text.rfind(" ", start + 1, start + longest + 1)
    return blank if blank > 0 else start + longest


def ends_asking(text: str) -> bool:
    """Say whether the last mark of a text is a question mark; emoji may follow.

    >>> ends_asking("Which size? 🙂"), ends_asking("Any? Tell me.")
    (True, False)
    """
    _, mark, after = text.rpartition("?")
    return bool(mark) and not any(map(str.isalnum, after))
