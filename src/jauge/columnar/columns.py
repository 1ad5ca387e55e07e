"""All that lists sort and filter by, in memory: read from the parts of a copy."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from jauge.columnar.arrays import (
    NEVER,
    NONE,
    Coded,
    Codes,
    Codings,
    Ints,
    Mask,
    Pairs,
    coded,
    places_in,
)
from jauge.columnar.copy import arrays_of
from jauge.columnar.facts import COLUMNS, DIMENSIONS
from jauge.columnar.query import ABSENT
from jauge.columnar.questions import question
from jauge.columnar.search import Texts
from jauge.model.score import REASONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection as Database

    from jauge.columnar.copy import Ready

SCORED = "scored"
STATUSES = (SCORED, *REASONS)
HANDOFFS = ("none", "requested", "refused", "accepted")
RATINGS = ("1", "2", "3", "4", "5", "none")
BINS = tuple(str(start) for start in range(0, 100, 5))
_STEP = 2500
_DECLARED = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
_NAMED = ("channel", "department", "language", "bot", "version")
_LISTED = {"flow": "flows", "flow_type": "flow_types", "product": "products"}
_OF_SCORE = ("value", "base", "logit", *DIMENSIONS)


class View(NamedTuple):
    """What scores say, row by row; `value` is −1 where there is none.

    `dimensions` is one line a dimension, in tenths; `tenths` belongs to `signals`.
    """

    value: Codings
    base: Codings
    logit: Codings
    dimensions: Codings
    signals: Pairs
    tenths: Ints

    @property
    def has_value(self) -> Mask:
        """Say of each row whether it has a score."""
        return np.asarray(self.value >= 0)


class Columns(NamedTuple):
    """The conversations that the shown scorer has seen, by rising number."""

    numbers: Ints
    started: Ints
    ended: Ints
    messages: Ints
    rating: Ints
    customers: Codings
    customer_count: int
    # Whose customer is named; the others are each of one of their own.
    is_named: Mask
    facets: dict[str, Coded]
    whole: View
    # Where an agent took a conversation, what came before.
    with_bot_part: View
    texts: Texts

    @property
    def memory_bytes(self) -> int:
        """Count the bytes of all columns."""
        return sum(map(_size, (*self, *self.facets.values())))


def _size(part: object) -> int:
    if isinstance(part, np.ndarray):
        return part.nbytes
    if isinstance(part, array):
        return part.itemsize * len(part)
    if isinstance(part, tuple):
        return sum(map(_size, part))
    return len(part) if isinstance(part, bytes) else 0


def columns_of(ready: Ready, shown: str, ratings: Sequence[tuple[int, int]]) -> Columns:
    """Read what the shown scorer has seen; ratings are hundredths by number."""
    live = [one for one in ready.live if one.scorer == shown]
    with ready.folder.connected() as database:
        if live:
            database.register("live", arrays_of(live))
            database.execute(question("kept"))
        else:
            database.execute(f"CREATE TEMP TABLE kept ({_DECLARED})")
        return _read(database, ratings)


def _read(database: Database, ratings: Sequence[tuple[int, int]]) -> Columns:
    found = _asked(database, "conversations", never=NEVER, absent=ABSENT)
    numbers: Ints = found["number"]
    customers, places = np.unique(found["customer_number"], return_inverse=True)
    rating = _rating(numbers, ratings)
    status = _fixed(STATUSES, found["status"])
    listed = {
        name: _pairs(database, asked, numbers)[0] for name, asked in _LISTED.items()
    }
    whole = _view(database, numbers)
    return Columns(
        numbers=numbers,
        started=found["started"],
        ended=found["ended"],
        messages=found["messages"].astype(np.int64),
        rating=rating,
        customers=places.astype(np.int32),
        customer_count=len(customers),
        is_named=np.asarray(found["is_named"], dtype=bool),
        facets={
            **{name: coded(found[name]) for name in _NAMED},
            **listed,
            "status": status,
            "handoff": _fixed(HANDOFFS, found["handoff"]),
            "rating": Codes(RATINGS, _nearest(rating)),
        },
        whole=whole,
        with_bot_part=_with_bot_part(database, numbers, whole, status),
        texts=_texts(database),
    )


def _asked(database: Database, name: str, **values: object) -> dict[str, Any]:
    return database.execute(question(name), values).fetchnumpy()


def _fixed(values: tuple[str, ...], found: Sequence[str]) -> Codes:
    places = {value: place for place, value in enumerate(values)}
    return Codes(values, np.array([places[one] for one in found], dtype=np.int32))


def _rating(numbers: Ints, ratings: Sequence[tuple[int, int]]) -> Ints:
    rating = np.full(len(numbers), NONE, dtype=np.int64)
    if ratings:
        # In order: of two ratings the later one counts.
        rated, told = np.array(ratings, dtype=np.int64).T
        at, is_there = places_in(numbers, rated)
        rating[at[is_there]] = told[is_there]
    return rating


def _nearest(rating: Ints) -> Codings:
    """Give the nearest of five steps; halfway goes up, and the last is none."""
    steps = np.minimum((rating + _STEP // 2) // _STEP, 4)
    return np.where(rating == NONE, len(RATINGS) - 1, steps).astype(np.int32)


def _view(database: Database, numbers: Ints, part: str = "whole") -> View:
    """Read scores of a part of conversations, each at the row of its number."""
    found = _asked(database, "scores", part=part)
    at, is_there = places_in(numbers, found["number"])
    laid = np.full((len(_OF_SCORE), len(numbers)), NONE, dtype=np.int32)
    for line, name in zip(laid, _OF_SCORE, strict=True):
        line[at[is_there]] = found[name][is_there]
    value, base, logit, *_ = laid
    signals, tenths = _pairs(database, "signals", numbers, part=part)
    return View(value, base, logit, laid[3:], signals, tenths)


def _pairs(
    database: Database, asked: str, numbers: Ints, **values: object
) -> tuple[Pairs, Ints]:
    database.execute(question(asked), values)
    names = database.execute("SELECT DISTINCT value FROM pairs ORDER BY value")
    ordered = tuple(value for (value,) in names.fetchall())
    found = _asked(database, "pairs")
    at, is_there = places_in(numbers, found["number"])
    rows, codes = at[is_there].astype(np.int32), found["code"][is_there]
    return Pairs(ordered, rows, codes, len(numbers)), found["tenths"][is_there]


def _with_bot_part(
    database: Database, numbers: Ints, whole: View, status: Codes
) -> View:
    """Put the bot's part in the place of conversations that an agent took."""
    part = _view(database, numbers, "before_handoff")
    is_taken = part.has_value & status.having(["agent"])
    if not is_taken.any():
        return whole
    value, base, logit, dimensions = (
        np.where(is_taken, new, old)
        for new, old in zip(part[:4], whole[:4], strict=True)
    )
    stays = ((whole, ~is_taken), (part, is_taken))
    values = tuple(sorted({*whole.signals.values, *part.signals.values}))
    places = {name: place for place, name in enumerate(values)}
    rows, codes, tenths = [], [], []
    for (*_, signals, of_signals), mask in stays:
        here = mask[signals.rows]
        order = np.array([places[name] for name in signals.values], dtype=np.int32)
        rows.append(signals.rows[here])
        codes.append(order[signals.codes[here]])
        tenths.append(of_signals[here])
    joined = Pairs(values, np.concatenate(rows), np.concatenate(codes), len(numbers))
    return View(value, base, logit, dimensions, joined, np.concatenate(tenths))


def _texts(database: Database) -> Texts:
    found = _asked(database, "texts")
    ends = array("q", np.cumsum(found["bytes"], dtype=np.int64).tobytes())
    return Texts("".join(found["said"]).encode(), ends)
