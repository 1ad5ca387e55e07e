"""Linear heads: what words and facts add up to, learnt from labelled messages.

A head gives a message its *leaning*, in thousandths of log-odds: a constant, weights
of the words and pairs of words that it holds, and weights of facts about its place. All
are whole numbers, so that a leaning is the same on any machine. `training/heads.py`
makes them.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from jauge.text.fact_table import FULL, FactTable
from jauge.text.grams import GramTable, LaidOut
from jauge.text.phrases import SIDES, Side

if TYPE_CHECKING:
    from collections.abc import Sequence

TABLE = Path(__file__).parent / "heads_table"
FACTS = "facts.toml"


class Head(Struct, frozen=True, forbid_unknown_fields=True):
    """The constant of a head, and the weight of each fact at its full size of 1000.

    `steps` say, rising, from which leaning on a message bears the mark how often, in
    per cent, as measured on sectors that the head had not seen; below the first step it
    says nothing.
    """

    constant: int
    facts: Mapping[str, int]
    steps: tuple[tuple[int, int], ...] = ()

    def chance(self, leaning: int) -> float:
        """Give how often such a message bears the mark; 0 below the steps."""
        found = 0
        for least, percent in self.steps:
            if leaning < least:
                break
            found = percent
        return found / 100

    def leaning(self, facts: Mapping[str, int]) -> int:
        """Add up the facts of a message, of a head that reads no words."""
        weights = self.facts
        told = [weights[name] * size for name, size in facts.items() if name in weights]
        return self.constant + sum(told) // FULL


class Heads(Struct, frozen=True):
    """All heads: by name, and for each side what words and facts weigh, head by head.

    `names` gives the order of these weights. A head that reads no words stands alone:
    its facts are found by its own name.
    """

    heads: Mapping[str, Head]
    names: Mapping[Side, tuple[str, ...]]
    grams: Mapping[Side, GramTable]
    facts: Mapping[str, FactTable]
    digest: str

    def leanings(
        self,
        side: Side,
        texts: Sequence[Sequence[str]],
        facts: Sequence[Mapping[str, int]],
    ) -> dict[str, list[int]]:
        """Add up the grams and the facts of messages of a side, for each of its heads.

        `texts` are their words.
        """
        sums = zip(
            self.grams[side].sums(texts), self.facts[side].sums(facts), strict=True
        )
        return {
            name: (self.heads[name].constant + grams + told).tolist()
            for name, (grams, told) in zip(self.names[side], sums, strict=True)
        }

    def leaning(self, name: str, facts: Sequence[Mapping[str, int]]) -> list[int]:
        """Add up the facts of messages, for a head that reads no words."""
        found = self.heads[name].constant + self.facts[name].sums(facts)[0]
        return found.tolist()  # type: ignore[no-any-return]


def put_together(
    heads: Mapping[str, Head], grams: Mapping[Side, LaidOut], digest: str
) -> Heads:
    """Make heads of what they learnt."""
    names = {side: grams[side].names for side in SIDES}
    reading = set(itertools.chain.from_iterable(names.values()))
    told = {name: (name,) for name in heads if name not in reading} | names
    return Heads(
        heads=heads,
        names=names,
        grams={side: GramTable(grams[side]) for side in SIDES},
        facts={
            place: FactTable([heads[name].facts for name in some])
            for place, some in told.items()
        },
        digest=digest,
    )


@functools.cache
def load_heads(folder: Path = TABLE) -> Heads:
    """Load the heads of a folder: `facts.toml` and the grams of each side.

    Those are read as training laid them out; a test compares them with the `.json` that
    names them.
    """
    import hashlib

    files = sorted([FACTS, *(f"{side}.json" for side in SIDES)])
    sources = {name: (folder / name).read_bytes() for name in files}
    heads = msgspec.toml.decode(sources[FACTS], type=dict[str, Head])
    grams = {side: _laid_out(folder / f"{side}.msgpack") for side in SIDES}
    digest = hashlib.sha256(b"\0".join(sources.values())).hexdigest()
    return put_together(heads, grams, digest)


def _laid_out(path: Path) -> LaidOut:
    return msgspec.msgpack.decode(path.read_bytes(), type=LaidOut)
