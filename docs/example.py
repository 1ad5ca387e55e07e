"""The worked example: one small conversation, with every number on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jauge.model.conversation import Conversation
from jauge.pipeline import scorer_of
from jauge.scoring.logistic import MICRO, log_odds_of, points_at

if TYPE_CHECKING:
    from docs.page import Page
    from jauge.model.score import Score
    from jauge.scoring.scorecard import Share

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
    score = scorer.score_reading(reading)
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
    assert score.base is not None  # noqa: S101 - the example is scored
    exact = [share.log_odds * found.slope for share in found.shares]
    left = (score.value or 0) - score.base - sum(exact)
    size = sum(map(abs, exact))
    rows = [
        f"| {share.signal.event} | `{share.signal.name}` | {share.signal.evidence} "
        f"| {share.signal.strength:g} | {share.log_odds:+.4f} | {points:+.3f} "
        f"| {points + left * abs(points) / size:+.3f} | {part.points:+.1f} |"
        for share, points, part in zip(
            found.shares, exact, score.contributions, strict=True
        )
    ]
    said = [f"{at}  {one.role}: {one.text}" for at, one in enumerate(CHAT.events)]  # type: ignore[union-attr]
    return "\n".join(
        [
            "```text",
            *said,
            "```",
            "",
            f"- base = {score.base}, so *b* = ln({score.base} / {100 - score.base}) "
            f"= {found.start:.4f}",
            f"- *z* = *b* + Σ *c* = {found.z:.4f}",
            f"- *S*(*z*) = {found.points:.3f}, so the value is {score.value}, "
            f"*{score.band}*; `logit` is {score.logit}",
            f"- slope = ({found.points:.3f} − {score.base}) / "
            f"({found.z:.4f} − {found.start:.4f}) = {found.slope:.4f} points a unit",
            f"- left over by rounding: *r* = {left:+.3f}",
            "",
            "| event | signal | evidence | strength | *c* | *p* | *p′* | points |",
            "|---|---|---|---|---|---|---|---|",
            *rows,
            "",
            f"{score.base} + ({_sum(score)}) = {score.value}.",
        ]
    )


def _sum(score: Score) -> str:
    written = " ".join(f"{part.points:+.1f}" for part in score.contributions)
    return f"{written} = {sum(part.tenths for part in score.contributions) / 10:+.1f}"
