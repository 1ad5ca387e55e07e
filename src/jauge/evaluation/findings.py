"""What an evaluation says: frozen figures, no words."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from jauge.scoring.resampling import Figure

By = Literal["all", "language", "channel", "messages", "part"]
Way = Literal["counts", "vader", "mean"]
Missing = Literal["not_installed", "no_english"]
REST = "…"
"""The name that all further channels share once too many have been told apart."""


class Baseline(Struct, frozen=True, kw_only=True):
    """A simpler way to foretell the judgement, on the same conversations.

    `counts` and `vader` have an order only, `mean` (the mean judgement, said of all) a
    level only. A gain is what the score has more of, on the same samples: above zero,
    the score is better.
    """

    name: Way
    conversations: int = 0
    missing: Missing | None = None
    spearman: Figure | None = None
    auc: Figure | None = None
    distance: Figure | None = None
    spearman_gain: Figure | None = None
    auc_gain: Figure | None = None
    distance_gain: Figure | None = None


class Group(Struct, frozen=True, kw_only=True):
    """How well scores and judgements of some conversations agree.

    `level` is the mean of score less judgement, `distance` the root of its mean square,
    `calibration_error` that of the calibration curve, all in points.
    """

    by: By
    name: str
    conversations: int
    customers: int
    dissatisfied: int
    mean_score: float
    mean_judgement: float
    spearman: Figure
    auc: Figure
    level: Figure
    distance: Figure
    calibration_error: Figure
    calibration_error_by_chance: float | None
    baselines: tuple[Baseline, ...] = ()


class Bin(Struct, frozen=True, kw_only=True):
    """Conversations of neighbouring scores: what was scored, and what was judged."""

    low: int
    high: int
    conversations: int
    mean_score: float
    judgement: Figure


class Raters(Struct, frozen=True, kw_only=True):
    """Which scored conversations are rated, and how their scores differ from the rest.

    `difference` is the mean score of the rated less that of the others.
    """

    by: By
    name: str
    scored: int
    rated: int
    mean_score_rated: float | None
    mean_score_others: float | None
    difference: Figure


class Disagreement(Struct, frozen=True):
    """A conversation whose score and judgement are far apart."""

    conversation_id: str
    score: int
    judgement: float


class Judgements(Struct, frozen=True, kw_only=True):
    """Where judgements are from, and what could not be taken of them."""

    kind: Literal["rating", "table", "label"]
    file: str | None
    field: str | None
    worst: float
    best: float
    rated: int
    no_number: int
    no_number_example: str
    off_scale: int
    off_scale_example: str
    again: int
    not_read: int
    faulty: int
    first_faulty: str


class Evaluation(Struct, frozen=True, kw_only=True):
    """How well scores agree with the judgements of people.

    `scored` counts whole conversations, `compared` those of them that are rated. Parts
    before a hand-off are a group of their own and in no other figure.
    """

    scorer: str
    judge: Literal["reader", "customer"]
    dissatisfied_below: float
    judgements: Judgements
    read: int
    rejected: int
    scored: int
    not_scored: dict[str, int]
    compared: int
    groups: tuple[Group, ...]
    curve: tuple[Bin, ...]
    best_baseline: Way | None
    who_rates: tuple[Raters, ...]
    scored_high_judged_low: tuple[Disagreement, ...]
    scored_low_judged_high: tuple[Disagreement, ...]
