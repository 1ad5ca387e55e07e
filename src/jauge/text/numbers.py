"""Numbers of a customer: given before, taken from the bot, or new."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jauge.text.fact_table import FULL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DIGIT = re.compile(r"\d")
# Shorter ones stand in any long number.
_LEAST_LETTERS = 4
# A table pasted into a message says in its first numbers whose they are.
_MOST_NUMBERS = 20


def has_number(text: str) -> bool:
    """Say whether a text has a number at all: mostly it has none.

    >>> has_number("order 4512"), has_number("my order")
    (True, False)
    """
    return _DIGIT.search(text) is not None


def numbers_in(words: Iterable[str]) -> list[str]:
    """Give the words that hold a digit, of folded words.

    >>> numbers_in(["order", "bq77", "2"])
    ['bq77', '2']
    """
    return [word for word in words if not word.isalpha()]


def number_facts(
    words: Sequence[str],
    ours: Sequence[Sequence[str]],
    theirs: Iterable[Sequence[str]],
) -> dict[str, int]:
    """Say whose the numbers of a message are: `ours`, words of the customer before.

    A number comes again however it is spaced.

    >>> number_facts(["vs90311"], [["vs", "90311"]], [])
    {'number again': 1000}
    """
    numbers = numbers_in(words)[:_MOST_NUMBERS]
    if not numbers:
        return {}
    if not set().union(*ours).isdisjoint(numbers) or _in_one(numbers, ours):
        return {"number again": FULL}
    if not set().union(*theirs).isdisjoint(numbers):
        return {"number of the bot": FULL}
    return {"number new": FULL}


def _in_one(numbers: Sequence[str], ours: Iterable[Sequence[str]]) -> bool:
    long = [number for number in numbers if len(number) >= _LEAST_LETTERS]
    if not long:
        return False
    run = "".join(map("".join, ours))
    return any(number in run for number in long)
