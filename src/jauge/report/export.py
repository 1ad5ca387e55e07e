"""Write scores for other programs: JSON Lines, and CSV one row a conversation."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import msgspec

from jauge.model.conversation import Handoff, Message, Rating, Role
from jauge.model.signal import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jauge.model.conversation import Conversation
    from jauge.model.score import Contribution, Score

COLUMNS = (
    "conversation_id", "status", "reason", "part", "value", "band",
    "range_low", "range_high", "logit", "base",
    *(str(dimension) for dimension in Dimension), "top_reasons", "language",
    "channel", "department", "bot", "bot_version", "started_at", "duration_seconds",
    "messages_user", "messages_bot", "rating", "handoff", "unavailable", "scorer",
)  # fmt: skip
LONG_COLUMNS = (
    "conversation_id", "signal", "dimension", "event", "evidence",
    "span_start", "span_end", "points", "scorer",
)  # fmt: skip
SCORE_COLUMNS = (*COLUMNS[:17], "unavailable", "scorer")
"""The columns that a score fills without its conversation."""
KEPT_RATING = "rating_hundred"
"""The rating that a store keeps, from 0 to 100; `rating` is as the conversation has it.
"""
REFUSED_COLUMNS = ("file", "line", "path", "reason", "record")
_LISTS = {"top_reasons": "; ", "unavailable": " "}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_STRONGEST = 3
Cell = str | int | float | None


def json_line(score: Score) -> bytes:
    """Write a score as one line of JSON."""
    return score.to_json() + b"\n"


def rated_line(score: Score, rating: float | None) -> bytes:
    """Write a score as one line of JSON, with the rating that a store keeps last."""
    told = msgspec.json.encode({KEPT_RATING: rating})
    return score.to_json()[:-1] + b"," + told[1:] + b"\n"


def csv_line(cells: Iterable[Cell], *, french: bool = False) -> bytes:
    r"""Write one CSV row; text that a spreadsheet would run as a formula is guarded.

    `french` is how Excel reads it where it speaks French: `;`, and decimal commas.

    >>> csv_line(["=1+1", -2.5, None])
    b"'=1+1,-2.5,\r\n"
    >>> csv_line(["=1+1", -2.5, None], french=True)
    b"'=1+1;-2,5;\r\n"
    """
    buffer = io.StringIO()
    shown = [guarded(cell) for cell in cells]
    if french:
        shown = [
            str(cell).replace(".", ",") if isinstance(cell, float) else cell
            for cell in shown
        ]
    csv.writer(buffer, delimiter=";" if french else ",").writerow(shown)
    return buffer.getvalue().encode("utf-8", "replace")


def guarded(cell: Cell) -> Cell:
    """Put `'` before a text that starts a formula; numbers never."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + cell
    return cell


def strongest(score: Score, count: int = _STRONGEST) -> list[Contribution]:
    """Give the contributions with the most points, either way; ties in their order."""
    return sorted(score.contributions, key=_size)[:count]


def _size(part: Contribution) -> int:
    return -abs(part.tenths)


def top_reasons(score: Score) -> str:
    """Name the three strongest: `bot_fallback -13.0; user_thanks +4.1`."""
    return "; ".join(f"{part.signal} {part.points:+.1f}" for part in strongest(score))


def row(
    conversation: Conversation, score: Score, wide: Sequence[str] = ()
) -> list[Cell]:
    """Give the cells of `COLUMNS`, then the points of each signal named in `wide`."""
    low, high = score.range or (None, None)
    dimensions = score.dimensions or {}
    times = [event.at for event in conversation.events if event.at is not None]
    said = [event.role for event in conversation.events if isinstance(event, Message)]
    ratings = [
        event.value for event in conversation.events if isinstance(event, Rating)
    ]
    handoffs = [
        event.state for event in conversation.events if isinstance(event, Handoff)
    ]
    return [
        score.conversation_id, score.status, score.reason, score.part,
        score.value, score.band, low, high, score.logit, score.base,
        *(dimensions.get(dimension) for dimension in Dimension),
        top_reasons(score), score.language,
        conversation.channel, conversation.department,
        conversation.bot, conversation.bot_version,
        times[0].isoformat() if times else None,
        _short((times[-1] - times[0]).total_seconds()) if times else None,
        said.count(Role.USER), said.count(Role.BOT),
        _short(ratings[-1]) if ratings else None, handoffs[-1] if handoffs else None,
        " ".join(score.unavailable), score.scorer,
        *_points(score, wide),
    ]  # fmt: skip


def score_row(score: Score) -> list[Cell]:
    """Give the cells of `SCORE_COLUMNS`."""
    low, high = score.range or (None, None)
    dimensions = score.dimensions or {}
    return [
        score.conversation_id, score.status, score.reason, score.part,
        score.value, score.band, low, high, score.logit, score.base,
        *(dimensions.get(dimension) for dimension in Dimension),
        top_reasons(score), score.language, " ".join(score.unavailable), score.scorer,
    ]  # fmt: skip


def _short(value: float) -> Cell:
    return int(value) if value == int(value) else value


def _points(score: Score, wide: Sequence[str]) -> list[Cell]:
    tenths: dict[str, int] = {}
    for part in score.contributions:
        tenths[part.signal] = tenths.get(part.signal, 0) + part.tenths
    return [tenths[name] / 10 if name in tenths else None for name in wide]


def long_rows(score: Score, shown: Score | None = None) -> list[list[Cell]]:
    """Give one row of `LONG_COLUMNS` per contribution.

    `shown` is the same score, masked: its evidence is written, at the places where the
    message itself has it.
    """
    written = (shown or score).contributions
    return [
        [
            score.conversation_id, part.signal, part.dimension, part.event,
            other.evidence,
            *(part.span or (None, None)), part.points, score.scorer,
        ]
        for part, other in zip(score.contributions, written, strict=True)
    ]  # fmt: skip


def table_line(columns: Sequence[str], cells: Sequence[Cell], *, lists: bool) -> bytes:
    """Write a row for a table of another form: JSON by column, its lists as lists."""
    # No column of text holds the sign NUL.
    shown = [
        cell.replace("\0", "\ufffd") if isinstance(cell, str) else cell
        for cell in cells
    ]
    named: dict[str, object] = dict(zip(columns, shown, strict=True))
    for name, apart in _LISTS.items() if lists else ():
        if name in named:
            named[name] = [part for part in str(named[name]).split(apart) if part]
    return msgspec.json.encode(named) + b"\n"
