"""What memory must not hold is put aside on disk: in a database, in plain files."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from jauge.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_ROOM = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
)
# The lower byte says what it is; the rest, more exactly what.
_KIND = 0xFF


@contextmanager
def put_aside() -> Iterator[None]:
    """Say in words that the disk has no room for what is put aside.

    Raises:
        InputError: it has none.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & _KIND not in _NO_ROOM:
            raise
        msg = (
            f"temporary files: no room on disk ({error}). Free four times what the"
            " input weighs, or name a folder with room: SQLITE_TMPDIR=FOLDER jauge …"
        )
        raise InputError(msg) from error


@contextmanager
def plain_files() -> Iterator[None]:
    """Say in words that a temporary file cannot be written.

    Raises:
        InputError: it cannot.
    """
    try:
        yield
    except OSError as error:
        msg = (
            f"temporary files: cannot be written ({error.strerror}). Free some space,"
            " or name a folder with room: TMPDIR=FOLDER jauge …"
        )
        raise InputError(msg) from error
