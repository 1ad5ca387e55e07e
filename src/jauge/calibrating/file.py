"""The file of a calibrated scorer: its weights with their reasons, and its card."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from jauge.calibrating.own_words import Worded, WordsTried
from jauge.calibrating.proof import LEAST_FOR_RANGES, Proof
from jauge.calibrating.seen import Seen
from jauge.detectors.own_words import OwnWords
from jauge.scoring.card import Card
from jauge.scoring.scorer_file import ScorerFile, WeightRow
from jauge.text.language import primary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.scorer import Scorer
    from jauge.scoring.calibration import Level
    from jauge.scoring.scorecard import Weight
    from jauge.text.phrases import Side

COMMENTS = (
    "Made by `jauge calibrate`. To use it: --scorer and the path of this file.",
    "Weights are log-odds without their sign, which the signal has.",
)
_FEW = 100
_DIGITS = 4
_MOST = 100.0
# What an earlier calibration put before the reason.
_EARLIER = re.compile(r"^(Calibrated from|Never seen in) .*? ratings[^.]*\. ")


class Ratings(NamedTuple):
    """Rated conversations as a scorer sees them, their ratings, and where from.

    `judge` is who rated: the customers, or readers of the conversations.
    """

    seen: Sequence[Seen]
    judgements: Sequence[float]
    source: str
    judge: Literal["reader", "customer"]

    @property
    def owners(self) -> list[str]:
        """The customer of each, or the conversation where none is known."""
        return [one.owner for one in self.seen]

    def is_shown(self, signal: int) -> bool:
        """Say whether any conversation shows a signal."""
        return any(
            one.shares[signal] and not math.isnan(one.shares[signal])
            for one in self.seen
        )


class Fit(NamedTuple):
    """What was fitted to ratings: levels and words, their proof, what words brought."""

    found: Worded
    proof: Proof
    words: WordsTried | None


def scorer_file(scorer: Scorer, name: str, ratings: Ratings, fit: Fit) -> ScorerFile:
    """Put a calibrated scorer together."""
    weights = scorer.scorecard.weights
    count, level = len(ratings.seen), fit.found.level
    return ScorerFile(
        name=name,
        version=_version(scorer, name),
        base=level.base,
        judge=ratings.judge if fit.proof.ranges else scorer.judge,
        signals={
            detector.name: _row(
                weights[detector.name],
                level.factors[place],
                level.means[place],
                _why(weights[detector.name], ratings.is_shown(place), level, count),
            )
            for place, detector in enumerate(scorer.detectors)
        }
        | _rows_of_words(fit.found, count),
        ranges=fit.proof.ranges or tuple(scorer.ranges.rows),
        card=_card(scorer, ratings, fit),
        own_words=_tables(scorer)
        | {side: dict(table.words) for side, table in fit.found.tables.items()},
    )


def _card(scorer: Scorer, ratings: Ratings, fit: Fit) -> Card:
    count, proof, words = len(ratings.seen), fit.proof, fit.words
    return Card(
        made_from=scorer.id,
        source=ratings.source,
        ratings=count,
        customers=len(set(ratings.owners)),
        average=round(math.fsum(ratings.judgements) / count, 1),
        slope=fit.found.level.slope,
        languages=_languages(ratings.seen),
        limits=tuple(_limits(scorer, ratings, fit)),
        distance=proof.distance,
        spearman=proof.spearman,
        level=proof.level,
        coverage=proof.coverage,
        own_words=words.change if words is not None and words.is_kept else None,
    )


def _tables(scorer: Scorer) -> dict[Side, dict[str, int]]:
    """Give the own words of the scorer begun with: they are kept as they are."""
    return {
        detector.side: dict(detector.table)
        for detector in scorer.detectors
        if isinstance(detector, OwnWords)
    }


def _rows_of_words(found: Worded, count: int) -> dict[str, WeightRow]:
    """Give the rows of own words, whose signals stand after all others."""
    means = found.level.means[-len(found.tables) :] if found.tables else ()
    return {
        OwnWords(side).name: WeightRow(
            reason=f"Learnt from {count} ratings: {len(table.words)} words.",
            rate=min(_MOST, table.rate),
            mean=max(-_MOST, min(_MOST, round(mean, _DIGITS))),
        )
        for (side, table), mean in zip(found.tables.items(), means, strict=True)
    }


def _version(scorer: Scorer, name: str) -> str:
    """Count up from a scorer of the same name; else begin."""
    first = scorer.version.partition(".")[0]
    if scorer.name != name or not first.isdecimal():
        return "1.0.0"
    return f"{int(first) + 1}.0.0"


def _row(weight: Weight, factor: float, mean: float, reason: str) -> WeightRow:
    rate, end, fact = (
        min(_MOST, round(abs(size) * factor, _DIGITS))
        for size in (weight.rate, weight.end, weight.fact)
    )
    mean = max(-_MOST, min(_MOST, round(mean, _DIGITS)))
    return WeightRow(reason=reason, rate=rate, end=end, fact=fact, mean=mean)


def _why(weight: Weight, is_shown: bool, level: Level, count: int) -> str:  # noqa: FBT001 - a fact
    meaning = _EARLIER.sub("", weight.reason)
    if not is_shown:
        return f"Never seen in {count} ratings; times {level.slope:g}. {meaning}"
    size = abs(weight.rate or weight.end or weight.fact)
    return f"Calibrated from {size:g} on {count} ratings. {meaning}"


def _languages(seen: Sequence[Seen]) -> dict[str, int]:
    counts = Counter(primary(one.language) or "unknown" for one in seen)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _limits(scorer: Scorer, ratings: Ratings, fit: Fit) -> Iterator[str]:
    yield (
        "It foretells the ratings of conversations like these. On another bot, channel"
        " or question of the survey, measure again: jauge evaluate."
    )
    yield "Those who do not rate were not learnt from; they may judge otherwise."
    count = len(ratings.seen)
    if count < _FEW:
        yield f"With {count} ratings level and slope moved, and single weights less."
    if count < LEAST_FOR_RANGES:
        yield f"Too few ratings to measure ranges: they are those of {scorer.id}."
    unseen = sum(not ratings.is_shown(at) for at in range(len(scorer.detectors)))
    if unseen:
        yield f"Never seen here, so their weights follow the slope: {unseen} signals."
    if fit.found.tables:
        yield (
            "Its own words are those of these conversations: new products, scripts or"
            " seasons bring others. Learn them anew from time to time."
        )
