"""Read the times that exports write: ISO, day or month first, seconds since 1970."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import tzinfo

_SLASHED = re.compile(
    r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})"
    r"(?:[ ,T]+(?:à |at )?(\d{1,2})(?::|h| h )(\d{2})"
    r"(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp])?\.?[Mm]?\.?)?"
)
# The one shape that needs no more looks.
_WRITTEN_OUT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{3,6})?(?:Z|[+-]\d\d(?::\d\d)?)"
)
_EPOCH = re.compile(r"\d{10}(?:[.,]\d+)?|\d{13}|\d{16}")
_ZONE_NAME = re.compile(r"(?:UTC|GMT|Z)$")
_OFFSET = re.compile(r":\d\d(?:[.,]\d+)?\s*[+-]\d\d(?::?\d\d)?$")
_YEAR_FIRST = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})(?!\d)")
_DIGITS_OF_SECONDS = 10
_NOON = 12


def zone_named(name: str) -> tzinfo:
    """Give a zone by its name, which was checked when it was told."""
    return UTC if name == "UTC" else ZoneInfo(name)


def day_first(cell: str) -> bool | None:
    """Say whether a date is day/month or month/day; None when it could be both.

    >>> [day_first(date) for date in ("25/12/2026", "12/25/2026 3:05 PM", "1/2/2026")]
    [True, False, None]
    """
    match = _SLASHED.fullmatch(cell.strip())
    if match is None:
        return None
    if int(match[1]) > _NOON:
        return True
    if int(match[2]) > _NOON or match[7]:
        return False
    return None


def has_zone(cell: str) -> bool:
    """Say whether a time names its zone, or needs none (seconds since 1970).

    >>> has_zone("2026-11-02T14:00-05:00"), has_zone("1793628000")
    (True, True)
    >>> has_zone("02/11/2026 14:00")
    False
    """
    text = cell.strip()
    return bool(
        _EPOCH.fullmatch(text) or _ZONE_NAME.search(text) or _OFFSET.search(text)
    )


def read_time(cell: str, zone: tzinfo, *, days_first: bool) -> datetime:
    """Read a time; one without a zone is in `zone`.

    Raises:
        ValueError: it is no time that we know.

    >>> read_time("14/09/2026 08:02:11", UTC, days_first=True).isoformat()
    '2026-09-14T08:02:11+00:00'
    """
    text = cell.strip()
    if _WRITTEN_OUT.fullmatch(text):
        return datetime.fromisoformat(text)
    if _EPOCH.fullmatch(text):
        text = text.replace(",", ".")
        whole = text.split(".", 1)[0]
        scale = 10 ** (len(whole) - _DIGITS_OF_SECONDS)
        return datetime.fromtimestamp(float(text) / scale, UTC)
    match = _SLASHED.fullmatch(text)
    if match:
        return _slashed(match, days_first=days_first).replace(tzinfo=zone)
    text = _YEAR_FIRST.sub(_with_dashes, text)
    named = _ZONE_NAME.search(text)
    moment = datetime.fromisoformat(_ZONE_NAME.sub("", text).strip().replace(",", "."))
    if named:
        return moment.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _with_dashes(match: re.Match[str]) -> str:
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"


def _slashed(match: re.Match[str], *, days_first: bool) -> datetime:
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    day, month = (first, second) if days_first else (second, first)
    hour = int(match[4] or 0)
    half = (match[7] or "").lower()
    if half == "p" and hour < _NOON:
        hour += _NOON
    elif half == "a" and hour == _NOON:
        hour = 0
    return datetime(year, month, day, hour, int(match[5] or 0), int(match[6] or 0))  # noqa: DTZ001 - the caller gives the zone
