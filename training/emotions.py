"""Single texts of the public sets of emotions, glad or not: what tone is checked by.

goemotions is Apache-2.0, xed CC BY 4.0 (see NOTICE); no text of them is kept.
"""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

from training.data import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator

# Each label of a set, as glad or not; others ("surprise", "curiosity") say neither.
_GLAD = frozenset(
    {
        "admiration", "amusement", "anticipation", "approval", "caring", "excitement",
        "gratitude", "joy", "love", "optimism", "pride", "relief", "trust",
    }
)  # fmt: skip
_NOT_GLAD = frozenset(
    {
        "anger", "annoyance", "disappointment", "disapproval", "disgust",
        "embarrassment", "fear", "grief", "nervousness", "remorse", "sadness",
    }
)  # fmt: skip
FILES = {
    "goemotions": "goemotions/train.jsonl.gz",
    "xed fr": "xed/fr.jsonl.gz",
    "xed en": "xed/en.jsonl.gz",
}


def texts_of(name: str) -> Iterator[tuple[str, int]]:
    """Give each text of a set with 1, 0 or -1: glad, neither, not glad."""
    with gzip.open(DATA / FILES[name]) as stream:
        for line in stream:
            row = json.loads(line)
            labels = frozenset(row["labels"])
            glad, not_glad = len(labels & _GLAD), len(labels & _NOT_GLAD)
            yield row["text"], (glad > not_glad) - (glad < not_glad)
