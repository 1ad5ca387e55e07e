"""Make a conversation of the rows of a table."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import tzinfo
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from jauge.importers.columns import channel_of, language_of, plain, role_of
from jauge.importers.native import fault_of, reject
from jauge.importers.order import in_order
from jauge.importers.times import read_time
from jauge.model.conversation import (
    Action,
    Close,
    Conversation,
    Event,
    Handoff,
    Message,
    Rating,
    Role,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from jauge.importers.protocol import Record
    from jauge.model.rejected import Rejected

_TRUE = frozenset({"true", "1", "yes", "oui", "vrai", "y", "o", "x"})
_FALSE = frozenset({"false", "0", "no", "non", "faux", "n"})
_CLOSES = frozenset({"close", "closed", "fermeture", "cloture"})
_STATES = ("requested", "refused", "accepted")
_FLOW_TYPES = ("campaign", "transfer", "sales", "support", "other")
_OF_CONVERSATION = (
    "channel",
    "language",
    "department",
    "bot",
    "bot_version",
    "user_id",
    "url",
)
_PERCENT = 100
_LONGEST_SHOWN = 60


class Row(NamedTuple):
    """The line of a row, and its cells by field."""

    number: int
    cells: dict[str, str]


class HowRead(NamedTuple):
    """How cells are understood: the zone, who is who, the order of day and month."""

    zone: tzinfo
    roles: Mapping[str, str]
    days_first: bool


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
    made = {
        "id": id_,
        **_facts(rows),
        "events": [*events, *([rating] if rating else [])],
    }
    try:
        return msgspec.convert(msgspec.to_builtins(made), Conversation)
    except msgspec.ValidationError as error:
        return replace(reject(record, *fault_of(error)), claimed=id_)


def _facts(rows: Sequence[Row]) -> dict[str, str]:
    """Take each fact of the conversation from the first row that tells it."""
    facts = {
        field: value
        for field in _OF_CONVERSATION
        if (value := next((row.cells[field] for row in rows if field in row.cells), ""))
    }
    for field, read in (("channel", channel_of), ("language", language_of)):
        if field in facts:
            facts[field] = read(facts[field])
    return facts


def _at(row: Row, reading: HowRead) -> datetime | None:
    cell = row.cells.get("at", "").strip()
    hour = row.cells.get("hour", "").strip()
    if not cell:
        return None
    text = f"{cell} {hour}" if hour and ":" not in cell else cell
    try:
        return read_time(text, reading.zone, days_first=reading.days_first)
    except (ValueError, OverflowError, OSError) as error:
        raise _CellError(
            row.number, f"{_short(text)!r} is not a time that is known"
        ) from error


def _events(row: Row, at: datetime | None, roles: Mapping[str, str]) -> list[Event]:
    cells = row.cells
    name = cells.get("role", "").strip()
    role = Role(roles.get(name) or role_of(name))
    flow_type = cells.get("flow_type", "").strip().lower()
    known = {
        "at": at,
        "flow": cells.get("flow"),
        "flow_type": flow_type if flow_type in _FLOW_TYPES else None,
    }
    state = cells.get("state", "").strip().lower()
    if state in _STATES:
        return [msgspec.convert({"type": "handoff", "state": state, **known}, Handoff)]
    if plain(cells.get("type", "")) in _CLOSES:
        return [msgspec.convert({"type": "close", **known}, Close)]
    text = cells.get("text", "")
    if action := cells.get("action", "").strip().lower():
        target = cells.get("target") or text or None
        made = {
            "type": "action",
            "role": role,
            "action": action,
            "target": target,
            **known,
        }
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
    for row in reversed(rows):
        try:
            value = float(row.cells.get("rating", "").replace(",", "."))
        except ValueError:
            continue
        if math.isfinite(value):
            return Rating(value=value, comment=row.cells.get("comment"))
    return None
