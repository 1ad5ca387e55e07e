"""What own words add to calibrating, on conversations that were not rated.

As `benchmarks.calibration`: each set by a scorer that never saw it, n conversations
rated, the others tried; first untouched, then with level, slope and weights fitted,
then with own words beside them. A line is the mean over the draws, with the standard
deviation between them. How strongly words are held was chosen on the sets named first.
Calibrating itself tries words from 300 ratings on, and keeps them only where folds of
the ratings leave no doubt: the last column says how often.
"""

from __future__ import annotations

import argparse
import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from benchmarks.calibration import TUNED_ON, Bench, Figures, figures
from benchmarks.chats import print_table
from jauge.calibrating.own_words import fitted_with_words, words_tried
from jauge.calibrating.rated import Rated
from jauge.calibrating.seen import Seen, see
from jauge.pipeline import scorer_of
from jauge.scoring.calibration import fitted, unseen
from training.crossfit import Crossfit
from training.data import demand_data
from training.gathering import gather

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jauge.scoring.calibration import Level

COUNTS = (100, 300, 1000)
DRAWS = 10
_LEAST_TRIED = 60


class Draw(NamedTuple):
    """The same draw untouched, fitted, and with words; whether words are kept.

    `is_kept` is None where there are too few ratings to try words.
    """

    before: Figures
    fitted: Figures
    worded: Figures
    is_kept: bool | None


def rated_set(bench: Bench, name: str) -> Rated:
    """Put the words of the conversations of a set beside what its scorer sees."""
    found, looked = bench.sets[name], see(scorer_of(), bench.chats[name])
    seen = [one for one in looked if isinstance(one, Seen)]
    return Rated.of(seen, found.judgements.tolist())._replace(
        evidence=found, owners=[str(place) for place in range(len(seen))]
    )


def drawn(found: Rated, start: Level, count: int, draws: int) -> list[Draw]:
    """Rate `count` conversations and try the others, several times."""
    return [_one_draw(found, start, count, draw) for draw in range(draws)]


def _one_draw(found: Rated, start: Level, count: int, draw: int) -> Draw:
    total = len(found.owners)
    inside = np.zeros(total, dtype=bool)
    inside[np.random.default_rng([count, draw]).permutation(total)[:count]] = True
    own, others = found.part(inside), found.part(~inside)
    shares, told = others.evidence.shares, others.evidence.judgements
    tried = words_tried(own, start, unseen(own.evidence, start, own.owners))
    return Draw(
        figures(start.values(shares), told),
        figures(fitted(own.evidence, start).values(shares), told),
        figures(fitted_with_words(own, start).values(others), told),
        None if tried is None else tried.is_kept,
    )


def shown(name: str, count: int, draws: Sequence[Draw]) -> list[str]:
    """Write one line: the mean over the draws."""
    gain = [one.worded.spearman - one.fitted.spearman for one in draws]
    rows = [[one.before, one.fitted, one.worded] for one in draws]
    ranks = np.mean([[one.spearman for one in row] for row in rows], axis=0)
    roots = np.mean([[math.sqrt(one.square) for one in row] for row in rows], axis=0)
    better = [one.worded.square < one.fitted.square for one in draws]
    kept = [one.is_kept for one in draws if one.is_kept is not None]
    return [
        name,
        str(count),
        *(f"{one:.3f}" for one in ranks),
        f"{np.mean(gain):+.3f} ± {np.std(gain):.3f}",
        *(f"{one:.2f}" for one in roots),
        f"{np.mean(better):.0%}",
        f"{np.mean(kept):.0%}" if kept else "-",
    ]


def rows(bench: Bench, draws: int) -> Iterator[list[str]]:
    """Measure every set, those first that something was chosen on."""
    order = sorted(bench.sets, key=lambda name: (name not in TUNED_ON, name))
    for tuned in (True, False):
        together: dict[int, list[Draw]] = {}
        for name in [name for name in order if (name in TUNED_ON) is tuned]:
            found, start = rated_set(bench, name), bench.starts[name]
            for count in COUNTS:
                if len(found.owners) - count >= _LEAST_TRIED:
                    made = drawn(found, start, count, draws)
                    together.setdefault(count, []).extend(made)
                    yield shown(name, count, made)
        for count, made in together.items():
            title = "tuned on" if tuned else "not tuned on"
            yield shown(f"**{len(made) // draws} sets {title}**", count, made)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer draws")
    draws = 3 if parser.parse_args().quick else DRAWS
    demand_data()
    print_table(
        f"Own words beside fitted weights, {draws} draws",
        "set | ratings | Spearman untouched | fitted | with words | words: change ± sd"
        " | RMSE untouched | fitted | with words | draws where words are better"
        " | draws that keep them",
        rows(Bench(gather(Crossfit())), draws),
    )


if __name__ == "__main__":
    main()
