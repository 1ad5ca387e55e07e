"""The options about threads that do not end by themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from jauge.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

_DURATION = re.compile(r"0|(\d{1,6})\s*([smhd])")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}

Gap = Annotated[
    str | None,
    typer.Option(
        envvar="JAUGE_GAP",
        help="Cut an endless thread after so long a silence: 30m, 12h, 3d; 0 never.",
        metavar="DURATION",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        envvar="JAUGE_AS_OF",
        help="When the files were written: what went on then (--gap, else a day) is"
        " open.",
        metavar="TIME",
    ),
]


def seconds_of(given: str | None) -> float | None:
    """Read a duration; None where none is given.

    Raises:
        UsageError: it is no duration.

    >>> seconds_of("30m"), seconds_of("0"), seconds_of(None)
    (1800.0, 0.0, None)
    """
    match = _DURATION.fullmatch(given.strip()) if given else None
    if given and match is None:
        msg = f"--gap {given}: no duration. Write 30m, 12h or 3d; 0 never cuts."
        raise UsageError(msg)
    if match is None:
        return None
    return float(match[1]) * _UNITS[match[2]] if match[1] else 0.0


def moment_of(given: str | None, zone: str) -> datetime | None:
    """Read a time; None where none is given.

    Raises:
        UsageError: it is no time.
    """
    from zoneinfo import ZoneInfo

    from jauge.importers.moments import moment
    from jauge.importers.values import FaultError

    try:
        return moment(given, zone=ZoneInfo(zone))
    except FaultError as error:
        msg = f"--as-of {given}: no time. Write 2026-11-30 or 2026-11-30T18:00Z."
        raise UsageError(msg) from error
