"""Make the shipped scorer: weights, base, means and ranges, from all judged sets.

`make train`. The weights start from `priors.toml` and are fitted (`training/fit.py`),
on what scorers that never saw a set found in it; so are the ranges: split conformal on
the values of readers' sets and own-chats that were left out. `mean` of a signal is its
mean contribution on own-chats, where the source can show it. The card of the scorer is
written last.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from jauge.detectors import BUILTIN
from jauge.scorers import build_scorer
from jauge.scoring.conformal import ranges
from training.card import CARD, card
from training.crossfit import Crossfit
from training.crowd import ONLY_MEASURED
from training.data import demand_data
from training.figures import Accuracy
from training.fit import Fit
from training.gathering import gather
from training.heldout import HeldOut, base_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jauge.scoring.scorer_file import RangeRow
    from training.features import Kind
    from training.fit import Fitted
    from training.gathering import Seen

HERE = Path(__file__).parent
PRIORS = HERE / "priors.toml"
SHIPPED = HERE.parent / "src" / "jauge" / "scoring" / "default" / "weights.toml"
_KINDS = ("rate", "end", "fact")

Priors = dict[str, dict[str, dict[str, float]]]


def load_priors() -> Priors:
    """Read the table of priors."""
    return tomllib.loads(PRIORS.read_text("utf-8"))


def signed(priors: Priors) -> dict[Kind, float]:
    """Give each prior the sign of its signal; one of either sign counts as it is."""
    signs = {detector.name: detector.sign or 1 for detector in BUILTIN}
    return {
        (name, kind): signs[name] * row[kind]
        for name, row in priors["signals"].items()
        for kind in _KINDS
        if row.get(kind)
    }


def means(fitted: Fitted, seen: Iterable[Seen]) -> dict[str, float]:
    """Give the mean contribution of each signal on own-chats that can show it."""
    names = {name for name, _ in fitted.weights}
    sums: dict[str, list[float]] = defaultdict(list)
    for one in seen:
        if one.judge != "own":
            continue
        worth: dict[str, float] = defaultdict(float)
        for (name, kind), size in one.shown.parts.items():
            worth[name] += fitted.weights.get((name, kind), 0.0) * size
        for name in names - one.shown.hidden:
            sums[name].append(worth[name])
    return {name: math.fsum(found) / len(found) for name, found in sums.items()}


def measured_ranges(held: HeldOut, seen: Iterable[Seen]) -> tuple[RangeRow, ...]:
    """Measure the ranges on what readers said of sets that were left out."""
    return ranges(
        [
            held.foretold(one)
            for one in seen
            if one.judge != "raters" and one.set not in ONLY_MEASURED
        ]
    )


def written(
    priors: Priors,
    fitted: Fitted,
    mean: Mapping[str, float],
    table: Sequence[RangeRow],
) -> str:
    """Write the scorer file."""
    lines = [
        "# Made by `make train` from training/priors.toml and ../shared/data:"
        " do not edit.",
        f"name = {json.dumps(priors['name'])}",
        f"version = {json.dumps(priors['version'])}",
        f"judge = {json.dumps(priors['judge'])}",
        f"base = {base_of(fitted)}",
    ]
    for name, row in priors["signals"].items():
        lines.append(f"\n[signals.{name}]")
        lines += [
            f"{kind} = {round(abs(fitted.weights[name, kind]), 4):g}"
            for kind in _KINDS
            if (name, kind) in fitted.weights
        ]
        lines.append(f"mean = {round(mean.get(name, 0.0), 4):g}")
        lines.append(f"reason = {json.dumps(row['reason'], ensure_ascii=False)}")
    for cell in table:
        lines.append("\n[[ranges]]")
        lines += [f"{key} = {value}" for key, value in asdict(cell).items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit, write the scorer, and say what it is."""
    demand_data()
    priors = load_priors()
    crossfit = Crossfit()
    seen = gather(crossfit)
    fit = Fit(signed(priors), seen)
    fitted, held = fit.fit(), HeldOut(fit)
    table = measured_ranges(held, seen)
    SHIPPED.write_text(written(priors, fitted, means(fitted, seen), table), "utf-8")
    print(f"base {base_of(fitted)}, {len(fitted.weights)} weights, {len(seen)} chats")
    tables = Accuracy(crossfit, held, seen).tables()
    CARD.write_text(card(build_scorer().id, tables, fit, fitted, seen), "utf-8")


if __name__ == "__main__":
    main()
