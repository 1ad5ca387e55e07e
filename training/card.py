"""Write the card of the shipped scorer: what it learnt from, and how good it is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from training.figures import Table
    from training.fit import Fit, Fitted
    from training.gathering import Seen

CARD = (
    Path(__file__).resolve().parents[1]
    / "src" / "jauge" / "scoring" / "default" / "MODEL_CARD.md"
)  # fmt: skip
TEXTS = Path(__file__).with_name("card.md")
_DRAWS = 200


def card(
    scorer: str, tables: Iterable[Table], fit: Fit, fitted: Fitted, seen: Sequence[Seen]
) -> str:
    """Put the card together: what is written by hand, then what was measured."""
    parts = TEXTS.read_text("utf-8").split("\n<!-- measured -->\n")
    told = [f"# Model card: {scorer}\n", parts[0].strip(), "\n## How good it is\n"]
    for table in tables:
        told += [f"### {table.title}\n", *_laid_out(table.columns, table.rows), ""]
        if table.note:
            told += [table.note, ""]
    told += ["## Weights\n", *_weights(fit, fitted, seen), "", parts[1].strip()]
    return "\n".join(told) + "\n"


def _laid_out(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _weights(fit: Fit, fitted: Fitted, seen: Sequence[Seen]) -> Iterator[str]:
    """Show each weight with its interval over sets drawn anew, and where it shows."""
    sums = list(fit.sums.values())
    random = np.random.default_rng(0)
    drawn = []
    for _ in range(_DRAWS):
        weights = fit.direction(
            [sums[at] for at in random.integers(0, len(sums), len(sums))]
        )
        drawn.append(weights)
    whole = fit.direction(sums)
    final = np.array(list(fitted.weights.values()))
    # Sizes are told at the scale of the scorer.
    scale = float(np.abs(final).sum() / np.abs(whole).sum())
    low, high = np.quantile(np.array(drawn) * scale, [0.025, 0.975], axis=0)
    shows = Counter(kind for one in seen for kind in one.shown.parts)
    agree = _signs(fit)
    rows = [
        (
            f"`{name}`",
            kind,
            f"{weight:+.2f}",
            f"{low[at]:+.2f} to {high[at]:+.2f}",
            agree[name, kind],
            str(shows[name, kind]),
        )
        for at, ((name, kind), weight) in enumerate(fitted.weights.items())
    ]
    yield from _laid_out(
        ("signal", "counted", "log-odds", "sets drawn anew, 95 %",
         "sets that agree with its sign", "chats that show it"),
        rows,
    )  # fmt: skip


def _signs(fit: Fit) -> Mapping[tuple[str, str], str]:
    """Count the sets in which a column goes with the judgement as its sign says."""
    told: dict[tuple[str, str], str] = {}
    prior = fit.direction(list(fit.sums.values()))
    for at, kind in enumerate(fit.kinds):
        moments = [
            one.moments[at] * prior[at]
            for one in fit.sums.values()
            if one.variances[at] > 0
        ]
        told[kind] = f"{sum(moment > 0 for moment in moments)} of {len(moments)}"
    return told
