"""Read a time in any of the shapes that platforms write, from any JSON value."""

from __future__ import annotations

import functools
import re
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta
from typing import TYPE_CHECKING

from jauge.importers.dates import written_by_people
from jauge.importers.times import read_time
from jauge.importers.values import FaultError, Step, part, short

if TYPE_CHECKING:
    from datetime import tzinfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Seconds until the year 5138, then milliseconds, microseconds, nanoseconds.
_SECONDS = 1e11
# Until the year 2286, which every system can say.
_NEAR = 1e10
_SCALES = ((_SECONDS, 1.0), (1e14, 1e3), (1e17, 1e6), (1e20, 1e9))
# Eight digits are a day, not seconds.
_SHORTEST_COUNT = 9
_NUMBER = re.compile(r"-?\d{9,}(?:[.,]\d+)?")
_DOT_NET = re.compile(r"/?\\?/?Date\((-?\d{1,17})(?:[+-]\d{4})?\)\\?/?")
_BROWSER = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{4}) (\d\d:\d\d:\d\d)"
    r" (?:GMT|UTC)([+-]\d{4})?"
)
# A text longer than this is not kept in memory to be known again.
_LONGEST_KEPT = 40
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
# What most sources write, of years that any zone can say.
_USUAL = re.compile(
    r"[12]\d{3}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{3,6})?(?:Z|[+-]\d\d(?::\d\d)?)"
)


def moment(
    value: object, *path: Step, zone: tzinfo, days_first: bool = True
) -> datetime | None:
    """Read a time; None where there is none; one without a zone is in `zone`.

    Raises:
        FaultError: something is there that is no time.

    >>> for at in (1789372931.5, "1789372931500", "2020-03-03 13:05:57 UTC"):
    ...     print(moment(at, zone=UTC))
    2026-09-14 08:02:11.500000+00:00
    2026-09-14 08:02:11.500000+00:00
    2020-03-03 13:05:57+00:00
    """
    found = part(value, *path) if path else value
    # What most sources write is told apart first.
    if isinstance(found, (int, float)) and 1 < found < _NEAR:
        return datetime.fromtimestamp(found, UTC)
    if found in (None, "", 0):
        return None
    try:
        return _quickly(found, zone, days_first=days_first)
    except (ValueError, OverflowError, TypeError, IndexError) as error:
        place = "$" + "".join(
            f"[{step}]" if isinstance(step, int) else f".{step}" for step in path
        )
        raise FaultError(place, f"no time: {short(found)}") from error


def _quickly(found: object, zone: tzinfo, *, days_first: bool) -> datetime | None:
    """Read a time; the usual ones are told apart before all others."""
    if isinstance(found, (int, float)) and found > 1:
        return since_1970(found)
    if isinstance(found, str):
        if _USUAL.fullmatch(found):
            return datetime.fromisoformat(found)
        if len(found) >= _SHORTEST_COUNT and found.isdecimal():
            return since_1970(float(found))
        if len(found) <= _LONGEST_KEPT:
            return _of_words(found, zone, days_first=days_first)
    return _within(_read(found, zone, days_first=days_first))


@functools.lru_cache(maxsize=1024)
def _of_words(written: str, zone: tzinfo, *, days_first: bool) -> datetime | None:
    """Read a time in words; those of one conversation are asked for again and again."""
    return _within(_read(written, zone, days_first=days_first))


def _within(read: datetime) -> datetime | None:
    """Pass over a time that UTC cannot say: year 1 in a zone of the east."""
    is_within = MINYEAR + 1 < read.year < MAXYEAR
    return read if is_within or read.astimezone(UTC).year > 1 else None


def _read(found: object, zone: tzinfo, *, days_first: bool) -> datetime:
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        raise TypeError
    if not isinstance(found, str):
        return since_1970(float(found))
    written = found.strip()
    if _ISO.match(written):
        return read_time(written, zone, days_first=days_first)
    if _NUMBER.fullmatch(written):
        return since_1970(float(written.replace(",", ".")))
    if match := _DOT_NET.fullmatch(written):
        return since_1970(float(match[1]) / 1000)
    return _in_words(written, zone, days_first=days_first)


def _in_words(written: str, zone: tzinfo, *, days_first: bool) -> datetime:
    if match := _BROWSER.match(written):
        month, day, year, clock, offset = match.groups()
        written = f"{day} {month} {year} {clock} {offset or '+0000'}"
    # Before the one of mails, which takes no notice of “PM”.
    if told := written_by_people(written, zone, days_first=days_first):
        return told
    if written[:3].isalpha() or written[-5:-4] in ("+", "-"):
        # Slow to import, and asked for by the few dates that are of mails.
        from email.utils import parsedate_to_datetime

        mailed = parsedate_to_datetime(written)
        return mailed if mailed.tzinfo else mailed.replace(tzinfo=zone)
    return read_time(written, zone, days_first=days_first)


def since_1970(count: float) -> datetime:
    """Read seconds since 1970, or milli-, micro- or nanoseconds by their size.

    >>> since_1970(1789372931000000).isoformat()
    '2026-09-14T08:02:11+00:00'
    """
    for below, scale in _SCALES:
        if abs(count) < below:
            return _EPOCH + timedelta(seconds=count / scale)
    raise OverflowError
