"""What a table of own words adds to calibrating, on conversations that were not rated.

Each set is drawn from several times: n conversations are rated, up to 1,500 others are
tried, with the weights fitted alone and with own words beside them. Heads and tones
never saw the set; the weights that fitting begins with did. A line is the mean over the
draws, with the standard deviation between them. Nothing was chosen on these figures
but on those of the sets named first.
"""

from __future__ import annotations

import argparse
import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from benchmarks.calibration import Figures, figures
from benchmarks.chats import print_table
from jauge.calibrating.own_words import fitted_with_words, words_tried
from jauge.calibrating.rated import Rated
from jauge.calibrating.seen import Seen, see
from jauge.scoring.calibration import fitted, today, unseen
from training.crossfit import Crossfit
from training.crowd import M7, rated
from training.data import demand_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jauge.scorer import Scorer
    from jauge.scoring.calibration import Level

COUNTS = (300, 1000)
DRAWS = 6
_LEAST_TRIED = 60
_MOST = 2500
# How strongly words are held was chosen on these.
TUNED_ON = ("uss-mwoz", "uss-ccpe", "convai2-wild")


class Pair(NamedTuple):
    """The same draw without own words and with them; whether calibrating keeps them."""

    without: Figures
    with_words: Figures
    is_kept: bool


def rated_set(scorer: Scorer, name: str) -> Rated:
    """See the conversations of a set, with their ratings brought to 0 to 100."""
    found = list(rated(name))
    found = found[:: max(1, len(found) // _MOST)]
    seen = see(scorer, [one.conversation for one in found])
    most = 1.0 if name == "star" else 5.0
    least = 0.0 if name == "star" else 1.0
    told = [100 * (one.judgement - least) / (most - least) for one in found]
    kept = [pair for pair in zip(seen, told, strict=True) if isinstance(pair[0], Seen)]
    rows = [one for one, _ in kept if isinstance(one, Seen)]
    return Rated.of(rows, [judgement for _, judgement in kept])


def start_of(scorer: Scorer) -> Level:
    """Give where a scorer stands before its calibration."""
    weights = scorer.scorecard.weights
    means = [weights[detector.name].mean for detector in scorer.detectors]
    return today(scorer.scorecard.base, means)


def drawn(found: Rated, start: Level, count: int, draws: int) -> Iterator[Pair]:
    """Rate `count` conversations and try the others."""
    total = len(found.owners)
    for draw in range(draws):
        order = np.random.default_rng([count, draw]).permutation(total)
        inside = np.zeros(total, dtype=bool)
        inside[order[:count]] = True
        own, others = found.part(inside), found.part(~inside)
        told = others.evidence.judgements
        plain = fitted(own.evidence, start).values(others.evidence.shares)
        worded = fitted_with_words(own, start).values(others)
        tried = words_tried(own, start, unseen(own.evidence, start, own.owners))
        kept = tried is not None and tried.is_kept
        yield Pair(figures(plain, told), figures(worded, told), kept)


def row_of(name: str, count: int, pairs: Sequence[Pair]) -> list[str]:
    """Write one line: the mean over the draws."""
    change = [pair.with_words.spearman - pair.without.spearman for pair in pairs]
    squares = [
        [math.sqrt(one.square) for one in (pair.without, pair.with_words)]
        for pair in pairs
    ]
    before, after = np.mean(squares, axis=0)
    return [
        name,
        str(count),
        f"{np.mean([pair.without.spearman for pair in pairs]):.3f}",
        f"{np.mean([pair.with_words.spearman for pair in pairs]):.3f}",
        f"{np.mean(change):+.3f} ± {np.std(change):.3f}",
        f"{before:.2f}",
        f"{after:.2f}",
        f"{np.mean([pair.is_kept for pair in pairs]):.0%}",
    ]


def rows(crossfit: Crossfit, draws: int) -> Iterator[list[str]]:
    """Measure every set, those first that something was chosen on."""
    for name in sorted(M7, key=lambda one: (one not in TUNED_ON, one)):
        scorer = crossfit.without(name)
        found, start = rated_set(scorer, name), start_of(scorer)
        for count in COUNTS:
            if len(found.owners) - count >= _LEAST_TRIED:
                shown = f"{name} (tuned on)" if name in TUNED_ON else name
                yield row_of(shown, count, list(drawn(found, start, count, draws)))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer draws")
    draws = 2 if parser.parse_args().quick else DRAWS
    demand_data()
    print_table(
        f"Own words beside fitted weights, {draws} draws",
        "set | ratings | Spearman without | with | change ± sd | RMSE without | with"
        " | draws that keep them",
        rows(Crossfit(), draws),
    )


if __name__ == "__main__":
    main()
