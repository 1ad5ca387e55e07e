"""The streams of a program: all there, in UTF-8, let go of when nobody takes more."""

from __future__ import annotations

import os
import sys

_OUT, _ERR = 1, 2


def prepare() -> None:
    """Write UTF-8 whatever the locale says, the same bytes everywhere.

    In the place of a stream that was closed (`>&-`) comes one, so that no file gets its
    number: what is written to it fails if it was for output, and is lost if for errors.
    """
    if sys.stdin is None:
        os.open(os.devnull, os.O_RDONLY)
    if sys.stdout is None:
        _fill(_OUT, os.O_RDONLY)
        sys.stdout = os.fdopen(_OUT, "w")
    if sys.stderr is None:
        _fill(_ERR, os.O_WRONLY)
        sys.stderr = os.fdopen(_ERR, "w")
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def let_go() -> None:
    """Send the rest of standard output nowhere: nothing complains when all ends."""
    _fill(sys.stdout.fileno(), os.O_WRONLY)


def _fill(number: int, way: int) -> None:
    opened = os.open(os.devnull, way)
    if opened != number:
        os.dup2(opened, number)
        os.close(opened)
