"""The card of a calibrated scorer: what it was made from, and what that brought."""

from __future__ import annotations

from msgspec import Struct


class Change(Struct, frozen=True, forbid_unknown_fields=True):
    """A figure before and after on conversations not learnt from, with its difference.

    `low` and `high` are the 95 % interval of the difference.
    """

    before: float
    after: float
    difference: float
    low: float
    high: float


class Coverage(Struct, frozen=True, forbid_unknown_fields=True):
    """How many of the judgements tried lay inside ranges measured on others."""

    inside: int
    tried: int


class Card(Struct, frozen=True, forbid_unknown_fields=True):
    """What a scorer was calibrated from and on, what it brought, what it cannot do.

    `average` is that of the ratings, 0 to 100. Of score less rating, in points, `level`
    is the mean and `distance` the root of the mean square; all figures are of scores by
    fits that never saw the conversation, nor others of its customer. `own_words` is
    what a table of own words did to the distance, beside the same fit without one.
    """

    made_from: str
    source: str
    ratings: int
    customers: int
    average: float
    slope: float
    languages: dict[str, int]
    limits: tuple[str, ...]
    distance: Change | None = None
    spearman: Change | None = None
    level: Change | None = None
    coverage: Coverage | None = None
    own_words: Change | None = None
