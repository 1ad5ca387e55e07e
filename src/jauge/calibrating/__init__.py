"""Fit a scorer to a customer's own ratings, and prove it on those it never saw."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jauge import plugins, ratings, sources
from jauge.calibrating.file import COMMENTS, Fit, Ratings, scorer_file
from jauge.calibrating.gathering import Counts, gathered
from jauge.calibrating.own_words import (
    Worded,
    WordsTried,
    fitted_with_words,
    words_tried,
)
from jauge.calibrating.proof import Proof, proved
from jauge.calibrating.rated import Rated
from jauge.detectors import own_words
from jauge.pipeline import scorer_of
from jauge.ratings import Origin, RatingCounts
from jauge.report.calibration import source_in_words
from jauge.scorer import Scorer, ScorerSpec
from jauge.scorers import put_together
from jauge.scoring.calibration import Level, fitted, today, unseen
from jauge.scoring.scorer_file import ScorerFile, written
from jauge.settings import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jauge.scoring.agreement import Numbers

_MOST_MOVED = 5


class Plan(NamedTuple):
    """What is fitted to what: the scorer begun with, the ratings, the new name."""

    options: ReadOptions
    spec: ScorerSpec
    origin: Origin
    name: str


class Mover(NamedTuple):
    """A conversation whose score changes, and its rating."""

    id: str
    before: int
    after: int
    judgement: float


class Calibrated(NamedTuple):
    """A scorer fitted to ratings, what that brings, and what moves most.

    `words` is None where own words were not tried.
    """

    file: ScorerFile
    proof: Proof
    movers: tuple[Mover, ...]
    words: WordsTried | None


class Made(NamedTuple):
    """What became of files: both scorers, and the bytes of the new one's file."""

    before: Scorer
    after: Scorer
    found: Calibrated
    source: bytes


class Tried(NamedTuple):
    """What was read and rated, and what that made; None where nothing is rated."""

    counts: Counts
    rated: RatingCounts
    made: Made | None


def calibrate_files(files: Sequence[str], plan: Plan) -> Tried:
    """Fit a scorer to the ratings of files.

    Raises:
        InputError: a file cannot be read, or its format is not known.
        UsageError: no such scorer, or options about ratings that cannot be.
    """
    scorer = scorer_of(plan.spec)
    judge = ratings.judge_of(plan.origin)
    stream = ratings.judged(sources.read_all(files, plan.options), judge)
    rated = gathered(stream, scorer)
    if not rated.seen:
        return Tried(rated.counts, judge.counts, None)
    told = Ratings(
        rated.seen,
        rated.judgements,
        source_in_words(plan.origin, judge.counts.column, "en"),
        "reader" if plan.origin.kind == "label" else "customer",
    )
    found = calibrated(scorer, told, plan.name)
    source = written(found.file, COMMENTS).encode()
    after = put_together(found.file, source, plan.spec, plugins=plugins.detectors())
    return Tried(rated.counts, judge.counts, Made(scorer, after, found, source))


def calibrated(scorer: Scorer, told: Ratings, name: str) -> Calibrated:
    """Fit a scorer to ratings; there must be one at least.

    Own words are part of it where they are better without doubt. A scorer that has
    some keeps them, and their weight is fitted as any other.
    """
    start = _start(scorer)
    rated = Rated.of(told.seen, told.judgements)
    before = start.values(rated.evidence.shares)
    after = unseen(rated.evidence, start, rated.owners)
    words = None if _has_words(scorer) else words_tried(rated, start, after)
    if words is not None and words.is_kept:
        found, after = fitted_with_words(rated, start), words.values
    else:
        found = Worded(fitted(rated.evidence, start), {})
    proof = proved(rated, before, after)
    return Calibrated(
        file=scorer_file(scorer, name, told, Fit(found, proof, words)),
        proof=proof,
        movers=_movers(told, before, found.values(rated)),
        words=words,
    )


def _start(scorer: Scorer) -> Level:
    weights = scorer.scorecard.weights
    means = [weights[detector.name].mean for detector in scorer.detectors]
    return today(scorer.scorecard.base, means)


def _has_words(scorer: Scorer) -> bool:
    return any(detector.name in own_words.NAMES for detector in scorer.detectors)


def _movers(told: Ratings, before: Numbers, after: Numbers) -> tuple[Mover, ...]:
    """Name the conversations that move most, the first by name where several do."""
    rows = zip(told.seen, before, after, told.judgements, strict=True)
    movers = [
        Mover(seen.id, int(one), int(two), judgement)
        for seen, one, two, judgement in rows
    ]
    moved = [mover for mover in movers if mover.before != mover.after]
    moved.sort(key=lambda mover: (-abs(mover.after - mover.before), mover.id))
    return tuple(moved[:_MOST_MOVED])
