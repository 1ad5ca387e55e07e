"""Named and free periods, as moments between which a conversation starts."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SPAN = re.compile(r"(\d{4}-\d\d)(-\d\d)?")
_DAY = timedelta(days=1)
_MICROSECOND = timedelta(microseconds=1)


class Days(NamedTuple):
    """Days from one to another, both in it; None is open."""

    first: date | None = None
    last: date | None = None


class Bounds(NamedTuple):
    """Moments in microseconds since 1970, the second no more in it; None is open."""

    start: int | None = None
    end: int | None = None

    @property
    def is_open(self) -> bool:
        """Say whether every time is in it."""
        return self.start is None and self.end is None

    def holds(self, at: datetime) -> bool:
        """Say whether a time, which has a zone, is in it."""
        moment = (at - EPOCH) // _MICROSECOND
        is_begun = self.start is None or moment >= self.start
        return is_begun and (self.end is None or moment < self.end)


def _last_month(today: date) -> Days:
    last = today.replace(day=1) - _DAY
    return Days(last.replace(day=1), last)


def _this_month(today: date) -> Days:
    _, length = calendar.monthrange(today.year, today.month)
    return Days(today.replace(day=1), today.replace(day=length))


def _week(today: date, ago: int) -> Days:
    monday = today - timedelta(days=today.weekday() + 7 * ago)
    return Days(monday, monday + timedelta(days=6))


_NAMED: dict[str, Callable[[date], Days]] = {
    "today": lambda today: Days(today, today),
    "yesterday": lambda today: Days(today - _DAY, today - _DAY),
    "last-7-days": lambda today: Days(today - timedelta(days=6), today),
    "last-30-days": lambda today: Days(today - timedelta(days=29), today),
    "last-week": lambda today: _week(today, 1),
    "this-week": lambda today: _week(today, 0),
    "last-month": _last_month,
    "this-month": _this_month,
}
NAMES = tuple(_NAMED)


def is_period(period: str) -> bool:
    """Say whether a period can be asked for.

    >>> is_period("last-week"), is_period("2026-11-01.."), is_period("2026-13-01..")
    (True, True, False)
    >>> is_period("2026-11"), is_period("2026-09..2026-11"), is_period("..")
    (True, True, False)
    """
    return period in _NAMED or _free(period) is not None


def _free(period: str) -> Days | None:
    """Give the days of a month, of a day, or from one of them to another."""
    first, dots, last = period.partition("..")
    if not dots:
        last = first
    try:
        begins, ends = (_span(one) if one else Days() for one in (first, last))
    except ValueError:
        return None
    found = Days(begins.first, ends.last)
    return found if found != Days() else None


def _span(written: str) -> Days:
    """Give the days of one month or day.

    Raises:
        ValueError: there is no such one.
    """
    found = _SPAN.fullmatch(written)
    if found is None:
        raise ValueError(written)
    day = date.fromisoformat(f"{found[1]}{found[2] or '-01'}")
    return Days(day, day) if found[2] else _this_month(day)


def zone_or_utc(name: str) -> str:
    """Give the name of a zone if there is such a one, else `UTC`.

    >>> zone_or_utc("America/Montreal"), zone_or_utc("../etc/passwd")
    ('America/Montreal', 'UTC')
    """
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return "UTC"
    return name


def days_of(period: str, zone: str, now: datetime) -> Days:
    """Give the days of a period; weeks are Monday to Sunday, 7 days end today.

    >>> noon = datetime(2026, 11, 26, 12, tzinfo=UTC)
    >>> [str(day) for day in days_of("last-week", "UTC", noon)]
    ['2026-11-16', '2026-11-22']
    >>> [str(day) for day in days_of("2026-02", "UTC", noon)]
    ['2026-02-01', '2026-02-28']
    """
    named = _NAMED.get(period)
    if named is None:
        return _free(period) or Days()
    return named(now.astimezone(ZoneInfo(zone)).date())


def before(days: Days) -> Days | None:
    """Give as many days just before; None where an end is open or none is before."""
    if days.first is None or days.last is None or days.first > days.last:
        return None
    try:
        return Days(days.first - (days.last - days.first) - _DAY, days.first - _DAY)
    except OverflowError:
        return None


def bounds_of(days: Days, zone: str) -> Bounds:
    """Give the moments at which days begin and end in a zone."""
    after = None
    if days.last is not None and days.last < date.max:
        after = days.last + _DAY
    return Bounds(_begin(days.first, zone), _begin(after, zone))


def _begin(day: date | None, zone: str) -> int | None:
    if day is None:
        return None
    begins = datetime.combine(day, time(), tzinfo=ZoneInfo(zone))
    offset = begins.utcoffset() or timedelta()
    naive = begins.replace(tzinfo=UTC) - EPOCH
    return (naive - offset) // _MICROSECOND
