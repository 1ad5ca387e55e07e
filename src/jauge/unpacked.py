"""Unpack a stream: gzip or zstd by its first bytes, anything else as it is."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEAD = 64 * 1024
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
# zstd gives all that a piece holds at once: a small piece cannot fill the memory.
_PIECE = 1024


class Unpacked(io.RawIOBase):
    """The bytes of a stream, unpacked; they end where it is damaged: see `damage`.

    So an importer keeps what was read before the damage. The first read gives `HEAD`
    bytes if there are as many: even a slow pipe shows enough to tell the format.
    `on_bytes` is told how many bytes came, again and again; it may raise.
    `path` is the file with these very bytes; None where there is no such file.
    """

    def __init__(
        self,
        stream: io.BufferedReader,
        on_bytes: Callable[[int], None] | None = None,
    ) -> None:
        self.damage = ""
        self._on_bytes = on_bytes
        self.path = _path_of(stream)
        self._pieces = filter(None, _pieces(stream))
        self._left = b""
        while len(self._left) < HEAD and (more := self._next()):
            self._left += more

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer; 0 at the end, or where the damage begins."""
        self._left = self._left or self._next()
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size

    def _next(self) -> bytes:
        try:
            piece = next(self._pieces, b"")
        except (OSError, EOFError, zlib.error) as error:
            self.damage = str(error)
            return b""
        if self._on_bytes is not None:
            self._on_bytes(len(piece))
        return piece


def _path_of(stream: io.BufferedReader) -> str | None:
    name = stream.raw.name if isinstance(stream.raw, io.FileIO) else None
    is_packed = stream.peek(4)[:4].startswith((_GZIP, _ZSTD))
    # A descriptor has a number for a name; a pipe cannot be read from its start.
    is_file = isinstance(name, str) and stream.seekable()
    return name if is_file and not is_packed else None


def _pieces(stream: io.BufferedReader) -> Iterator[bytes]:
    magic = stream.peek(4)[:4]
    if magic.startswith(_ZSTD):
        yield from _of_zstd(stream)
        return
    packed = magic.startswith(_GZIP)
    source = cast("BinaryIO", gzip.GzipFile(fileobj=stream)) if packed else stream
    while piece := source.read1(HEAD):  # type: ignore[attr-defined]
        yield piece


def _of_zstd(stream: io.BufferedReader) -> Iterator[bytes]:
    """Unpack frame by frame: the library's own reader does not see a missing end."""
    from zstandard import ZstdDecompressor, ZstdError

    frame = None
    while packed := stream.read(_PIECE):
        while packed:
            frame = frame or ZstdDecompressor().decompressobj()
            try:
                yield frame.decompress(packed)
            except ZstdError as error:
                raise EOFError(str(error)) from error
            packed = frame.unused_data if frame.eof else b""
            frame = None if frame.eof else frame
    if frame is not None:
        msg = "the last zstd frame has no end"
        raise EOFError(msg)
