"""What people give to be kept: names, texts and times, checked before they are."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from jauge.errors import UsageError
from jauge.store.rows import utc

if TYPE_CHECKING:
    from datetime import datetime

LONGEST_NAME = 100
LONGEST_TEXT = 4000


def checked_name(name: str, what: str = "the name") -> str:
    """Give a name without blanks around it.

    Raises:
        UsageError: it is empty, too long, or cannot be shown.

    >>> checked_name(" Ann ")
    'Ann'
    """
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        msg = f"{what} cannot be kept: write 1 to {LONGEST_NAME} readable characters."
        raise UsageError(msg)
    return name


def checked_text(text: str, what: str) -> str:
    """Give a text without blanks around it; it may be empty.

    Raises:
        UsageError: it is too long, or no text.
    """
    text = text.strip()
    if len(text) > LONGEST_TEXT:
        msg = f"{what} is too long: write at most {LONGEST_TEXT:,} characters."
        raise UsageError(msg)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        msg = f"{what} is not readable text. Write it in UTF-8."
        raise UsageError(msg) from error
    return text


def kept_time(at: datetime) -> datetime:
    """Give a time as it is kept; one without a zone is in UTC already."""
    return at if at.tzinfo is None else utc(at)


def told_time(at: datetime) -> datetime:
    """Give a kept time with its zone, which is UTC."""
    return at.replace(tzinfo=UTC)
