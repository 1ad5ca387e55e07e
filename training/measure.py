"""Make the shipped scorer from `priors.toml`: its level, spread, means and ranges.

`make train`. Weights are priors, times one common slope. Everything is measured on the
working parts (`data.py`), own-chats where nothing else is said; the others never enter:

- slope: the one that fits our readers' ratings of the public sets best, one intercept a
  set, least squares; on own-chats it would come out bolder than it is, because the
  lists were written on that part,
- base: the whole number at which own-chats fit best, ratings mapped to 0, 25, … 100,
- `mean` of a signal: its mean contribution where the source can show it,
- ranges: split conformal, cross-fitted by id: 80 % of the residuals of comparable
  conversations, by number of customer turns and by value.
"""

from __future__ import annotations

import hashlib
import json
import math
import tomllib
from collections import defaultdict
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import asdict

from jauge.model.conversation import Role
from jauge.scorers import build_scorer
from jauge.scoring.conformal import Foretold, held, ranges
from jauge.scoring.logistic import MICRO, log_odds_of
from training.data import demand_data, own_chats, public_sets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jauge.scorer import Scorer
    from jauge.scoring.scorer_file import RangeRow
    from training.data import Labelled

HERE = Path(__file__).parent
PRIORS = HERE / "priors.toml"
SHIPPED = HERE.parent / "src" / "jauge" / "scoring" / "default" / "weights.toml"
_SLOPES = [step / 20 for step in range(10, 81)]


class Measured(NamedTuple):
    """A conversation: log-odds without base, customer turns, judgement in points."""

    id: str
    log_odds: float
    turns: int
    judgement: float


def points(log_odds: float) -> float:
    """Give 100 / (1 + exp(-z))."""
    return 100 / (1 + math.exp(-log_odds))


def measured(
    scorer: Scorer, chats: Iterable[Labelled]
) -> tuple[list[Measured], dict[str, list[float]]]:
    """Score the working part; give the sums, and the contributions of each signal."""
    rows: list[Measured] = []
    worth: dict[str, list[float]] = defaultdict(list)
    for chat in chats:
        if chat.part != "work" or scorer.score(chat.conversation).status != "scored":
            continue
        reading = scorer.read(chat.conversation)
        hidden = scorer.unavailable(reading)
        shares = scorer.scorecard.shares(scorer.signals(reading, hidden), reading.turns)
        each = dict.fromkeys(
            (d.name for d in scorer.detectors if d.name not in hidden), 0.0
        )
        for share in shares:
            each[share.signal.name] += share.log_odds
        for name, value in each.items():
            worth[name].append(value)
        turns = sum(1 for turn in reading.turns if turn.role is Role.USER)
        total = math.fsum(share.log_odds for share in shares)
        rows.append(
            Measured(chat.conversation.id, total, turns, (chat.judgement - 1) * 25)
        )
    return rows, worth


def squares(rows: Iterable[Measured], slope: float, start: float) -> float:
    """Add up the squared errors of a slope and a start, in points."""
    return math.fsum(
        (points(start + slope * row.log_odds) - row.judgement) ** 2 for row in rows
    )


def slope_of(sets: Iterable[Sequence[Measured]]) -> float:
    """Find the common slope of several sets, each with a start of its own."""
    kept = list(sets)
    return min(_SLOPES, key=lambda slope: sum(_best(rows, slope) for rows in kept))


def _best(rows: Sequence[Measured], slope: float) -> float:
    return min(squares(rows, slope, start / 10) for start in range(-30, 31))


def base_of(rows: Sequence[Measured], slope: float) -> int:
    """Find the whole base with the least squared error."""
    return min(
        range(30, 80), key=lambda base: squares(rows, slope, log_odds_of(base) / MICRO)
    )


def foretold(rows: Iterable[Measured], slope: float, base: int) -> list[Foretold]:
    """Give what a slope and a base say of conversations, beside what readers say."""
    start = log_odds_of(base) / MICRO
    return [
        Foretold(
            math.floor(points(start + slope * row.log_odds) + 0.5),
            row.turns,
            row.judgement,
        )
        for row in rows
    ]


def fold_of(conversation_id: str) -> int:
    """Put a conversation into one of two halves, by its id."""
    return hashlib.sha256(conversation_id.encode()).digest()[0] % 2


def coverage(rows: Sequence[Measured], slope: float) -> tuple[int, int]:
    """Count how many judgements lie in ranges measured on the other half."""
    inside = 0
    for half in (0, 1):
        others = [row for row in rows if fold_of(row.id) != half]
        base = base_of(others, slope)
        table = ranges(foretold(others, slope, base))
        kept = [row for row in rows if fold_of(row.id) == half]
        inside += held(table, foretold(kept, slope, base))
    return inside, len(rows)


def written(
    priors: dict[str, object],
    slope: float,
    base: int,
    means: dict[str, float],
    table: Sequence[RangeRow],
) -> str:
    """Write the scorer file."""
    lines = [
        "# Made by `make train` from training/priors.toml: do not edit.",
        f"# Weights are the priors times the slope {slope:g};"
        " base, means and ranges are measured.",
        f"name = {json.dumps(priors['name'])}",
        f"version = {json.dumps(priors['version'])}",
        f"judge = {json.dumps(priors['judge'])}",
        f"base = {base}",
    ]
    for name, row in priors["signals"].items():  # type: ignore[attr-defined]
        lines.append(f"\n[signals.{name}]")
        lines += [
            f"{key} = {round(row[key] * slope, 4):g}"
            for key in ("rate", "end", "fact")
            if key in row
        ]
        lines.append(f"mean = {round(means.get(name, 0.0) * slope, 4):g}")
        lines.append(f"reason = {json.dumps(row['reason'], ensure_ascii=False)}")
    for cell in table:
        lines.append("\n[[ranges]]")
        lines += [f"{key} = {value}" for key, value in asdict(cell).items()]
    return "\n".join(lines) + "\n"


def prior_scorer(priors: dict[str, object]) -> Scorer:
    """Load the shipped scorer with the priors as its weights."""
    scorer = build_scorer()
    rows: dict[str, dict[str, float]] = priors["signals"]  # type: ignore[assignment]
    signs = {detector.name: detector.sign for detector in scorer.detectors}
    weights = {
        name: replace(
            scorer.scorecard.weights[name],
            rate=signs[name] * row.get("rate", 0.0),
            end=signs[name] * row.get("end", 0.0),
            fact=signs[name] * row.get("fact", 0.0),
        )
        for name, row in rows.items()
    }
    return replace(scorer, scorecard=replace(scorer.scorecard, weights=weights))


def main() -> None:
    """Measure, write the scorer, and print what was found."""
    demand_data()
    priors = tomllib.loads(PRIORS.read_text("utf-8"))
    scorer = prior_scorer(priors)
    public = groupby(public_sets(), key=lambda chat: chat.set)
    slope = slope_of(
        measured(scorer, chats)[0]
        for name, chats in public
        if not name.startswith("wmt24")
    )
    rows, worth = measured(scorer, own_chats())
    base = base_of(rows, slope)
    means = {
        name: math.fsum(values) / len(values)
        for name, values in worth.items()
        if values
    }
    SHIPPED.write_text(
        written(priors, slope, base, means, ranges(foretold(rows, slope, base))),
        "utf-8",
    )
    inside, count = coverage(rows, slope)
    print(f"slope {slope:g}, base {base}, on {count} conversations")
    print(
        f"ranges measured on one half hold {inside} of {count} judgements"
        f" of the other ({inside / count:.1%})"
    )


if __name__ == "__main__":
    main()
