"""The lines of a flat transcript: which begin a message, and what stands in them."""

from __future__ import annotations

import functools
import re
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from jauge.importers.columns import plain, role_of
from jauge.model.conversation import Role

# Marks of direction that messengers put before names and files.
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_MARKED = re.compile(r":\s\u200e")
_STAMPED = re.compile(
    r"[\[(]?(?P<date>\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4})"
    r"(?:T|,?\s{0,3}(?:à|at)?\s{0,3})"
    r"(?P<hour>\d{1,2})(?::|\s?h\s?|\.)(?P<minute>\d{2})"
    r"(?:[:.](?P<second>\d{2})(?:[.,](?P<part>\d{1,6}))?)?"
    r"\s?(?P<half>[AaPp]\.?\s?[Mm]\b\.?)?"
    r"(?P<zone>Z|\s?UTC|\s?[+-]\d{2}:?\d{2})?(?![\d:])"
    r"[\])]?\s{0,3}(?:[-–—|]\s{1,3})?(?P<rest>.*)",
    re.DOTALL,
)
_CLOCK = re.compile(r"[\[(]?\d{1,2}[:h]\d{2}(?::\d{2})?[\])]?\s{1,3}(?:[-–—|]\s{1,3})?")
_NAMED = re.compile(r"(?P<name>[^:\n]{1,80}?)\s?:(?:\s+|$)(?P<text>.*)", re.DOTALL)
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
_BOTS = frozenset({"bot", "robot", "chatbot"})
_BETWEEN = re.compile(r"[/.\-]")
_YEAR_FIRST = re.compile(r"\d{4}")
_CENTURY, _NOON, _YEAR = 2000, 12, 4


class Line(NamedTuple):
    """A line that begins a message; `name` is empty where nobody speaks.

    `stamp` is the date, in numbers as they stand, and the time of the day. `is_marked`
    where a mark of direction precedes the text: iOS so marks what nobody wrote.
    """

    stamp: re.Match[str] | None
    name: str
    text: str
    is_marked: bool = False


def line_of(text: str) -> Line | None:
    """Read a line as the beginning of a message; None for one that goes on.

    >>> line_of("[14/09/2026, 08:02:11] Client : bonjour")[1:3]
    ('Client', 'bonjour')
    >>> line_of("et merci") is None
    True
    """
    bare = _MARKS.sub("", text).strip()
    stamped = _STAMPED.match(bare)
    if stamped is not None and _is_date(stamped):
        named = _NAMED.match(stamped["rest"])
        if named is None:
            return Line(stamped, "", stamped["rest"])
        marked = _MARKED.search(text) is not None
        return Line(stamped, named["name"].strip(), named["text"], marked)
    clock = _CLOCK.match(bare)
    named = _NAMED.match(bare, clock.end() if clock else 0)
    if named is None or named["text"].startswith("//"):
        return None
    return Line(None, named["name"].strip("-–—*• "), named["text"])


def _is_date(stamped: re.Match[str]) -> bool:
    year, month, day = numbers_of(stamped)
    return max(month, day) <= 31 and min(month, day) <= _NOON and year > 0  # noqa: PLR2004 - days of a month


def numbers_of(stamped: re.Match[str]) -> tuple[int, int, int]:
    """Give the year, and the other two numbers in the order in which they stand."""
    first, second, third = _BETWEEN.split(stamped["date"])
    if len(first) == _YEAR:
        return int(first), int(second), int(third)
    year = int(third)
    return year if len(third) == _YEAR else _CENTURY + year, int(first), int(second)


def month_first(lines: list[Line]) -> bool:
    """Say whether the dates of a transcript have the month before the day."""
    stamps = [line.stamp for line in lines if line.stamp is not None]
    slashed = [one for one in stamps if not _YEAR_FIRST.match(one["date"])]
    if any(numbers_of(one)[1] > _NOON for one in slashed):
        return False
    # Where noon divides the day, the month comes first.
    return any(numbers_of(one)[2] > _NOON or one["half"] for one in slashed)


def at_of(line: Line, zone: tzinfo, *, months_first: bool) -> datetime | None:
    """Give the moment of a line; None where it has no date, or one that is none."""
    stamp = line.stamp
    if stamp is None:
        return None
    year, first, second = numbers_of(stamp)
    if months_first or _YEAR_FIRST.match(stamp["date"]):
        month, day = first, second
    else:
        day, month = first, second
    hour, half = int(stamp["hour"]), (stamp["half"] or "").lower()[:1]
    hour = hour % _NOON + (_NOON if half == "p" else 0) if half else hour
    part = int((stamp["part"] or "0").ljust(6, "0"))
    minute, second = int(stamp["minute"]), int(stamp["second"] or 0)
    try:
        moment = datetime(year, month, day, hour, minute, second, part)  # noqa: DTZ001 - the zone follows
        return moment.replace(tzinfo=_zone(stamp["zone"], zone))
    except ValueError:
        return None


def _zone(written: str | None, zone: tzinfo) -> tzinfo | None:
    if not written:
        return zone
    if written.strip() in ("Z", "UTC"):
        return UTC
    return datetime.strptime(written.strip(), "%z").tzinfo


@functools.lru_cache(maxsize=1024)
def role_named(name: str) -> Role:
    """Give the role that a name says: « Client », "SupportBot"; else unknown.

    >>> [str(role_named(name)) for name in ("Cliente", "SupportBot", "Camille")]
    ['user', 'bot', 'unknown']
    """
    role = role_of(name)
    words = plain(_CAMEL.sub(" ", name)).split()
    if role == "unknown" and words and (words[-1] in _BOTS or words[0] in _BOTS):
        return Role.BOT
    return Role(role)
