"""Fit a scorer to a customer's own ratings, and prove it on those it never saw."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jauge import plugins, ratings, sources
from jauge.calibrating.file import COMMENTS, Ratings, scorer_file
from jauge.calibrating.gathering import Counts, gathered
from jauge.calibrating.proof import Proof, proved
from jauge.pipeline import scorer_of
from jauge.ratings import Origin, RatingCounts
from jauge.report.calibration import source_in_words
from jauge.scorer import Scorer, ScorerSpec
from jauge.scorers import put_together
from jauge.scoring.calibration import Evidence, fitted, today
from jauge.scoring.scorer_file import ScorerFile, written
from jauge.settings import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    """A scorer fitted to ratings, what that brings, and what moves most."""

    file: ScorerFile
    proof: Proof
    movers: tuple[Mover, ...]


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
    """Fit a scorer to ratings; there must be one at least."""
    weights = scorer.scorecard.weights
    start = today(
        scorer.scorecard.base,
        [weights[detector.name].mean for detector in scorer.detectors],
    )
    evidence = Evidence(
        np.array([one.shares for one in told.seen]), np.array(told.judgements)
    )
    level = fitted(evidence, start)
    turns = [one.turns for one in told.seen]
    proof = proved(evidence, start, told.owners, turns)
    before, after = (
        [int(value) for value in one.values(evidence.shares)] for one in (start, level)
    )
    ids = [one.id for one in told.seen]
    movers = map(Mover, ids, before, after, told.judgements)
    moved = [mover for mover in movers if mover.before != mover.after]
    moved.sort(key=lambda mover: (-abs(mover.after - mover.before), mover.id))
    return Calibrated(
        file=scorer_file(scorer, name, told, level, proof),
        proof=proof,
        movers=tuple(moved[:_MOST_MOVED]),
    )
