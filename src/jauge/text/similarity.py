"""Whether two texts of customers ask for the same thing: what the head `alike` weighs.

A cosine alone cannot tell. "Cancel my order" and "place an order" share their words
and lie close together, while a need said again in other words lies further off. So
words are also paired off, by stem, by spelling and by meaning; what finds no partner
counts: above all words that exclude each other (`lists/opposites.tsv`), a negation on
one side, and the same words in another order.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from jauge.text.fact_table import FULL
from jauge.text.reader import stem
from jauge.text.vectors import cosines, load_vectors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jauge.text.tables import TextTables

ALIKE = "alike"
# Two words are one, misspelt, when so much of their letters agrees (per cent).
_SPELT_ALIKE = 84
_LEAST_LETTERS = 4
# From the first cosine on two words mean much the same; below the second, nothing.
_SAME, _APART = 620, 350
_MOST_LONELY = 4
# Every word is compared with every word: of long texts, the first ones.
_MOST_WORDS = 30


def alike(first: Sequence[str], second: Sequence[str], tables: TextTables) -> int:
    """Give the leaning, in thousandths of log-odds, that both ask for the same thing.

    >>> from jauge.text.tables import load_tables
    >>> tables, order = load_tables(), "where is my order".split()
    >>> alike(order, "has my order shipped yet".split(), tables) > 0
    True
    >>> alike(order, "do you repair bikes".split(), tables) > 0
    False
    """
    return tables.heads.heads[ALIKE].leaning(likeness(first, second, tables))


def likeness(
    first: Sequence[str], second: Sequence[str], tables: TextTables
) -> Mapping[str, int]:
    """Compare two texts, given as folded words; all facts in thousandths.

    >>> from jauge.text.tables import load_tables
    >>> cancel, place = "cancel my order".split(), "place my order".split()
    >>> likeness(cancel, place, load_tables())["opposed"]
    1000
    """
    ours, theirs = _content(first, tables), _content(second, tables)
    stems, others = list(map(stem, ours)), list(map(stem, theirs))
    lonely = [
        [word for word, cut in zip(ours, stems, strict=True) if cut not in others],
        [word for word, cut in zip(theirs, others, strict=True) if cut not in stems],
    ]
    near, apart, partners = _partners((first, second), (ours, theirs), lonely)
    shares = [_mean(best) for best in partners]
    shared, covered = min(shares), max(shares)
    common = [cut for cut in stems if cut in others]
    facts = {
        "near": near,
        "near twice": near * near // FULL,
        "shared": shared,
        "shared twice": shared * shared // FULL,
        "common": FULL * len(common) // max(1, min(len(stems), len(others))),
        "lonely near": apart,
        "lonely": FULL * min(*map(len, lonely), _MOST_LONELY),
        "settled": FULL * (not all(lonely)),
    }
    for name, value in (
        ("opposed", FULL * _opposed(first, second, tables)),
        ("denied", FULL * (_denies(first, tables) != _denies(second, tables))),
        ("turned round", FULL * _turned_round(common, others)),
    ):
        facts[name] = value
        facts[f"{name} covered"] = value * covered // FULL
    return facts


def _content(words: Sequence[str], tables: TextTables) -> list[str]:
    known = tables.function_words
    return list(dict.fromkeys(word for word in words if word not in known))[
        :_MOST_WORDS
    ]


def _mean(best: Sequence[float]) -> int:
    return round(FULL * math.fsum(best) / len(best)) if best else 0


def _partners(
    texts: tuple[Sequence[str], Sequence[str]],
    content: tuple[list[str], list[str]],
    lonely: list[list[str]],
) -> tuple[int, int, tuple[list[float], list[float]]]:
    """Give the cosine of the texts and of what is left, and each word's partner."""
    ours, theirs = content
    from rapidfuzz.fuzz import ratio

    words = [[word] for word in (*ours, *theirs)]
    near = cosines(load_vectors().matrix([*texts, *lonely, *words])).tolist()
    first, second = 4, 4 + len(ours)
    grid = [
        [
            _partner(one, other, near[first + at][second + place], ratio)
            for place, other in enumerate(theirs)
        ]
        for at, one in enumerate(ours)
    ]
    mine = [max(row, default=0.0) for row in grid]
    yours = [max(column) for column in zip(*grid, strict=True)] or [0.0] * len(theirs)
    left = int(near[2][3]) if all(lonely) else 0 if any(lonely) else FULL
    return int(near[0][1]), left, (mine, yours)


def _partner(
    one: str, other: str, near: float, ratio: Callable[[str, str], float]
) -> float:
    """Say how much two words are one: 1 by stem or spelling, else by their meaning."""
    if stem(one) == stem(other):
        return 1.0
    if one.isdigit() or other.isdigit():
        return 0.0
    long = len(one) >= _LEAST_LETTERS and len(other) >= _LEAST_LETTERS
    if long and ratio(one, other) >= _SPELT_ALIKE:
        return 1.0
    return max(0.0, min(1.0, (near - _APART) / (_SAME - _APART)))


def _opposed(first: Sequence[str], second: Sequence[str], tables: TextTables) -> int:
    """Count the classes of which each text names a member that the other does not."""
    ours, theirs = _members(first, tables), _members(second, tables)
    return sum(
        bool(ours[group] - theirs[group] and theirs[group] - ours[group])
        for group in ours.keys() & theirs.keys()
    )


def _members(words: Sequence[str], tables: TextTables) -> dict[int, set[int]]:
    named: dict[int, set[int]] = {}
    for word in words:
        for group, member in tables.opposites.get(word, ()):
            named.setdefault(group, set()).add(member)
    return named


def _denies(words: Sequence[str], tables: TextTables) -> bool:
    return not all(never.isdisjoint(words) for never in tables.negations.values())


def _turned_round(common: Sequence[str], others: Sequence[str]) -> bool:
    places = [others.index(cut) for cut in common]
    return places != sorted(places)
