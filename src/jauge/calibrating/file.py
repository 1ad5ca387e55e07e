"""The file of a calibrated scorer: its weights with their reasons, and its card."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from jauge.calibrating.proof import LEAST_FOR_RANGES
from jauge.calibrating.seen import Seen
from jauge.scoring.card import Card
from jauge.scoring.scorer_file import ScorerFile, WeightRow
from jauge.text.language import primary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.calibrating.proof import Proof
    from jauge.scorer import Scorer
    from jauge.scoring.calibration import Level
    from jauge.scoring.scorecard import Weight

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


def scorer_file(
    scorer: Scorer, name: str, ratings: Ratings, level: Level, proof: Proof
) -> ScorerFile:
    """Put a calibrated scorer together."""
    weights = scorer.scorecard.weights
    count = len(ratings.seen)
    return ScorerFile(
        name=name,
        version=_version(scorer, name),
        base=level.base,
        judge=ratings.judge if proof.ranges else scorer.judge,
        signals={
            detector.name: _row(
                weights[detector.name],
                level.factors[place],
                level.means[place],
                _why(weights[detector.name], ratings.is_shown(place), level, count),
            )
            for place, detector in enumerate(scorer.detectors)
        },
        ranges=proof.ranges or tuple(scorer.ranges.rows),
        card=Card(
            made_from=scorer.id,
            source=ratings.source,
            ratings=count,
            customers=len(set(ratings.owners)),
            average=round(math.fsum(ratings.judgements) / count, 1),
            slope=level.slope,
            languages=_languages(ratings.seen),
            limits=tuple(_limits(scorer, ratings)),
            distance=proof.distance,
            spearman=proof.spearman,
            level=proof.level,
            coverage=proof.coverage,
        ),
    )


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


def _limits(scorer: Scorer, ratings: Ratings) -> Iterator[str]:
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
