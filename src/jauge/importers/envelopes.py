"""CloudEvents: take the envelope off, so that what is in it is read as it is.

A file of envelopes becomes JSON Lines of what they hold, read as it streams.
"""

from __future__ import annotations

import base64
import binascii
import io
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, BinaryIO, Final

import msgspec

from jauge.aside import put_aside
from jauge.importers import cuts
from jauge.importers.head import HEAD, Head
from jauge.importers.values import Value, text
from jauge.model.rejected import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jauge.settings import ReadOptions

NAME = "cloudevents"
WORDS: Final[Mapping[str, str]] = {
    "fr": "des enveloppes CloudEvents autour de n’importe lequel de ces formats",
    "en": "CloudEvents envelopes around any of these formats",
}
_NEEDED = frozenset({"specversion", "type", "source", "id"})
_RAW = msgspec.json.Decoder(dict[str, msgspec.Raw])
_NO_JSON = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_RAWS = msgspec.json.Decoder(list[msgspec.Raw])


def is_enveloped(head: bytes) -> bool:
    """Say whether a file starts with a CloudEvents envelope, alone or in a list.

    >>> is_enveloped(b'{"specversion": "1.0", "type": "a", "source": "/b", "id": "1"}')
    True
    """
    if b'"specversion"' not in head:
        return False
    return Head(head).share(_is_envelope) > 0.5  # noqa: PLR2004 - more than half


def _is_envelope(value: Value) -> bool:
    return value.keys() >= _NEEDED and text(value, "specversion") != ""


def taken_off(
    stream: io.BufferedReader, file: str, options: ReadOptions
) -> io.BufferedReader:
    """Give a stream of what its envelopes hold; the stream itself if it has none."""
    if not is_enveloped(stream.peek(HEAD)[:HEAD]):
        return stream
    return unwrapped(stream, file, options)


def unwrapped(stream: BinaryIO, file: str, options: ReadOptions) -> io.BufferedReader:
    """Give a stream of what envelopes hold, as JSON Lines; the same event counts once.

    What holds no JSON is given as it is, for the importer to refuse.
    """
    lines = _Lines(_contents(stream, file, options))
    return io.BufferedReader(lines, 64 * 1024)


class _Lines(io.RawIOBase):
    """Lines that are made one by one, as a stream."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self.damage = ""
        self.path = None
        self._lines, self._left = lines, b""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer; 0 at the end."""
        parts, size = [self._left], len(self._left)
        while size < len(buffer) and (line := next(self._lines, b"")):
            parts.append(line)
            size += len(line)
        whole = b"".join(parts)
        taken = min(len(buffer), size)
        buffer[:taken], self._left = whole[:taken], whole[taken:]
        return taken


def _contents(stream: BinaryIO, file: str, options: ReadOptions) -> Iterator[bytes]:
    with put_aside(), closing(sqlite3.connect("")) as seen:
        seen.execute("CREATE TABLE seen (source, id, PRIMARY KEY (source, id))")
        for record in cuts.json_values(stream, file, options):
            if isinstance(record, Rejected):
                yield _line(record.record.encode())
                continue
            contents, mark = _content(record.data)
            insert = "INSERT OR IGNORE INTO seen VALUES (?, ?)"
            if not mark[1] or seen.execute(insert, mark).rowcount:
                yield from map(_line, contents)
            else:
                options.leave_out("duplicate")


def _line(data: bytes) -> bytes:
    return data.replace(b"\n", b" ").replace(b"\r", b" ") + b"\n"


def _content(envelope: bytes) -> tuple[list[bytes], tuple[str, str]]:
    """Give what an envelope holds, a list one by one, and its source and id."""
    try:
        fields = _RAW.decode(envelope)
    except _NO_JSON:
        return [envelope], ("", "")
    mark = _string(fields, "source"), _string(fields, "id")
    held = bytes(fields.get("data", b""))
    if "data_base64" in fields:
        held = _unpacked(_string(fields, "data_base64"))
    elif held.startswith(b'"'):
        held = _string(fields, "data").encode()
    # What is no JSON stays in its envelope, and so does a list of nothing.
    return _objects(held) or [envelope], mark


def _string(fields: dict[str, msgspec.Raw], name: str) -> str:
    try:
        return msgspec.json.decode(fields.get(name, b'""'), type=str)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return ""


def _unpacked(written: str) -> bytes:
    try:
        return base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _objects(held: bytes) -> list[bytes]:
    """Give an object, or those of a list; none where anything else is there."""
    try:
        if held.lstrip().startswith(b"["):
            listed = [bytes(one) for one in _RAWS.decode(held)]
            return listed if all(map(_is_object, listed)) else []
        return [held] if _is_object(held) else []
    except _NO_JSON:
        return []


def _is_object(held: bytes) -> bool:
    if not held.lstrip().startswith(b"{"):
        return False
    try:
        _RAW.decode(held)
    except _NO_JSON:
        return False
    return True
