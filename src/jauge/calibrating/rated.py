"""Rated conversations as numbers and words: what a scorer is fitted to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jauge.scoring.calibration import Evidence
from jauge.text.own_words import Turns
from jauge.text.phrases import Side

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from jauge.calibrating.seen import Seen
    from jauge.scoring.agreement import Indexes

_QUARTER = 4


class Rated(NamedTuple):
    """Rated conversations: what signals give, whose they are, what each side says.

    `turns` counts those of the customer.
    """

    evidence: Evidence
    owners: Sequence[str]
    turns: Sequence[int]
    said: Mapping[Side, Sequence[Turns]]

    @classmethod
    def of(cls, seen: Sequence[Seen], judgements: Sequence[float]) -> Rated:
        """Put conversations as a scorer sees them beside their ratings, 0 to 100.

        Words that are written as names are left out of what is said.
        """
        names = names_among(seen)
        shares = np.array([one.shares for one in seen])
        return cls(
            evidence=Evidence(shares, np.array(judgements)),
            owners=[one.owner for one in seen],
            turns=[one.turns for one in seen],
            said={
                "user": [_without(one.user, names) for one in seen],
                "bot": [_without(one.bot, names) for one in seen],
            },
        )

    @property
    def customers(self) -> Indexes:
        """Number the customer of each conversation."""
        return np.unique(np.array(self.owners), return_inverse=True)[1]

    def part(self, kept: NDArray[np.bool_]) -> Rated:
        """Give the conversations at some places."""
        places = np.flatnonzero(kept).tolist()
        return Rated(
            self.evidence.part(kept),
            [self.owners[place] for place in places],
            [self.turns[place] for place in places],
            {
                side: [said[place] for place in places]
                for side, said in self.said.items()
            },
        )


def names_among(seen: Sequence[Seen]) -> frozenset[str]:
    """Give the stems that a quarter of the conversations that have them write as names.

    Many customers write no capitals, so not all need to.
    """
    having: Counter[str] = Counter()
    naming: Counter[str] = Counter()
    for one in seen:
        having.update(
            frozenset(" ".join((*(one.user or ()), *(one.bot or ()))).split())
        )
        naming.update(one.names)
    return frozenset(
        [stem for stem, times in naming.items() if _QUARTER * times >= having[stem]]
    )


def _without(turns: Turns, names: frozenset[str]) -> Turns:
    if turns is None:
        return None
    return tuple(
        [
            " ".join([stem for stem in turn.split() if stem not in names])
            for turn in turns
        ]
    )
