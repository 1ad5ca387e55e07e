"""Linear heads: what words and facts add up to, learnt from labelled messages.

A head gives a message its *leaning*, in thousandths of log-odds: a constant, weights
of the words and pairs of words that it holds, and weights of facts about its place. All
are whole numbers, so that a leaning is the same on any machine. `training/heads.py`
makes them.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec import Struct

from jauge.text.phrases import SIDES, Side

if TYPE_CHECKING:
    from collections.abc import Sequence

TABLE = Path(__file__).parent / "heads_table"
FACTS = "facts.toml"
# A long message says what it says in its first words.
_MOST_WORDS = 80
# The full size of a fact, and one unit of log-odds: all is counted in thousandths.
FULL = 1000
FIRST, LAST = "^", "$"
_NOTHING: Mapping[str, tuple[int, ...]] = {}


class Head(Struct, frozen=True, forbid_unknown_fields=True):
    """The constant of a head, and the weight of each fact at its full size of 1000.

    `steps` say from which leaning on a message bears the mark how often, in per cent,
    as measured on sectors that the head had not seen; below the first step it says
    nothing.
    """

    constant: int
    facts: Mapping[str, int]
    steps: tuple[tuple[int, int], ...] = ()

    def chance(self, leaning: int) -> float:
        """Give how often such a message bears the mark; 0 below the steps."""
        found = 0
        for least, percent in self.steps:
            if leaning >= least:
                found = percent
        return found / 100

    def leaning(self, facts: Mapping[str, int]) -> int:
        """Add up the facts of a message, of a head that reads no words."""
        weights = self.facts
        told = [weights[name] * size for name, size in facts.items() if name in weights]
        return self.constant + sum(told) // FULL


class Gram(NamedTuple):
    """What a word weighs, and what it weighs before another word, head by head."""

    alone: tuple[int, ...] | None
    before: Mapping[str, tuple[int, ...]]


class Grams(Struct, frozen=True):
    """The file of a side: the names of its heads, and its grams by their first word."""

    names: tuple[str, ...]
    words: Mapping[str, Gram]


class Heads(Struct, frozen=True):
    """All heads: by name, and for each side what words and facts weigh, head by head.

    `names` gives the order of these weights.
    """

    heads: Mapping[str, Head]
    names: Mapping[Side, tuple[str, ...]]
    grams: Mapping[Side, Mapping[str, Gram]]
    facts: Mapping[Side, Mapping[str, tuple[int, ...]]]
    digest: str

    def leanings(
        self, side: Side, grams: Sequence[int], facts: Mapping[str, int]
    ) -> dict[str, int]:
        """Add up the grams and the facts of a message, for each head of a side."""
        table, heads = self.facts[side], self.heads
        rows = [(table[name], size) for name, size in facts.items() if name in table]
        return {
            name: heads[name].constant
            + grams[at]
            + sum([row[at] * size for row, size in rows]) // FULL
            for at, name in enumerate(self.names[side])
        }

    def grams_in(self, words: Sequence[str], side: Side) -> tuple[int, ...]:
        """Add up the weights of the grams of a text, one sum for each head of a side.

        Sums are shared out over the root of the number of grams.
        """
        known = self.grams[side]
        words = words[:_MOST_WORDS]
        # A gram that comes again counts once; each has its own row.
        found: dict[int, tuple[int, ...]] = {}
        before = known[FIRST].before if FIRST in known else _NOTHING
        for word in (*words, LAST):
            if word in before:
                row = before[word]
                found[id(row)] = row
            if word in known:
                alone, before = known[word]
                if alone:
                    found[id(alone)] = alone
            else:
                before = _NOTHING
        if not found:
            return (0,) * len(self.names[side])
        root = math.sqrt(2 * len(words) + 1)
        sums = map(sum, zip(*found.values(), strict=True))
        return tuple([round(2 * total / root) for total in sums])

    def strongest(self, words: Sequence[str], side: Side, head: str) -> list[str]:
        """Give the grams of a text that raise a head, the strongest first."""
        at = self.names[side].index(head)
        found = set()
        for gram in grams_of(words):
            first, _, second = gram.partition(" ")
            alone, before = self.grams[side].get(first, (None, _NOTHING))
            row = before.get(second) if second else alone
            if row and row[at] > 0:
                found.add((-row[at], gram))
        return [gram for _, gram in sorted(found)]


def grams_of(words: Sequence[str]) -> list[str]:
    """Give the words of a text and its pairs of neighbours, the edges marked.

    >>> grams_of(["ok", "merci"])
    ['ok', 'merci', '^ ok', 'ok merci', 'merci $']
    """
    words = words[:_MOST_WORDS]
    pairs = zip([FIRST, *words], [*words, LAST], strict=True)
    return [*words, *map(" ".join, pairs)]


def table_of(rows: Mapping[str, tuple[int, ...]]) -> dict[str, Gram]:
    """Put the weights of grams where they are found word by word.

    >>> table_of({"ok": (5,), "ok merci": (-2,)})
    {'ok': Gram(alone=(5,), before={'merci': (-2,)})}
    """
    pairs: dict[str, dict[str, tuple[int, ...]]] = {}
    for gram, weights in rows.items():
        first, _, second = gram.partition(" ")
        before = pairs.setdefault(first, {})
        if second:
            before[second] = weights
    return {word: Gram(rows.get(word), before) for word, before in pairs.items()}


def side_by_side(
    heads: Mapping[str, Head], names: Sequence[str]
) -> dict[str, tuple[int, ...]]:
    """Lay the weights that several heads give a fact side by side."""
    known = sorted({fact for name in names for fact in heads[name].facts})
    return {
        fact: tuple([heads[name].facts.get(fact, 0) for name in names])
        for fact in known
    }


def put_together(
    heads: Mapping[str, Head], grams: Mapping[Side, Grams], digest: str
) -> Heads:
    """Make heads of what they learnt."""
    return Heads(
        heads=heads,
        names={side: grams[side].names for side in SIDES},
        grams={side: grams[side].words for side in SIDES},
        facts={side: side_by_side(heads, grams[side].names) for side in SIDES},
        digest=digest,
    )


@functools.cache
def load_heads(folder: Path = TABLE) -> Heads:
    """Load the heads of a folder: `facts.toml` and the grams of each side."""
    import hashlib

    files = sorted([FACTS, *(f"{side}.json" for side in SIDES)])
    sources = {name: (folder / name).read_bytes() for name in files}
    heads = msgspec.toml.decode(sources[FACTS], type=dict[str, Head])
    grams = {
        side: msgspec.json.decode(sources[f"{side}.json"], type=Grams) for side in SIDES
    }
    digest = hashlib.sha256(b"\0".join(sources.values())).hexdigest()
    return put_together(heads, grams, digest)
