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
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from jauge.text.phrases import SIDES, Side

if TYPE_CHECKING:
    from collections.abc import Sequence

TABLE = Path(__file__).parent / "heads_table"
FACTS = "facts.toml"
# A long message says what it says in its first words.
_MOST_WORDS = 80
_UNIT = 1000
_EDGES = "^", "$"


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

    def leaning(self, grams: int, facts: Mapping[str, int]) -> int:
        """Add up the words (`grams`) and the facts of a message."""
        weights = self.facts
        told = sum([weights[name] * facts[name] for name in facts.keys() & weights])
        return self.constant + grams + told // _UNIT


class Heads(Struct, frozen=True):
    """All heads: by name, and for each side the weights of its grams by head.

    `names` gives the order of the weights of a gram.
    """

    heads: Mapping[str, Head]
    names: Mapping[Side, tuple[str, ...]]
    grams: Mapping[Side, Mapping[str, tuple[int, ...]]]
    digest: str

    def grams_in(self, words: Sequence[str], side: Side) -> tuple[int, ...]:
        """Add up the weights of the grams of a text, one sum for each head of a side.

        Sums are shared out over the root of the number of grams.
        """
        said = grams_of(words)
        known = self.grams[side]
        found = known.keys() & said
        if not found:
            return (0,) * len(self.names[side])
        sums = map(sum, zip(*[known[gram] for gram in found], strict=True))
        root = math.sqrt(len(said))
        return tuple([round(2 * total / root) for total in sums])

    def strongest(self, words: Sequence[str], side: Side, head: str) -> list[str]:
        """Give the grams of a text that raise a head, the strongest first."""
        at = self.names[side].index(head)
        known = self.grams[side]
        found = [
            (-known[gram][at], gram)
            for gram in known.keys() & grams_of(words)
            if known[gram][at] > 0
        ]
        return [gram for _, gram in sorted(found)]


def grams_of(words: Sequence[str]) -> set[str]:
    """Give the words of a text and its pairs of neighbours, the edges marked.

    >>> sorted(grams_of(["ok", "merci"]))
    ['^ ok', 'merci', 'merci $', 'ok', 'ok merci']
    """
    words = words[:_MOST_WORDS]
    first, last = _EDGES
    return {*words, *map(" ".join, zip([first, *words], [*words, last], strict=True))}


@functools.cache
def load_heads(folder: Path = TABLE) -> Heads:
    """Load the heads of a folder: `facts.toml` and a table of grams for each side."""
    import hashlib

    sources = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    names: dict[Side, tuple[str, ...]] = {}
    grams: dict[Side, dict[str, tuple[int, ...]]] = {}
    for side in SIDES:
        first, *lines = sources[f"{side}.tsv"].decode().splitlines()
        names[side] = tuple(first.split("\t")[1:])
        rows = (line.split("\t") for line in lines)
        grams[side] = {gram: tuple(map(int, weights)) for gram, *weights in rows}
    return Heads(
        heads=msgspec.toml.decode(sources[FACTS], type=dict[str, Head]),
        names=names,
        grams=grams,
        digest=hashlib.sha256(b"\0".join(sources.values())).hexdigest(),
    )
