"""Read the times that exports write: ISO, as people write them, counts of seconds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from jauge.importers.dates import written_by_people

if TYPE_CHECKING:
    from datetime import tzinfo

# The one shape that needs no more looks.
_WRITTEN_OUT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{3,6})?(?:Z|[+-]\d\d(?::\d\d)?)"
)
_EPOCH = re.compile(r"\d{10}(?:[.,]\d+)?|\d{13}|\d{16}")
_ZONE_NAME = re.compile(r"(?:UTC|GMT|Z)$")
_OFFSET = re.compile(r":\d\d(?:[.,]\d+)?\s*[+-]\d\d(?::?\d\d)?$")
_YEAR_FIRST = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})(?!\d)")
_DIGITS_OF_SECONDS = 10
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d+))?")
_SERIAL_BEGINS = datetime(1899, 12, 30)  # noqa: DTZ001 - the caller gives the zone
# The years 2000 to 2099.
_SERIALS = range(36_526, 73_051)


def zone_named(name: str) -> tzinfo:
    """Give a zone by its name, which was checked when it was told."""
    return UTC if name == "UTC" else ZoneInfo(name)


def is_written_out(cell: str) -> bool:
    """Say whether a time is in the one shape that leaves nothing open."""
    return _WRITTEN_OUT.fullmatch(cell) is not None


def serial(cell: str) -> datetime | None:
    """Read the days since 1900 by which Excel counts, where they are of this century.

    >>> print(serial("45750,4166"), serial("45750.416666666664"), serial("1789372931"))
    2025-04-03 09:59:54.240000 2025-04-03 10:00:00 None
    """
    match = _SERIAL.fullmatch(cell)
    if match is None or int(match[1]) not in _SERIALS:
        return None
    milliseconds = round(float(f"0.{match[2] or 0}") * 86_400_000)
    return _SERIAL_BEGINS + timedelta(int(match[1]), milliseconds=milliseconds)


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
    if not text[:4].isdecimal():
        found = written_by_people(text, zone, days_first=days_first)
        return found or _iso(text, zone)
    try:
        return _iso(text, zone)
    except ValueError:
        found = written_by_people(text, zone, days_first=days_first)
        if found is None:
            raise
        return found


def _iso(text: str, zone: tzinfo) -> datetime:
    text = _YEAR_FIRST.sub(_with_dashes, text)
    named = _ZONE_NAME.search(text)
    moment = datetime.fromisoformat(_ZONE_NAME.sub("", text).strip().replace(",", "."))
    if named:
        return moment.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _with_dashes(match: re.Match[str]) -> str:
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
