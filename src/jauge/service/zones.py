"""Time zones by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from jauge.errors import UsageError

if TYPE_CHECKING:
    from datetime import tzinfo


def zone_of(name: str) -> tzinfo:
    """Give a zone by its name.

    Raises:
        UsageError: there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError) as error:
        msg = f"--zone {name}: no such zone. Example: America/Montreal"
        raise UsageError(msg) from error
