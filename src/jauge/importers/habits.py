"""How a column writes its times, told by all its cells together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from jauge.importers.dates import day_first, figures
from jauge.importers.times import has_zone, is_written_out, read_time, serial

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

# Quick to look for: most dates in figures have a year of four.
_MAYBE_SHORT = re.compile(r"\d[/.]\d\d(?![\d/.])")
_PART = re.compile(r"0[.,]\d+")

_YEARS = 2
"""A file may well hold chats of so many years, all of one day of the month."""


class Habit(NamedTuple):
    """The order of day and month; whether numbers are the days by which Excel counts.

    `short_years`: a year may have two figures.
    """

    days_first: bool = True
    serials: bool = False
    short_years: bool = True

    def read(self, text: str, zone: tzinfo) -> datetime:
        """Read a time, maybe a day and its time of day; without a zone, in `zone`.

        Raises:
            ValueError: it is no time that is known, or not as this column writes.

        >>> from datetime import UTC
        >>> for at in ("45750,5", "45750 10h05", "45750 0,5"):
        ...     print(Habit(serials=True).read(at, UTC))
        2025-04-03 12:00:00+00:00
        2025-04-03 10:05:00+00:00
        2025-04-03 12:00:00+00:00
        """
        if self.serials:
            text = _unnumbered(text)
        if not self.short_years and (found := figures(text)) and found["short"]:
            raise ValueError(text)
        return read_time(text, zone, days_first=self.days_first)


def _unnumbered(text: str) -> str:
    """Write the number of a day as a date; after it may stand a part of a day."""
    day, _, hour = text.partition(" ")
    if _PART.fullmatch(hour):
        day, hour = f"{day}.{hour[2:]}", ""
    moment = serial(day)
    if moment is None:
        return text
    return f"{moment:%Y-%m-%d} {hour}" if hour else str(moment)


class Habits:
    """Notices how times are written, cell by cell; memory does not grow."""

    def __init__(self) -> None:
        self.zoneless = False
        self._days_first: bool | None = None
        self._serials = self._fractions = self._others = 0
        self._firsts: set[str] = set()
        self._lasts: set[str] = set()

    def notice(self, at: str) -> None:
        """Take the next cell, without blanks around."""
        if is_written_out(at) or not at:
            self._others += bool(at)
            return
        self.zoneless = self.zoneless or not has_zone(at)
        if serial(at) is not None:
            self._serials += 1
            self._fractions += not at.isdecimal()
            return
        self._others += 1
        # Most dates begin with the year, which leaves nothing more open.
        if not at[:4].isdecimal():
            self._notice_order(at)

    def _notice_order(self, at: str) -> None:
        if self._days_first is None:
            self._days_first = day_first(at)
        found = figures(at) if _MAYBE_SHORT.search(at) else None
        if found and found["short"]:
            self._firsts.add(found["one"])
            self._lasts.add(found["short"])

    def habit(self, *, has_hours: bool = False) -> Habit:
        """Say how the column writes; `has_hours`: another one has the time of day.

        Whole numbers alone may be seconds of a day; and what changes more often than
        the first figures is no year: 25/04/13 is of April 2025 then.
        """
        is_day = len(self._lasts) > max(len(self._firsts), _YEARS)
        return Habit(
            self._days_first is not False,
            bool(self._serials and not self._others and (self._fractions or has_hours)),
            not is_day,
        )
