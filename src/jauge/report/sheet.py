"""Cells for people: titles in words, and times as the clock of one zone shows them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from jauge.report.column_words import header, sql_type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jauge.report.export import Cell
    from jauge.report.wording import Lang

# No spreadsheet has older days: those stay as they are written.
_FIRST_YEAR = 1900
_POINTS = re.compile(r"(?<=[+-])(\d+)\.(?=\d)")


def titles(columns: Sequence[str], lang: Lang, zone: str) -> tuple[str, ...]:
    """Give the titles of columns; that of times names their zone.

    >>> titles(["value", "started_at"], "fr", "America/Montreal")
    ('Score', 'Début (America/Montreal)')
    """
    return tuple(
        f"{header(name, lang)} ({zone})" if _is_time(name) else header(name, lang)
        for name in columns
    )


def in_zone(name: str, cell: Cell, zone: str) -> Cell | datetime:
    """Make the time of a cell a time of a zone, without it: Excel knows none.

    >>> in_zone("started_at", "2026-11-02T23:30:00-05:00", "UTC")
    datetime.datetime(2026, 11, 3, 4, 30)
    """
    if not isinstance(cell, str) or not _is_time(name):
        return cell
    try:
        at = datetime.fromisoformat(cell).astimezone(ZoneInfo(zone))
    except OverflowError:
        # At the ends of the calendar there is no other zone.
        return cell
    return at.replace(tzinfo=None, fold=0) if at.year >= _FIRST_YEAR else cell


def readable(
    columns: Sequence[str], cells: Sequence[Cell], lang: Lang, zone: str
) -> list[Cell]:
    """Give the cells of a row as a person reads them in a spreadsheet.

    >>> readable(["top_reasons"], ["user_thanks +4.1"], "fr", "UTC")
    ['user_thanks +4,1']
    """
    return [
        _readable(name, cell, lang, zone)
        for name, cell in zip(columns, cells, strict=True)
    ]


def _readable(name: str, cell: Cell, lang: Lang, zone: str) -> Cell:
    if lang == "fr" and name == "top_reasons" and isinstance(cell, str):
        return _POINTS.sub(r"\1,", cell)
    shown = in_zone(name, cell, zone)
    if isinstance(shown, datetime):
        return shown.replace(microsecond=0).isoformat(" ")
    return shown


def _is_time(name: str) -> bool:
    return sql_type(name) == "TIMESTAMPTZ"
