"""The worked example: one small conversation, with every number on its way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from jauge.model.conversation import Conversation, Message
from jauge.model.score import Score
from jauge.pipeline import scorer_of
from jauge.scoring.logistic import MICRO, log_odds_of, points_at
from jauge.scoring.scorecard import Share

if TYPE_CHECKING:
    from docs.page import Page

# A hyphen before a number, not one inside words or table rules.
_NEGATIVE = re.compile(r"(?<![\w|-])-(?= ?\d)")

CHAT = Conversation.of(
    [
        ("user", "Where is my parcel?"),
        ("bot", "Sorry, I didn't understand."),
        ("user", "I said: where is my parcel?"),
        ("bot", "It comes tomorrow before noon."),
        ("user", "ok thank you"),
    ]
)


class Worked(NamedTuple):
    """A score, and the numbers behind it: shares, the sum, S of it, and the slope."""

    score: Score
    shares: list[Share]
    start: float
    z: float
    points: float
    slope: float


def worked(chat: Conversation = CHAT) -> Worked:
    """Work a conversation out with the code that scores it."""
    scorer = scorer_of()
    reading = scorer.read(chat)
    hidden = scorer.unavailable(reading)
    score = scorer.score(chat)
    shares = scorer.scorecard.shares(scorer.signals(reading, hidden), reading.turns)
    base = scorer.scorecard.base_without(hidden)
    start = log_odds_of(base) / MICRO
    z = start + sum(share.log_odds for share in shares)
    points = float(points_at(round(z * MICRO)))
    return Worked(score, shares, start, z, points, (points - base) / (z - start))


def example(_page: Page, _argument: str, _old: str) -> str:
    """Write the conversation, the way to its score, and the points."""
    found = worked()
    score = found.score
    value, base = score.value or 0, score.base or 0
    exact = [share.log_odds * found.slope for share in found.shares]
    left = value - base - sum(exact)
    size = sum(map(abs, exact))
    rows = [
        f"| {share.signal.event} | `{share.signal.name}` | {share.signal.evidence} "
        f"| {share.signal.strength:g} | {share.log_odds:+.4f} | {points:+.3f} "
        f"| {points + left * abs(points) / size:+.3f} | {part.points:+.1f} |"
        for share, points, part in zip(
            found.shares, exact, score.contributions, strict=True
        )
    ]
    lines = [
        *_transcript(),
        "",
        f"- base = {base}, so *b* = ln({base} / {100 - base}) = {found.start:.4f}",
        f"- *z* = *b* + Σ *c* = {found.z:.4f}",
        f"- *S*(*z*) = {found.points:.3f}, so `value` is {value} and `logit` "
        f"{score.logit}",
        f"- slope = ({found.points:.3f} − {base}) / "
        f"({found.z:.4f} − {found.start:.4f}) = {found.slope:.4f} points a unit",
        f"- left over by rounding: *r* = {left:+.3f}",
        "",
        "| event | signal | evidence | strength | *c* | *p* | *p′* | points |",
        "|---|---|---|---|---|---|---|---|",
        *rows,
        "",
        f"{base} {_sum(score)} = {value}, `{score.band}`.",
    ]
    return _NEGATIVE.sub("−", "\n".join(lines))


def _transcript() -> list[str]:
    said = [event for event in CHAT.events if isinstance(event, Message)]
    lines = [f"{at}  {one.role}: {one.text}" for at, one in enumerate(said)]
    return ["```text", *lines, "```"]


def _sum(score: Score) -> str:
    points = [part.points for part in score.contributions]
    return " ".join(f"{'-' if one < 0 else '+'} {abs(one):.1f}" for one in points)
