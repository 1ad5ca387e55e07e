"""Numbers of a customer: given before, taken from the bot, or new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.text.fact_table import FULL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Shorter ones stand in any long number.
_LEAST_LETTERS = 4
# A table pasted into a message says in its first numbers whose they are.
_MOST_NUMBERS = 20


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
    run = "".join(word for said in ours for word in said)
    if any(
        any(number in said for said in ours)
        or (len(number) >= _LEAST_LETTERS and number in run)
        for number in numbers
    ):
        return {"number again": FULL}
    if any(number in said for said in theirs for number in numbers):
        return {"number of the bot": FULL}
    return {"number new": FULL}
