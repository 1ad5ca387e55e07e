"""Learn a table of own words: what words tell beyond what all other signals tell.

A ridge logit on what a fitted scorer leaves unexplained, with a column for each stem:
the share of turns that say it, damped as the scorecard damps. The vocabulary is small,
and each word is held near zero as if `WORD_RATINGS` had said that it tells nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jauge.scoring.calibration import LEVEL_RATINGS, chance_of
from jauge.scoring.scorecard import DAMPING
from jauge.text.own_words import FULL, shipped_stems, strength_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from jauge.text.own_words import Turns

    Numbers = NDArray[np.float64]

# A word of fewer customers may tell who they are, and tells too little else.
LEAST_CUSTOMERS = 10
MOST_WORDS = 300
# How many ratings say that a word tells nothing, in deviation units.
WORD_RATINGS = 5000
MOST_RATINGS = 20_000
_DIGITS = 4
_LEAST_SPREAD = 1e-6
_STEPS = 30
_STILL = 1e-9


class Table(NamedTuple):
    """Words of one side in thousandths of a full hit, and the log-odds of that hit."""

    words: Mapping[str, int]
    rate: float

    def shares(self, said: Sequence[Turns]) -> Numbers:
        """Give the log-odds of conversations, as the scorecard counts them."""
        return np.array([self._share(turns) for turns in said], dtype=float)

    def _share(self, turns: Turns) -> float:
        if turns is None:
            return float("nan")
        found = sum([strength_of(turn.split(), self.words) for turn in turns])
        return self.rate * found / (len(turns) + DAMPING)


class Left(NamedTuple):
    """How conversations were judged, 0 to 1, and the log-odds that all else gives."""

    judged: Numbers
    log_odds: Numbers


def learnt(
    said: Sequence[Turns], owners: Sequence[str], left: Left
) -> tuple[Table, float] | None:
    """Learn the words of a side, and how far they move the base, in log-odds.

    None where no word is said by enough customers.
    """
    places = [place for place, turns in enumerate(said) if turns is not None]
    # Every second, or third: so many are enough to learn a few hundred words.
    places = places[:: 1 + len(places) // MOST_RATINGS]
    read = [turns for turns in map(said.__getitem__, places) if turns is not None]
    words = vocabulary(read, [owners[place] for place in places])
    if not words:
        return None
    found = Left(left.judged[places], left.log_odds[places])
    moved, effects = _ridge(_columns(read, words), found)
    table = _table(dict(zip(words, effects.tolist(), strict=True)), read)
    return None if table is None else (table, moved)


def _table(
    effects: Mapping[str, float], read: Sequence[tuple[str, ...]]
) -> Table | None:
    """Write effects as thousandths of that of the strongest turn that was seen."""
    sums = [
        abs(sum([effects.get(stem, 0.0) for stem in turn.split()]))
        for turns in read
        for turn in turns
    ]
    rate = round(max(sums, default=0.0), _DIGITS)
    if not rate:
        return None
    sizes = {stem: round(FULL * effects[stem] / rate) for stem in sorted(effects)}
    return Table({stem: size for stem, size in sizes.items() if size}, rate)


def vocabulary(read: Sequence[tuple[str, ...]], owners: Sequence[str]) -> list[str]:
    """Give the words that most customers say, of those that enough say.

    >>> chats = [("colis perdu",), ("colis", ""), ()] * 10
    >>> vocabulary(chats, [str(place) for place in range(30)])
    ['colis', 'perdu']
    """
    whose: dict[str, set[str]] = {}
    for turns, owner in zip(read, owners, strict=True):
        for stem in frozenset(" ".join(turns).split()):
            whose.setdefault(stem, set()).add(owner)
    counts = Counter({stem: len(found) for stem, found in whose.items()})
    known = shipped_stems()
    kept = [
        pair
        for pair in counts.items()
        if pair[1] >= LEAST_CUSTOMERS and pair[0] in known
    ]
    kept.sort(key=lambda pair: (-pair[1], pair[0]))
    return [stem for stem, _ in kept[:MOST_WORDS]]


def _columns(read: Sequence[tuple[str, ...]], words: Sequence[str]) -> Numbers:
    """Give the damped share of turns that say each word, a row a conversation."""
    places = {word: place for place, word in enumerate(words)}
    counts = np.zeros((len(read), len(words)))
    for row, turns in zip(counts, read, strict=True):
        for stem in " ".join(turns).split():
            place = places.get(stem)
            if place is not None:
                row[place] += 1
    shares: Numbers = counts / ([[len(turns) + DAMPING] for turns in read])
    return shares


def _ridge(columns: Numbers, left: Left) -> tuple[float, Numbers]:
    """Give how far the base moves, and the effect of each word, at the least cost.

    Newton steps; the cost is convex, and what is left is small, so few are enough.
    """
    means = columns.mean(axis=0)
    inputs = np.column_stack([np.ones(len(columns)), columns - means])
    rate = left.judged.mean()
    # What all say alike tells nothing; without a floor nothing would hold it.
    spread = np.maximum(columns.var(axis=0), _LEAST_SPREAD)
    pulls = np.concatenate([[LEVEL_RATINGS], WORD_RATINGS * spread]) * rate * (1 - rate)
    place = np.zeros(inputs.shape[1])
    for _ in range(_STEPS):
        chance = chance_of(left.log_odds + inputs @ place)
        slope = inputs.T @ (chance - left.judged) + pulls * place
        bend = (inputs.T * (chance * (1 - chance))) @ inputs + np.diag(pulls)
        way = np.linalg.solve(bend, slope)
        place = place - way
        if np.abs(way).max() < _STILL:
            break
    return float(place[0] - means @ place[1:]), place[1:]
