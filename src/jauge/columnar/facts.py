"""The facts of one conversation and its score, as a row of the copy. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jauge.columnar.search import lines_of
from jauge.model.conversation import Action, Message
from jauge.model.customer import customer_number
from jauge.model.signal import Dimension
from jauge.report.rows import last_handoff

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from jauge.model.conversation import Conversation
    from jauge.model.score import Score

DIMENSIONS = tuple(str(dimension) for dimension in Dimension)
# The columns of a part with their types. Points are whole tenths, times are UTC.
COLUMNS = {
    "number": "BIGINT",
    "id": "VARCHAR",
    "score": "BIGINT",
    "content": "BIGINT",
    "scorer": "VARCHAR",
    "part": "VARCHAR",
    "status": "VARCHAR",
    "reason": "VARCHAR",
    "value": "SMALLINT",
    "band": "VARCHAR",
    "low": "SMALLINT",
    "high": "SMALLINT",
    "logit": "INTEGER",
    "base": "SMALLINT",
    **dict.fromkeys(DIMENSIONS, "INTEGER"),
    "started_at": "TIMESTAMP",
    "ended_at": "TIMESTAMP",
    "duration_seconds": "DOUBLE",
    "messages_user": "INTEGER",
    "messages_bot": "INTEGER",
    "messages_agent": "INTEGER",
    "channel": "VARCHAR",
    "language": "VARCHAR",
    "department": "VARCHAR",
    "bot": "VARCHAR",
    "bot_version": "VARCHAR",
    "flows": "VARCHAR[]",
    "flow_types": "VARCHAR[]",
    "signals": "STRUCT(signal VARCHAR, dimension VARCHAR, tenths INTEGER)[]",
    "products": "VARCHAR[]",
    "handoff": "VARCHAR",
    "rating": "INTEGER",
    "customer": "VARCHAR",
    "customer_number": "BIGINT",
    "text": "VARCHAR",
}
_OF_SCORE = ("part", "status", "reason", "value", "band", "logit", "base")
_OF_CONVERSATION = ("channel", "department", "bot", "bot_version")
_OF_ROW = ("number", "id", "customer")


def facts(
    row: Mapping[str, object], conversation: Conversation, score: Score
) -> dict[str, object]:
    """Make a row of the copy; `row` is the conversation's in the database."""
    low, high = score.range or (None, None)
    started, ended = row["started_at"], row["ended_at"]
    tenths = {name: round(10 * part) for name, part in (score.dimensions or {}).items()}
    messages = [one for one in conversation.events if isinstance(one, Message)]
    return {
        **{name: row[name] for name in _OF_ROW},
        **{name: getattr(score, name) for name in _OF_SCORE},
        **{name: getattr(conversation, name) for name in _OF_CONVERSATION},
        **{name: tenths.get(name) for name in DIMENSIONS},
        "scorer": score.scorer,
        "low": low,
        "high": high,
        "started_at": started,
        "ended_at": ended,
        "duration_seconds": _seconds(started, ended),  # type: ignore[arg-type]
        "messages_user": row["user_messages"],
        "messages_bot": row["bot_messages"],
        "messages_agent": row["agent_messages"],
        "language": score.language or conversation.language,
        "flows": _distinct(event.flow for event in conversation.events),
        "flow_types": _distinct(event.flow_type for event in conversation.events),
        "signals": _signals(score),
        "products": _products(conversation),
        "handoff": last_handoff(conversation.events),
        "customer_number": customer_number(conversation),
        "text": lines_of(message.text for message in messages),
    }


def _seconds(started: datetime | None, ended: datetime | None) -> float | None:
    if started is None or ended is None:
        return None
    return (ended - started).total_seconds()


def _distinct(names: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))


def _products(conversation: Conversation) -> list[str]:
    found = (
        event.product
        for event in conversation.events
        if isinstance(event, Message | Action) and event.product is not None
    )
    return _distinct(product.name or product.id for product in found)


def _signals(score: Score) -> list[dict[str, object]]:
    """Sum the points of each signal; a signal is of one dimension."""
    tenths: Counter[tuple[str, str]] = Counter()
    for part in score.contributions:
        tenths[part.signal, str(part.dimension)] += part.tenths
    return [
        {"signal": signal, "dimension": dimension, "tenths": total}
        for (signal, dimension), total in sorted(tenths.items())
    ]
