"""Read dates as people write them: in figures or words, in French or English."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from jauge.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

_MONTHS = (
    "january|jan|janvier|janv",
    "february|feb|fevrier|fevr|fev",
    "march|mar|mars",
    "april|apr|avril|avr",
    "may|mai",
    "june|jun|juin",
    "july|jul|juillet|juil",
    "august|aug|aout",
    "september|sept|sep|septembre",
    "october|oct|octobre",
    "november|nov|novembre",
    "december|dec|decembre",
)
_MONTH_OF: Mapping[str, int] = {
    word: number for number, words in enumerate(_MONTHS, 1) for word in words.split("|")
}
_WEEKDAYS = "lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun"
_FRENCH = r"(?P<french>(?:le )?(?:(?:lun|mar|mer|jeu|ven|sam|dim)[a-z]*[.,]* )?)"
_BEGINS = rf"(?:le |on )?(?:(?:{_WEEKDAYS})[a-z]*[.,]* )?"
_MONTH = rf"(?P<word>{'|'.join(_MONTH_OF)})\.?"
_CLOCK = (
    r"(?:(?:[ ,t]+| - )(?:(?P<at>a )|at )?(?P<hour>\d{1,2})"
    r"(?:(?::| ?(?P<h>h) ?)(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"| ?(?P<alone>h)|(?= ?[ap]\.?m))"
    r"(?: ?(?P<half>[ap])\.?m?\.?)?(?: ?(?P<zone>z|utc|gmt|[+-]\d\d:?\d\d))?)?"
)
_OF_CLOCK = ("hour", "minute", "second", "half", "zone")
_FIGURES = re.compile(
    rf"\A{_FRENCH}(?P<one>\d{{1,2}})[/.\-](?P<two>\d{{1,2}})"
    rf"(?:[/.\-](?P<year>\d{{4}})|[/.](?P<short>\d\d)){_CLOCK}"
)
_IN_WORDS = (
    re.compile(
        rf"{_BEGINS}(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?[ \-./]{_MONTH},?[ \-./]"
        rf"(?P<year>\d{{4}}|\d\d){_CLOCK}"
    ),
    re.compile(
        rf"{_BEGINS}{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})"
        rf"{_CLOCK}"
    ),
)
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})[/\-](?P<month>\d{{1,2}})[/\-](?P<day>\d{{1,2}}){_CLOCK}"
)
_CENTURY, _FIRST_SHORT = 2000, 10
_NOON = 12


def figures(text: str) -> re.Match[str] | None:
    """Find a date in figures that does not begin with its year.

    >>> [figures(date) is not None for date in ("le 3/4/25 à 10h", "25-04-03")]
    [True, False]
    """
    return _FIGURES.fullmatch(_plain(text))


def day_first(text: str) -> bool | None:
    """Say whether a date is day/month or month/day; None when it could be both.

    >>> [day_first(date) for date in ("25/12/2026", "12/25/2026 3:05 PM", "1/2/2026")]
    [True, False, None]
    >>> day_first("01/02/2026 à 10h05")
    True
    """
    match = figures(text)
    if match is None:
        return None
    if int(match["one"]) > _NOON:
        return True
    if int(match["two"]) > _NOON or match["half"]:
        return False
    is_french = match["french"] or match["at"] or match["h"] or match["alone"]
    return True if is_french else None


def written_by_people(text: str, zone: tzinfo, *, days_first: bool) -> datetime | None:
    """Read a date and time; without a zone it is in `zone`; None where it is none.

    Raises:
        ValueError: there is no such day or hour.

    >>> for date in ("jeu. 3 avr. 2025 10:02", "April 3, 2025 10:01 AM", "03/04/25 9h"):
    ...     print(written_by_people(date, UTC, days_first=True))
    2025-04-03 10:02:00+00:00
    2025-04-03 10:01:00+00:00
    2025-04-03 09:00:00+00:00
    """
    plain = _plain(text)
    if match := _FIGURES.fullmatch(plain):
        one, two, long, short = match.group("one", "two", "year", "short")
        day, month = (one, two) if days_first else (two, one)
        return _moment(match, (_year(long or short), int(month), int(day)), zone)
    if match := _YEAR_FIRST.fullmatch(plain):
        date = int(match["year"]), int(match["month"]), int(match["day"])
        return _moment(match, date, zone)
    for reads in _IN_WORDS:
        if match := reads.fullmatch(plain):
            month = _MONTH_OF[match["word"]]
            return _moment(
                match, (_year(match["year"]), month, int(match["day"])), zone
            )
    return None


def _plain(text: str) -> str:
    """Fold a date, with single blanks: some are narrow, or do not break."""
    folded = text.lower() if text.isascii() else fold(text).text
    return " ".join(folded.split())


def _year(written: str) -> int:
    """Give the year; of two figures, one of this century that had chats.

    Raises:
        ValueError: a chat was not in that year: it may be a day.
    """
    year = int(written)
    if len(written) > 2:  # noqa: PLR2004 - two figures, or four
        return year
    if year < _FIRST_SHORT:
        raise ValueError(written)
    return _CENTURY + year


def _moment(match: re.Match[str], date: tuple[int, int, int], zone: tzinfo) -> datetime:
    hours, minute, second, half, told = match.group(*_OF_CLOCK)
    hour = int(hours or 0)
    if half == "p" and hour < _NOON:
        hour += _NOON
    elif half == "a" and hour == _NOON:
        hour = 0
    clock = hour, int(minute or 0), int(second or 0)
    return datetime(*date, *clock, tzinfo=_zone(told, zone))


def _zone(written: str | None, zone: tzinfo) -> tzinfo:
    if written is None:
        return zone
    if written[0] not in "+-":
        return UTC
    minutes = int(written[1:3]) * 60 + int(written[-2:])
    return timezone(timedelta(minutes=-minutes if written[0] == "-" else minutes))
