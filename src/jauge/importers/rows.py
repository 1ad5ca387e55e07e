"""Make a conversation of the rows of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from jauge.importers.columns import role_of
from jauge.importers.native import reject
from jauge.importers.times import read_time
from jauge.model.conversation import Action, Conversation, Event, Handoff, Message, Rating, Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, tzinfo

    from jauge.importers.protocol import Record
    from jauge.model.rejected import Rejected

_TRUE = frozenset({"true", "1", "yes", "oui", "vrai", "y", "o", "x"})
_FALSE = frozenset({"false", "0", "no", "non", "faux", "n"})
_STATES = ("requested", "refused", "accepted")
_FLOW_TYPES = ("campaign", "transfer", "sales", "support", "other")
_OF_CONVERSATION = ("language", "department", "bot", "bot_version", "user_id", "url")
_PERCENT = 100


class Row(NamedTuple):
    """The line of a row, and its cells by field."""

    number: int
    cells: dict[str, str]


class _CellError(ValueError):
    """A cell that cannot be read: its line, field, and what it says."""


def conversation_of(
    rows: Sequence[Row], record: Record, zone: tzinfo, *, days_first: bool
) -> Conversation | Rejected:
    """Make a conversation of its rows, in the order of time where all have one."""
    try:
        timed = [(_at(row, zone, days_first=days_first), row) for row in rows]
        events = [event for at, row in _in_order(timed) for event in _events(row, at)]
    except _CellError as error:
        return reject(record, str(error))
    rating = _rating(rows)
    first = {
        field: value
        for field in ("channel", *_OF_CONVERSATION)
        if (value := next((row.cells[field] for row in rows if row.cells.get(field)), None))
    }
    made = {
        "id": rows[0].cells["id"].strip(),
        **first,
        "events": [*events, *([rating] if rating else [])],
    }
    try:
        return msgspec.convert(msgspec.to_builtins(made), Conversation)
    except msgspec.ValidationError as error:
        return reject(record, str(error))


def _in_order(timed: list[tuple[datetime | None, Row]]) -> list[tuple[datetime | None, Row]]:
    """Order by time, the order of the file breaking ties; as written if a time lacks."""
    moments = [at for at, _ in timed if at is not None]
    if len(moments) < len(timed):
        return timed
    falling = all(a >= b for a, b in zip(moments, moments[1:], strict=False))
    if falling and moments[0] > moments[-1]:
        # Newest first: turned round before sorting, so that ties turn round too.
        timed = timed[::-1]
    return sorted(timed, key=_moment)


def _moment(pair: tuple[datetime | None, Row]) -> float:
    return pair[0].timestamp() if pair[0] else 0.0


def _at(row: Row, zone: tzinfo, *, days_first: bool) -> datetime | None:
    cell = row.cells.get("at", "").strip()
    hour = row.cells.get("hour", "").strip()
    if not cell:
        return None
    text = f"{cell} {hour}" if hour else cell
    try:
        return read_time(text, zone, days_first=days_first)
    except (ValueError, OverflowError, OSError) as error:
        msg = f"line {row.number}, time {text!r}: not a time that is known"
        raise _CellError(msg) from error


def _events(row: Row, at: datetime | None) -> list[Event]:
    cells = row.cells
    role = Role(role_of(cells.get("role", "")))
    flow_type = cells.get("flow_type", "").strip().lower()
    known = {
        "at": at,
        "flow": cells.get("flow"),
        "flow_type": flow_type if flow_type in _FLOW_TYPES else None,
    }
    state = cells.get("state", "").strip().lower()
    if state in _STATES:
        return [msgspec.convert({"type": "handoff", "state": state, **known}, Handoff)]
    text = cells.get("text", "")
    if action := cells.get("action", "").strip().lower():
        target = cells.get("target") or text or None
        made = {"type": "action", "role": role, "action": action, "target": target, **known}
        return [msgspec.convert(made, Action)]
    if not text and not cells.get("role"):
        return []
    said = {
        "type": "message",
        "role": role,
        "text": text,
        "choices": _choices(cells.get("choices", "")),
        "intent": cells.get("intent"),
        "confidence": _confidence(row),
        "fallback": _truth(cells.get("fallback", "")),
        **known,
    }
    return [msgspec.convert(said, Message)]


def _choices(cell: str) -> list[str]:
    separator = next((mark for mark in ("|", ";", "\n") if mark in cell), "|")
    return [choice.strip() for choice in cell.split(separator) if choice.strip()]


def _truth(cell: str) -> bool | None:
    word = cell.strip().lower()
    if word in _TRUE:
        return True
    return False if word in _FALSE else None


def _number(row: Row, field: str) -> float | None:
    cell = row.cells.get(field, "").strip()
    if not cell:
        return None
    text = cell.replace("\u202f", "").replace("\u00a0", "").replace(",", ".")
    percent = text.endswith("%")
    try:
        number = float(text.rstrip("% "))
    except ValueError as error:
        msg = f"line {row.number}, {field} {cell!r}: not a number"
        raise _CellError(msg) from error
    return number / _PERCENT if percent else number


def _confidence(row: Row) -> float | None:
    number = _number(row, "confidence")
    if number is not None and not 0 <= number <= 1:
        msg = f"line {row.number}, confidence {number:g}: not between 0 and 1"
        raise _CellError(msg)
    return number


def _rating(rows: Sequence[Row]) -> Mapping[str, object] | None:
    """Make one rating event of the last cell that holds one; a word is no rating."""
    for row in reversed(rows):
        cell = row.cells.get("rating", "").strip().replace(",", ".")
        if cell:
            try:
                value = float(cell)
            except ValueError:
                return None
            comment = row.cells.get("comment")
            return msgspec.to_builtins(Rating(value=value, comment=comment)) if -1e15 < value < 1e15 else None  # noqa: E501
    return None
