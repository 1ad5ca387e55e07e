"""Words of your own: what calibrating learnt that words tell in your conversations.

A table has stems, and how far each raises (above zero) or lowers a turn that says it,
in thousandths of a full hit. A stem counts once a turn, however often it is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.text.reader import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# The stems of each turn of one side, a text a turn; None where words are not read.
Turns = tuple[str, ...] | None
FULL = 1000
# What is fainter is not shown, and does not count.
FAINTEST = 0.05
# One letter is a rest of something: the "s" of "it's", an initial.
_LEAST_LETTERS = 2


def stems_of(words: Iterable[str]) -> frozenset[str]:
    """Give the stems of folded words; what holds a digit is no word.

    >>> sorted(stems_of(["les", "2", "colis", "a4", "colis"]))
    ['coli', 'les']
    """
    return frozenset(
        [stem(word) for word in words if len(word) >= _LEAST_LETTERS and word.isalpha()]
    )


def strength_of(stems: Iterable[str], table: Mapping[str, int]) -> float:
    """Give how far the stems of a turn raise or lower it: -1 to 1, or 0.

    >>> strength_of({"colis", "perdu"}, {"perdu": -400, "merci": 300})
    -0.4
    """
    total = sum([table.get(one, 0) for one in stems])
    strength = max(-FULL, min(FULL, total)) / FULL
    return strength if abs(strength) >= FAINTEST else 0.0
