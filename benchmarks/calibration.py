"""What own ratings bring: the shipped scorer beside one calibrated on n of a set.

Each set is drawn from several times: n conversations are rated, the others are tried.
A line is the mean over the draws, with the standard deviation between them. The sets
named first decided what the prior leaves open; the others decided nothing. The heads of
the shipped scorer have learnt from messages of some of them: read the change, and not
the figure before, as what to expect.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.stats import rankdata

from jauge.calibrating.proof import LEAST_FOR_RANGES
from jauge.calibrating.seen import Seen, see
from jauge.model.conversation import Conversation, Message, Role
from jauge.scorers import build_scorer
from jauge.scoring.calibration import Evidence, Level, fitted, today, unseen
from jauge.scoring.conformal import Foretold, held, ranges
from training.data import DATA, demand_data, own_chats, public_sets, sector_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from jauge.scorer import Scorer

    Numbers = NDArray[np.float64]
    Places = NDArray[np.intp]

COUNTS = (20, 50, 100, 300, 1000)
DRAWS = 20
_LEAST_TRIED = 60
_MOST = 1500
# `LEVEL_RATINGS` and `LEAST_SPREAD` were chosen on these.
TUNED_ON = ("uss-mwoz", "uss-ccpe", "convai2-wild", "wmt24-chat-fr (en)")
_RATED = ("uss-sgd", "uss-mwoz", "uss-redial", "uss-ccpe", "convai2-wild", "star")


class Rated(NamedTuple):
    """A conversation of a set, and its rating from 0 to 100."""

    conversation: Conversation
    judgement: float


def sets() -> Iterator[tuple[str, list[Rated]]]:
    """Give the sets: those rated by others than our readers, then our readers'."""
    for name in _RATED:
        with gzip.open(DATA / name / "dialogues.jsonl.gz") as lines:
            rows = [json.loads(line) for line in lines]
        rated = [
            Rated(_conversation(row), judgement)
            for row in rows
            if (judgement := _judgement(row)) is not None
        ]
        # Every k-th: the larger sets stand in the order of their making.
        yield name, rated[:: max(1, len(rated) // _MOST)]
    ours: dict[str, list[Rated]] = {}
    for chat in (*public_sets(), *own_chats()):
        if chat.set.startswith(("wmt24", "own")):
            name = f"own-chats ({chat.language})" if chat.set == "own" else chat.set
            found = Rated(chat.conversation, (chat.judgement - 1) * 25)
            ours.setdefault(name, []).append(found)
    yield from ours.items()


def _conversation(row: dict[str, Any]) -> Conversation:
    events = tuple(
        Message(role=Role(turn["role"]), text=turn.get("text") or "")
        for turn in row["turns"]
    )
    return Conversation(id=str(row["id"]), language="en", events=events)


def _judgement(row: dict[str, Any]) -> float | None:
    """Map 1 to 5 to 0 to 100; of three questions, the share that is well answered."""
    told = row.get("overall_ratings")
    if told:
        return 25 * (math.fsum(told) / len(told) - 1)
    labels = row.get("labels", {})
    answers = [
        labels.get("user_says_helpful"),
        None
        if labels.get("wizard_says_user_annoyed") is None
        else not labels["wizard_says_user_annoyed"],
        None if "completion" not in labels else labels["completion"] == "Complete",
    ]
    given = [bool(answer) for answer in answers if answer is not None]
    return 100 * sum(given) / len(given) if given else None


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
    """The shipped scorer and the sets as it sees them."""

    def __init__(self, scorer: Scorer) -> None:
        weights = scorer.scorecard.weights
        names = [detector.name for detector in scorer.detectors]
        self.start = today(
            scorer.scorecard.base, [weights[name].mean for name in names]
        )
        self.sets: dict[str, Evidence] = {}
        self._turns: dict[str, list[int]] = {}
        for name, rated in sets():
            found = see(scorer, [one.conversation for one in rated])
            kept = [
                (one, two.judgement)
                for one, two in zip(found, rated, strict=True)
                if isinstance(one, Seen)
            ]
            self._turns[name] = [one.turns for one, _ in kept]
            self.sets[name] = Evidence(
                np.array([one.shares for one, _ in kept]),
                np.array([judgement for _, judgement in kept]),
            )

    def drawn(self, name: str, count: int, draws: int) -> list[tuple[Figures, Figures]]:
        """Rate `count` conversations, try all others: before and after, each draw."""
        found = self.sets[name]
        results = []
        for draw in range(draws):
            order = np.random.default_rng([count, draw]).permutation(
                len(found.judgements)
            )
            own, others = order[:count], order[count:]
            after = fitted(found.part(own), self.start)
            tried = found.part(others)
            before, then = (
                figures(level.values(tried.shares), tried.judgements)
                for level in (self.start, after)
            )
            inside = self._held(name, after, own, others)
            results.append((before, then._replace(held=inside)))
        return results

    def _held(self, name: str, level: Level, own: Places, others: Places) -> float:
        """Measure ranges on those learnt from, unseen; try them on the others."""
        if len(own) < LEAST_FOR_RANGES:
            return math.nan
        found, turns = self.sets[name], self._turns[name]
        rated = found.part(own)
        values = unseen(rated, self.start, [str(place) for place in own])
        table = ranges(_foretold(values, own, turns, rated.judgements))
        tried = found.part(others)
        rows = _foretold(level.values(tried.shares), others, turns, tried.judgements)
        return held(table, rows) / len(rows)


def by_sector(
    scorer: Scorer, start: Level, draws: int
) -> Iterator[tuple[int, list[tuple[Figures, Figures]]]]:
    """Rate own-chats of all sectors but one, and try that one."""
    chats = own_chats()
    found = see(scorer, [chat.conversation for chat in chats])
    kept = [
        (sector_of(chat), one.shares, (chat.judgement - 1) * 25)
        for chat, one in zip(chats, found, strict=True)
        if isinstance(one, Seen)
    ]
    sectors = np.array([sector for sector, _, _ in kept])
    rated = Evidence(
        np.array([shares for _, shares, _ in kept]),
        np.array([judgement for _, _, judgement in kept]),
    )
    for count in COUNTS[:-1]:
        pairs = []
        for draw, sector in itertools.product(range(draws), sorted(set(sectors))):
            others = np.flatnonzero(sectors != sector)
            drawn = np.random.default_rng([count, draw]).permutation(others)[:count]
            after = fitted(rated.part(drawn), start)
            tried = rated.part(np.flatnonzero(sectors == sector))
            before, then = (
                figures(level.values(tried.shares), tried.judgements)
                for level in (start, after)
            )
            pairs.append((before, then))
        yield count, pairs


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
    scorer = build_scorer()
    bench = Bench(scorer)
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
    for count, pairs in by_sector(scorer, bench.start, draws):
        print(
            f"| own-chats, sector not rated | {count} | {' | '.join(_shown(pairs))} |"
        )


if __name__ == "__main__":
    main()
