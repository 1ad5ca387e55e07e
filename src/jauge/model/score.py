"""A score: 0-100 with its contributions, or not scored and why."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import Struct

from jauge.model.signal import Dimension

Band = Literal["very_negative", "negative", "neutral", "positive", "very_positive"]
BANDS: tuple[Band, ...] = (
    "very_negative",
    "negative",
    "neutral",
    "positive",
    "very_positive",
)
Reason = Literal["email", "agent", "unknown_roles", "no_bot_message", "not_engaged"]
REASONS: tuple[Reason, ...] = (
    "email",
    "agent",
    "unknown_roles",
    "no_bot_message",
    "not_engaged",
)
Part = Literal["whole", "before_handoff"]


def band_of(value: int) -> Band:
    """Name the band of a value: twenty points each.

    >>> band_of(0), band_of(59), band_of(60), band_of(100)
    ('very_negative', 'neutral', 'positive', 'very_positive')
    """
    return BANDS[min(value // 20, 4)]


class Contribution(Struct, frozen=True, gc=False):
    """The points of one signal at one event; `points` is a whole number of tenths."""

    signal: str
    dimension: Dimension
    event: int | None
    evidence: str
    span: tuple[int, int] | None
    points: float

    @property
    def tenths(self) -> int:
        """The points in tenths, for exact sums."""
        return round(self.points * 10)


class Score(Struct, frozen=True, kw_only=True, gc=False):
    """What jauge says of one conversation.

    `base` + the sum of all `points` = `value`, exactly, in tenths; `dimensions` are the
    same points grouped. `range` holds what a careful reader says of comparable
    conversations in 80 of 100 cases. A conversation that is `not_scored` has a `reason`
    and no numbers.
    """

    conversation_id: str
    status: Literal["scored", "not_scored"]
    reason: Reason | None = None
    part: Part = "whole"
    value: int | None = None
    band: Band | None = None
    range: tuple[int, int] | None = None
    logit: int | None = None
    language: str | None = None
    base: int | None = None
    dimensions: dict[str, float] | None = None
    contributions: tuple[Contribution, ...] = ()
    unavailable: tuple[str, ...] = ()
    scorer: str

    def to_json(self) -> bytes:
        """Write the score as one JSON object, the same bytes every time."""
        return _ENCODER.encode(self)

    def _repr_html_(self) -> str:
        """Show the score in a notebook: the value, then the points as a table."""
        # Only notebooks need it, and it takes its time to import.
        from html import escape

        name = f"<b>{escape(self.conversation_id)}</b>"
        if self.status == "not_scored":
            return f"<p>{name}: not scored ({self.reason})</p>"
        rows = "".join(
            f"<tr><td>{'' if part.event is None else part.event}</td>"
            f"<td>{escape(part.signal)}</td><td>{escape(part.evidence)}</td>"
            f"<td style='text-align:right'>{part.points:+.1f}</td></tr>"
            for part in self.contributions
        )
        low, high = self.range or (0, 100)
        return (
            f"<p>{name}: <b>{self.value}</b>"
            f" ({self.band}, {low} to {high})</p><table><thead><tr><th>event</th>"
            f"<th>signal</th><th>evidence</th><th>points</th></tr></thead><tbody>"
            f"<tr><td></td><td>base</td><td></td>"
            f"<td style='text-align:right'>{self.base}</td></tr>{rows}</tbody></table>"
        )


_ENCODER = msgspec.json.Encoder()
