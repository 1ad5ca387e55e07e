"""Take the files that a form sends: straight to the spool, counted as they come.

What was sent is never whole in memory. The token of the form comes before its files: a
form of another site is refused before anything of it is kept.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from anyio import to_thread
from litestar.exceptions import (
    ClientException,
    HTTPException,
    PermissionDeniedException,
)
from msgspec import Struct
from multipart import MultipartError, MultipartSegment, PushMultipartParser

from jauge.report.printable import one_line
from jauge.service.security import FIELD, is_token

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path
    from typing import BinaryIO

    from jauge.service.given import Asking
    from jauge.service.spool import Spool

MOST_FILES = 20
_MOST_PARTS = 2 * MOST_FILES
_LONGEST_FIELD = 4_096
_LONGEST_NAME = 120
_TOGETHER = 1024 * 1024
_DRAINED = 64 * 1024 * 1024


class Upload(Struct, frozen=True):
    """A file that was sent: its own name, to be shown; where it lies; its bytes."""

    name: str
    path: Path
    size: int


class TooMuchError(HTTPException):
    """More was sent than a site takes at once."""

    status_code = 413


async def receive(request: Asking, spool: Spool, most_bytes: int) -> list[Upload]:
    """Write the files of a form to the spool.

    When it ends early, whatever the reason, nothing of it is left there.

    Raises:
        TooMuchError: more bytes than `most_bytes`, or more than 20 files.
        PermissionDeniedException: the form is none of this site.
        ClientException: it is no such form.
    """
    receiver = _Receiver(request, spool, most_bytes)
    try:
        await receiver.run()
    except BaseException:
        receiver.drop()
        raise
    return receiver.uploads


class _Receiver:
    """One form on its way in."""

    def __init__(self, request: Asking, spool: Spool, most_bytes: int) -> None:
        self._request, self._spool = request, spool
        self._left = most_bytes
        self._is_ours = is_token(request, request.headers.get("x-csrftoken", ""))
        self._segment: MultipartSegment | None = None
        self._field = bytearray()
        self._waiting = bytearray()
        self._file: tuple[Path, BinaryIO] | None = None
        self._size = 0
        self.uploads: list[Upload] = []

    async def run(self) -> None:
        """Read the whole form."""
        kind, options = self._request.content_type
        boundary = options.get("boundary", "")
        if kind != "multipart/form-data" or not boundary:
            raise ClientException
        stream = self._request.stream()
        try:
            with PushMultipartParser(boundary, max_segment_count=_MOST_PARTS) as parser:
                async for piece in stream:
                    if piece and not parser.closed:
                        for part in parser.parse(piece):
                            await self._take(part)
        except (TooMuchError, PermissionDeniedException):
            await _drain(stream, self._left)
            raise
        except MultipartError as error:
            raise ClientException from error

    async def _take(self, part: MultipartSegment | bytearray | None) -> None:
        if isinstance(part, MultipartSegment):
            self._begin(part)
        elif part is None:
            await self._end()
        elif self._file is None:
            self._field += part
            if len(self._field) > _LONGEST_FIELD:
                raise TooMuchError
        else:
            await self._write(part)

    def _begin(self, segment: MultipartSegment) -> None:
        self._segment = segment
        if segment.filename:
            if not self._is_ours:
                raise PermissionDeniedException
            if len(self.uploads) == MOST_FILES:
                raise TooMuchError
            self._file, self._size = self._spool.file(), 0

    async def _write(self, part: bytearray) -> None:
        self._left -= len(part)
        if self._left < 0:
            raise TooMuchError
        self._size += len(part)
        self._waiting += part
        if len(self._waiting) >= _TOGETHER:
            await self._flush()

    async def _flush(self) -> None:
        """Write what waits; pages are served while the disk is busy."""
        if self._file is not None and self._waiting:
            waiting, self._waiting = bytes(self._waiting), bytearray()
            await to_thread.run_sync(_write_all, self._file[1], waiting)

    async def _end(self) -> None:
        segment, self._segment = self._segment, None
        if self._file is not None and segment is not None:
            await self._flush()
            path, file = self._file
            file.close()
            self.uploads.append(
                Upload(_shown(segment.filename or ""), path, self._size)
            )
            self._file = None
        elif segment is not None and segment.name == FIELD:
            told = self._field.decode(errors="replace")
            self._is_ours = self._is_ours or is_token(self._request, told)
        self._field.clear()

    def drop(self) -> None:
        """Remove all that came."""
        if self._file is not None:
            path, file = self._file
            with suppress(OSError):
                file.close()
            self._spool.drop(path)
        for upload in self.uploads:
            self._spool.drop(upload.path)


def _write_all(file: BinaryIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


async def _drain(stream: AsyncIterator[bytes], most: int) -> None:
    """Read on for a while: a browser listens once it has sent all of its form."""
    left = max(most, 0) + _DRAINED
    async for piece in stream:
        left -= len(piece)
        if left < 0:
            return


def _shown(name: str) -> str:
    """Give the name of a file as it is shown: without folders, on one line."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    plain = one_line(last).strip()
    cut = plain if len(plain) <= _LONGEST_NAME else "…" + plain[-_LONGEST_NAME:]
    return cut or "?"
