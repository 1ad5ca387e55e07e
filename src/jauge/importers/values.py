"""Look into decoded JSON of any shape: what is not there is empty, never an error."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

Value = Mapping[str, object]
Step = str | int
EMPTY: Final[Value] = {}
_LONGEST_SHOWN = 60
_LARGEST = 1e15


class FaultError(ValueError):
    """Something in a record that cannot be read: its JSON path, and what is wrong."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(reason)
        self.path = path


def itself(value: Value) -> Sequence[Value]:
    """Give a value as its only piece."""
    return (value,)


def part(value: object, *path: Step) -> object:
    """Follow a path of names and places; None where it leads nowhere.

    >>> part({"a": [{"b": 1}]}, "a", 0, "b"), part({"a": 1}, "a", "b")
    (1, None)
    """
    # Decoded JSON has plain dicts only; asking for any mapping takes much longer.
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step] if -len(value) <= step < len(value) else None
        else:
            return None
    return value


def text(value: object, *path: Step) -> str:
    """Give a string, without the blanks around it; empty for anything else."""
    # As `part` does, which `text` and `id_of` would call more often than all else.
    for step in path:
        value = value.get(step) if isinstance(value, dict) else part(value, step)
    return value.strip() if isinstance(value, str) else ""


def first_text(values: Iterable[object], *path: Step) -> str:
    """Give the first string at a path of several values; empty if none has one.

    >>> first_text([{}, {"locale": "fr"}, {"locale": "en"}], "locale")
    'fr'
    """
    for value in values:
        if found := text(value, *path):
            return found
    return ""


def id_of(value: object, *path: Step) -> str:
    """Give an id as a string, whether it is written as one or as a number.

    >>> id_of({"id": 82078}, "id"), id_of({"id": " a "}, "id"), id_of({}, "id")
    ('82078', 'a', '')
    """
    found = value
    for step in path:
        found = found.get(step) if isinstance(found, dict) else part(found, step)
    if isinstance(found, str):
        return found.strip()
    if found is None:
        return ""
    if isinstance(found, float) and math.isfinite(found) and found.is_integer():
        found = int(found)
    is_number = isinstance(found, int) and not isinstance(found, bool)
    return str(found) if is_number else ""


def once(values: Iterable[Value], *path: Step) -> list[Value]:
    """Give each id once, where it is told first and as it is told last.

    >>> once([{"id": 1, "at": 1}, {"at": 2}, {"id": "1", "at": 3}], "id")
    [{'id': '1', 'at': 3}, {'at': 2}]
    """
    found: dict[str | int, Value] = {}
    for place, value in enumerate(values):
        found[id_of(value, *path) or place] = value
    return list(found.values())


def mapping(value: object, *path: Step) -> Value:
    """Give an object; an empty one for anything else."""
    found = part(value, *path)
    return found if isinstance(found, dict) else EMPTY


def items(value: object, *path: Step) -> list[Value]:
    """Give the objects of a list; what is none among them is passed over."""
    found = value
    for step in path:
        found = found.get(step) if isinstance(found, dict) else part(found, step)
    if not found or not isinstance(found, list):
        return []
    return [one for one in found if isinstance(one, dict)]


def number(value: object, *path: Step) -> float | None:
    """Give a finite number, also one written as a string; None for anything else.

    >>> number({"n": "0.44"}, "n"), number({"n": True}, "n"), number({"n": 1e999}, "n")
    (0.44, None, None)
    """
    found = part(value, *path)
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return None
    try:
        read = float(found)
    except (ValueError, OverflowError):
        return None
    return read if math.isfinite(read) and abs(read) <= _LARGEST else None


def share(value: object, *path: Step) -> float | None:
    """Give a number from 0 to 1, such as a confidence; None for anything else."""
    found = number(value, *path)
    return found if found is not None and 0 <= found <= 1 else None


def is_true(value: object, *path: Step) -> bool:
    """Say whether something is the JSON value `true`."""
    return part(value, *path) is True


def inner(value: object, *path: Step) -> object:
    """Give JSON that stands inside a string; what is no string is given as it is.

    >>> inner({"content": '{"activities": []}'}, "content")
    {'activities': []}
    """
    found = part(value, *path)
    if not isinstance(found, str):
        return found
    try:
        return msgspec.json.decode(found)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return None


def short(found: object) -> str:
    """Show the start of a value; a whole one may be megabytes."""
    shown = found if isinstance(found, str) else repr(found)
    return shown if len(shown) <= _LONGEST_SHOWN else shown[:_LONGEST_SHOWN] + "…"
