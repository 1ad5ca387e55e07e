"""Words that a customer stresses: written in capitals, for want of a louder voice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jauge.text.fact_table import FULL
from jauge.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

# Marks of redaction, `[EMAIL]` or `#NAME#`, stress nothing.
_CAPITALS = re.compile(r"(?<![\w#\[<])[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’]+(?!-?[\w#\]>])")
# Mostly no two capitals stand together, and there is nothing to look at.
_TWO = re.compile(r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’]")
# « OK » and "TV" are written so by habit.
_LEAST_LETTERS = 4


def stressed_in(text: str) -> list[str]:
    """Give the words of a text in capitals, as written.

    >>> stressed_in("how do i CLAIM, order BQ-77 [EMAIL]")
    ['CLAIM']
    """
    if text.islower() or not _TWO.search(text):
        return []
    return _CAPITALS.findall(text)


def stress_facts(
    text: str, heard: Iterable[str], said: Iterable[Collection[str]]
) -> dict[str, int]:
    """Say whether a text stresses a word, and one that the customer said before.

    `heard`: texts just before it, of both sides; a word that stands there in capitals
    is a name or a code. `said`: the words of the customer's turns before it.

    >>> stress_facts("how do I CLAIM", ["How do I claim?"], [["claim"]])
    {'stressed': 1000, 'stressed again': 1000}
    """
    words = stressed_in(text)
    if not words:
        return {}
    known = {word for said_before in heard for word in stressed_in(said_before)}
    words = [word for word in dict.fromkeys(words) if word not in known]
    if not words:
        return {}
    if text.isupper():
        return {"capitals": FULL} if len(text) >= _LEAST_LETTERS else {}
    facts = {"stressed": FULL}
    folded = {fold(word).text for word in words}
    if any(not folded.isdisjoint(before) for before in said):
        facts["stressed again"] = FULL
    return facts
