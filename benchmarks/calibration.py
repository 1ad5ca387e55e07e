"""What own ratings bring: a scorer beside the same one calibrated on n of a set.

Each set is drawn from several times: n conversations are rated, the others are tried.
The scorer begun with never saw the set: its heads, tones and weights were learnt from
the others (a few minutes, as for `benchmarks.accuracy`). A line is the mean over the
draws, with the standard deviation between them. The sets named first decided what the
prior leaves open; the others decided nothing.
"""

from __future__ import annotations

import argparse
import math
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.stats import rankdata

from jauge.calibrating.proof import LEAST_FOR_RANGES
from jauge.scoring.calibration import Evidence, Level, fitted, today, unseen
from jauge.scoring.conformal import Foretold, held, ranges
from training.crossfit import Crossfit
from training.crowd import M7
from training.data import demand_data
from training.fit import Fit
from training.gathering import gather
from training.heldout import HeldOut, base_of
from training.weights import load_priors, signed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from jauge.model.conversation import Conversation
    from training.gathering import Seen

    Numbers = NDArray[np.float64]
    Places = NDArray[np.intp]

COUNTS = (20, 50, 100, 300, 1000)
DRAWS = 20
_LEAST_TRIED = 60
_MOST = 1500
# `LEVEL_RATINGS` and `LEAST_SPREAD` were chosen on these.
TUNED_ON = ("uss-mwoz", "uss-ccpe", "convai2-wild", "wmt24-chat-fr (en)")


class Figures(NamedTuple):
    """How well values agree with ratings: ranks, level, squared error in points.

    `held` is the share of ratings in ranges measured on those learnt from.
    """

    spearman: float
    level: float
    square: float
    held: float = math.nan


def figures(values: Numbers, told: Numbers) -> Figures:
    """Measure one row of values."""
    ranks = np.corrcoef(rankdata(values), rankdata(told))[0, 1]
    return Figures(
        float(ranks),
        float(abs(values.mean() - told.mean())),
        float(((values - told) ** 2).mean()),
    )


class Bench:
    """Each set as a scorer sees it that never saw the set."""

    def __init__(self, seen: Sequence[Seen]) -> None:
        self._fits = HeldOut(Fit(signed(load_priors()), seen))
        self._own = [one for one in seen if one.judge == "own"]
        kinds = self._fits.fitted("").weights
        self.names = list(dict.fromkeys(name for name, _ in kinds))
        self.starts: dict[str, Level] = {}
        self.sets: dict[str, Evidence] = {}
        self.chats: dict[str, list[Conversation]] = {}
        self._turns: dict[str, list[int]] = {}
        rows: dict[str, list[Seen]] = defaultdict(list)
        for one in seen:
            if one.set in M7 and one.judge == "raters":
                rows[one.set].append(one)
            elif one.set.startswith("wmt24"):
                rows[f"{one.set} ({one.language})"].append(one)
        for name, found in rows.items():
            # Every k-th: the larger sets stand in the order of their making.
            kept = found[:: max(1, len(found) // _MOST)]
            left_out = kept[0].set
            self.starts[name] = self.start(left_out)
            self.sets[name] = self.evidence(kept, left_out)
            self.chats[name] = [one.conversation for one in kept]
            self._turns[name] = [one.shown.turns for one in kept]

    def start(self, left_out: str) -> Level:
        """Give where the scorer stands that never saw a set."""
        shares = self.evidence(self._own, left_out).shares
        return today(
            base_of(self._fits.fitted(left_out)),
            [
                float(np.nanmean(column)) if not np.isnan(column).all() else 0.0
                for column in shares.T
            ],
        )

    def evidence(self, seen: Sequence[Seen], left_out: str) -> Evidence:
        """Give conversations as the scorer sees them that never saw a set."""
        weights = self._fits.fitted(left_out).weights
        places = {name: place for place, name in enumerate(self.names)}
        shares = np.zeros((len(seen), len(places)))
        for row, one in zip(shares, seen, strict=True):
            for kind, size in one.shown.parts.items():
                row[places[kind[0]]] += weights.get(kind, 0.0) * size
            for name in one.shown.hidden & places.keys():
                row[places[name]] = np.nan
        return Evidence(shares, np.array([_points(one) for one in seen]))

    def by_sector(
        self, draws: int
    ) -> Iterator[tuple[int, list[tuple[Figures, Figures]]]]:
        """Rate own-chats of all sectors but one, and try that one."""
        for count in COUNTS[:-1]:
            pairs = []
            for sector in sorted({one.set for one in self._own}):
                start, rated = self.start(sector), self.evidence(self._own, sector)
                inside = np.array([one.set == sector for one in self._own])
                tried = rated.part(inside)
                for draw in range(draws):
                    random = np.random.default_rng([count, draw])
                    drawn = random.permutation(np.flatnonzero(~inside))[:count]
                    pairs.append(_both(start, fitted(rated.part(drawn), start), tried))
            yield count, pairs

    def drawn(self, name: str, count: int, draws: int) -> list[tuple[Figures, Figures]]:
        """Rate `count` conversations, try all others: before and after, each draw."""
        found, start = self.sets[name], self.starts[name]
        results = []
        for draw in range(draws):
            order = np.random.default_rng([count, draw]).permutation(
                len(found.judgements)
            )
            own, others = order[:count], order[count:]
            after = fitted(found.part(own), start)
            before, then = _both(start, after, found.part(others))
            inside = self._held(name, after, own, others)
            results.append((before, then._replace(held=inside)))
        return results

    def _held(self, name: str, level: Level, own: Places, others: Places) -> float:
        """Measure ranges on those learnt from, unseen; try them on the others."""
        if len(own) < LEAST_FOR_RANGES:
            return math.nan
        found, turns = self.sets[name], self._turns[name]
        rated = found.part(own)
        values = unseen(rated, self.starts[name], [str(place) for place in own])
        table = ranges(_foretold(values, own, turns, rated.judgements))
        tried = found.part(others)
        rows = _foretold(level.values(tried.shares), others, turns, tried.judgements)
        return held(table, rows) / len(rows)


def _both(start: Level, after: Level, tried: Evidence) -> tuple[Figures, Figures]:
    before, then = (
        figures(level.values(tried.shares), tried.judgements)
        for level in (start, after)
    )
    return before, then


def _points(one: Seen) -> float:
    """Map a judgement to 0 to 100; that of star is a share, the others are 1 to 5."""
    if one.set == "star" and one.judge == "raters":
        return 100 * one.judgement
    return 25 * (one.judgement - 1)


def _foretold(
    values: Numbers, places: Places, turns: list[int], told: Numbers
) -> list[Foretold]:
    return [
        Foretold(int(value), turns[place], float(judgement))
        for value, place, judgement in zip(values, places, told, strict=True)
    ]


def _shown(pairs: list[tuple[Figures, Figures]]) -> list[str]:
    before, after = np.array(pairs).mean(axis=0)
    change = np.array([two.spearman - one.spearman for one, two in pairs])
    return [
        f"{before[0]:.3f}",
        f"{after[0]:.3f}",
        f"{change.mean():+.3f} ± {change.std():.3f}",
        f"{before[1]:.1f}",
        f"{after[1]:.1f}",
        f"{math.sqrt(before[2]):.1f}",
        f"{math.sqrt(after[2]):.1f}",
        f"{np.mean([two.square < one.square for one, two in pairs]):.0%}",
        "-" if np.isnan(after[3]) else f"{after[3]:.0%}",
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer draws")
    draws = 4 if parser.parse_args().quick else DRAWS
    demand_data()
    bench = Bench(gather(Crossfit()))
    print(
        "| set | n | Spearman before | after | change ± sd | level error before | after"
        " | RMSE before | after | draws with less squared error | ranges hold |"
    )
    print(f"|---{'|--:' * 10}|")
    order = sorted(bench.sets, key=lambda name: (name not in TUNED_ON, name))
    for tuned in (True, False):
        names = [name for name in order if (name in TUNED_ON) is tuned]
        together: dict[int, list[list[tuple[Figures, Figures]]]] = {}
        for name in names:
            for count in COUNTS:
                if len(bench.sets[name].judgements) - count >= _LEAST_TRIED:
                    pairs = bench.drawn(name, count, draws)
                    together.setdefault(count, []).append(pairs)
                    print(f"| {name} | {count} | {' | '.join(_shown(pairs))} |")
        title = "tuned on" if tuned else "not tuned on"
        for count, rows in together.items():
            pairs = [pair for row in rows for pair in row]
            label = f"**{len(rows)} sets {title}**"
            print(f"| {label} | {count} | {' | '.join(_shown(pairs))} |")
    for count, pairs in bench.by_sector(draws):
        print(
            f"| own-chats, sector not rated | {count} | {' | '.join(_shown(pairs))} |"
        )


if __name__ == "__main__":
    main()
