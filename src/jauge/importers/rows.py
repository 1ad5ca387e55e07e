"""Make a conversation of the rows of a table."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from datetime import tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec.structs import replace

from jauge.importers.columns import channel_of, language_of, plain, role_of
from jauge.importers.habits import Habit
from jauge.importers.native import reject
from jauge.importers.order import in_order
from jauge.importers.speakers import role_told
from jauge.importers.values import EMPTY
from jauge.model.conversation import (
    Action,
    Close,
    Conversation,
    Event,
    FlowType,
    Handoff,
    Message,
    Rating,
    Role,
)
from jauge.model.scale import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from jauge.importers.protocol import Record
    from jauge.model.rejected import Rejected

_TRUE = frozenset({"true", "1", "yes", "oui", "vrai", "y", "o", "x"})
_FALSE = frozenset({"false", "0", "no", "non", "faux", "n"})
_CLOSES = frozenset({"close", "closed", "fermeture", "cloture"})
_STATES = ("requested", "refused", "accepted")
_FLOW_TYPES: tuple[FlowType, ...] = (
    "campaign",
    "transfer",
    "sales",
    "support",
    "other",
)
OF_CONVERSATION = (
    "channel",
    "language",
    "department",
    "bot",
    "bot_version",
    "user_id",
    "url",
)
"""The columns that tell of a whole conversation, in the order of our format."""
_PERCENT = 100
_LARGEST = 1e15
_LONGEST_SHOWN = 60


class Row(NamedTuple):
    """The line of a row, its cells by field, and those of no field by column."""

    number: int
    cells: dict[str, str]
    own: Mapping[str, object] = EMPTY


class HowRead(NamedTuple):
    """How cells are understood: the zone, who is who, the habits of dates."""

    zone: tzinfo
    roles: Mapping[str, str]
    habit: Habit = Habit()


def _short(cell: str) -> str:
    """Show the start of a cell; a whole one may be megabytes."""
    return cell if len(cell) <= _LONGEST_SHOWN else cell[:_LONGEST_SHOWN] + "…"


class _CellError(ValueError):
    """A cell that cannot be read: the line of its row, and what is wrong."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def conversation_of(
    rows: Sequence[Row], record: Record, reading: HowRead
) -> Conversation | Rejected:
    """Make a conversation of its rows, in the order of time where all have one."""
    id_ = rows[0].cells["id"].strip()
    try:
        timed = [(_at(row, reading), row) for row in rows]
        events = [
            event
            for at, row in in_order([(pair[0], pair) for pair in timed])
            for event in _events(row, at, reading.roles)
        ]
    except _CellError as error:
        refused = reject(record._replace(line=error.line), str(error))
        return replace(refused, claimed=id_)
    rating = _rating(rows)
    if rating is not None and abs(rating.value) > _LARGEST:
        reason = f"{rating.value:g} is no rating"
        refused = reject(record, reason, f"$.events[{len(events)}].value")
        return replace(refused, claimed=id_)
    told = (*events, rating) if rating else tuple(events)
    return Conversation(id=id_, events=told, metadata=own_of_rows(rows), **_facts(rows))


def _facts(rows: Sequence[Row]) -> dict[str, Any]:
    """Take each fact of the conversation from the first row that tells it."""
    there = (
        frozenset().union(*(row.cells for row in rows)).intersection(OF_CONVERSATION)
    )
    facts = {
        field: next(row.cells[field] for row in rows if field in row.cells)
        for field in there
    }
    for field, read in (("channel", channel_of), ("language", language_of)):
        if field in facts:
            facts[field] = read(facts[field])
    return facts


def own_of_rows(rows: Sequence[Row]) -> dict[str, object]:
    """Keep the user's own columns: one value where all rows say the same, else all."""
    columns = dict.fromkeys(column for row in rows for column in row.own)
    kept: dict[str, object] = {}
    for column in columns:
        values = [row.own.get(column) for row in rows]
        told = [value for value in values if value is not None]
        if not told:
            continue
        is_one = all(value == told[0] for value in told)
        kept[column] = told[0] if is_one else values
    return kept


def _at(row: Row, reading: HowRead) -> datetime | None:
    text = row.cells.get("at", "").strip()
    if not text:
        return None
    if "hour" in row.cells and ":" not in text:
        text = f"{text} {row.cells['hour'].strip()}".strip()
    try:
        return reading.habit.read(text, reading.zone)
    except (ValueError, OverflowError, OSError) as error:
        raise _CellError(
            row.number, f"{_short(text)!r} is not a time that is known"
        ) from error


def _events(row: Row, at: datetime | None, roles: Mapping[str, str]) -> list[Event]:
    cells = row.cells
    name = cells.get("role", "").strip()
    role = Role(role_told(name, _role(name), roles))
    flow = cells.get("flow")
    flow_type = _flow_type(cells["flow_type"]) if "flow_type" in cells else None
    state = cells["state"].strip().lower() if "state" in cells else ""
    if state in _STATES:
        handoff = {"type": "handoff", "state": state, "at": at, "flow": flow}
        return [msgspec.convert({**handoff, "flow_type": flow_type}, Handoff)]
    if "type" in cells and plain(cells["type"]) in _CLOSES:
        return [Close(at=at, flow=flow, flow_type=flow_type)]
    text = cells.get("text", "")
    if "action" in cells and (action := cells["action"].strip().lower()):
        target = cells.get("target") or text or None
        done = Action(role=role, action=action, target=target, at=at, flow=flow)
        return [replace(done, flow_type=flow_type) if flow_type else done]
    if not text and not name:
        return []
    said = Message(
        role=role,
        text=text,
        choices=_choices(cells["choices"]) if "choices" in cells else (),
        intent=cells.get("intent"),
        confidence=_confidence(row) if "confidence" in cells else None,
        fallback=_truth(cells["fallback"]) if "fallback" in cells else None,
        at=at,
        flow=flow,
    )
    return [replace(said, flow_type=flow_type) if flow_type else said]


@functools.lru_cache(maxsize=1024)
def _role(name: str) -> Role:
    return Role(role_of(name))


def _flow_type(cell: str) -> FlowType | None:
    if not cell:
        return None
    word = cell.strip().lower()
    return next((one for one in _FLOW_TYPES if one == word), None)


def _choices(cell: str) -> tuple[str, ...]:
    separator = next((mark for mark in ("|", ";", "\n") if mark in cell), "|")
    return tuple(filter(None, map(str.strip, cell.split(separator))))


def _truth(cell: str) -> bool | None:
    word = cell.strip().lower()
    if word in _TRUE:
        return True
    return False if word in _FALSE else None


def _number(cell: str) -> float | None:
    """Read a number as French or English write it; None for what is none."""
    text = cell.strip().replace("\u202f", "").replace("\u00a0", "").replace(",", ".")
    try:
        number = float(text.rstrip("% "))
    except ValueError:
        return None
    if math.isnan(number):
        return None
    return number / _PERCENT if text.endswith("%") else number


def _confidence(row: Row) -> float | None:
    number = _number(row.cells.get("confidence", ""))
    if number is not None and not 0 <= number <= 1:
        raise _CellError(row.number, f"confidence {number:g} is not between 0 and 1")
    return number


def _rating(rows: Sequence[Row]) -> Rating | None:
    """Make one rating of the last cell that holds one; a word is no rating."""
    for row in reversed([row for row in rows if "rating" in row.cells]):
        value, best = _rated(row.cells["rating"])
        if value is not None:
            return Rating(value=value, best=best, comment=row.cells.get("comment"))
    return None


def _rated(cell: str) -> tuple[float | None, float | None]:
    """Read a rating, and the best there is where it is told: 4, or 4/5."""
    value, slash, best = cell.partition("/")
    most = number_of(best) if slash else None
    return (None if slash and most is None else number_of(value)), most


def unread(cells: Mapping[str, str]) -> Iterator[str]:
    """Name the fields of a row that hold a word where a number should be.

    >>> [*unread({"rating": "good", "confidence": "0,9"})]
    ['rating']
    """
    if _rated(cells.get("rating", "0"))[0] is None:
        yield "rating"
    if _number(cells.get("confidence", "0")) is None:
        yield "confidence"
