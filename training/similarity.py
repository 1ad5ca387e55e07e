"""Fit what tells the same need from another one, on the pairs written to tune it.

The head `alike` weighs what `jauge.text.similarity` finds. `benchmarks/pairs.tsv` is
another set, by another hand, and never looked at here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from jauge.text.fold import fold
from jauge.text.heads import Head
from jauge.text.similarity import likeness
from jauge.text.tables import load_tables
from jauge.text.words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

TUNED_ON = Path(__file__).parent / "pairs.tsv"


class Pair(NamedTuple):
    """Two texts, and whether they ask for the same thing, another, or lie apart."""

    language: str
    kind: str
    first: str
    second: str


def read_pairs(path: Path) -> list[Pair]:
    """Read pairs: language, kind, first, second."""
    lines = path.read_text("utf-8").splitlines()
    return [Pair(*line.split("\t")) for line in lines if line and line[0] != "#"]


def compare(pair: Pair) -> Mapping[str, int]:
    """Compare the two texts of a pair."""
    first, second = (words_of(fold(text).text) for text in (pair.first, pair.second))
    return likeness(first, second, load_tables())


def fit_alike() -> Head:
    """Fit the head `alike`, and print what it tells right when a tenth is left out."""
    pairs = read_pairs(TUNED_ON)
    found = [compare(pair) for pair in pairs]
    names = list(found[0])
    facts = np.array([[one[name] / 1000 for name in names] for one in found])
    same = np.array([pair.kind == "same" for pair in pairs])
    model = LogisticRegression(C=10.0, max_iter=2000, random_state=0)
    folds = StratifiedKFold(10, shuffle=True, random_state=0)
    guessed = cross_val_predict(model, facts, same, cv=folds)
    kinds = np.array([pair.kind for pair in pairs])
    told = {
        kind: round(float((guessed == same)[kinds == kind].mean()), 2)
        for kind in ("same", "other", "apart")
    }
    print(f"alike: {(guessed == same).mean():.2f} of {len(pairs)} pairs, {told}")
    model.fit(facts, same)
    weights = np.rint(1000 * model.coef_[0]).astype(int).tolist()
    return Head(
        round(1000 * float(model.intercept_[0])), dict(zip(names, weights, strict=True))
    )


if __name__ == "__main__":
    fit_alike()
