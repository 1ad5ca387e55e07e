"""Outputs: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from jauge.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

STDOUT = "-"


@contextmanager
def writing(path: str | None) -> Iterator[BinaryIO]:
    """Open a file that appears whole when all is written, or not at all.

    `-` is standard output; None swallows what is written.

    Raises:
        InputError: the file cannot be written.
    """
    if path == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if path is None:
        with Path(os.devnull).open("wb") as nothing:
            yield nothing
        return
    target = Path(path)
    try:
        # A device or a pipe takes what comes; only a file can appear whole.
        is_file = target.is_file() or not target.exists()
        with _whole(target.resolve()) if is_file else target.open("wb") as stream:
            yield stream
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        msg = f"{path}: cannot be written ({error.strerror}). Check the folder."
        raise InputError(msg) from error


@contextmanager
def _whole(target: Path) -> Iterator[BinaryIO]:
    """Write beside a file, and take its place when all is written."""
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
