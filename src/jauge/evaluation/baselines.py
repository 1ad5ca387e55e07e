"""Simpler ways to order conversations, which a score must beat to be worth anything."""

from __future__ import annotations

import functools
import math
from importlib.util import find_spec
from typing import TYPE_CHECKING

from jauge.text.fold import fold
from jauge.text.words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Vader = Callable[[str], float]


def plain_counts(said: Sequence[str]) -> float:
    """Give what counting alone says, without training: the less is asked, the better.

    Minus the logarithms of the customer's messages, words and question marks, added:
    who is served soon writes little.

    >>> plain_counts(["ok"]) > plain_counts(["where is it?", "hello??"])
    True
    """
    words = sum(len(words_of(fold(text).text)) for text in said)
    asked = sum(text.count("?") for text in said)
    return -math.log((1 + len(said)) * (1 + words) * (1 + asked))


def has_vader() -> bool:
    """Say whether VADER is installed (the extra `evaluate`)."""
    return find_spec("vaderSentiment") is not None and find_spec("requests") is not None


@functools.cache
def _vader() -> Vader:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return lambda text: float(analyzer.polarity_scores(text)["compound"])


def vader(said: Sequence[str]) -> float:
    """Give the mean sentiment of the customer's messages (Hutto & Gilbert 2014).

    Of English only; a customer who wrote nothing has none: 0.
    """
    compound = _vader()
    return math.fsum(map(compound, said)) / len(said) if said else 0.0
