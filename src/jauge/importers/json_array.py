"""Importer: our own format as one JSON array, or as JSON written over several lines.

The stream is cut at the ends of the top-level values, so a fault inside one of them
costs that one alone and the source bytes are kept; a JSON library would stop there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, ClassVar

import msgspec

from jauge.importers import native
from jauge.importers.protocol import Record
from jauge.model.rejected import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jauge.model.conversation import Conversation
    from jauge.settings import ReadOptions

_BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 20
# Up to the next mark that nests, whole strings passed over; or up to a string that the
# chunk cuts off, perhaps behind a backslash; or up to the end.
_NEXT = re.compile(
    rb'(?:[^"{}\[\]]++|"(?:[^"\\]++|\\.)*+")*+'
    rb'(?:(?P<mark>[{}\[\]])|(?P<cut>"(?:[^"\\]++|\\.)*+(?P<escape>\\?)\Z)|\Z)',
    re.DOTALL,
)
_START = re.compile(rb'\[|\{\s*("|\})')


class JsonArray:
    """Conversations in one JSON array, or one after another, however laid out."""

    name: ClassVar[str] = "json"
    words: ClassVar[Mapping[str, str]] = {
        "fr": "le format de jauge : un tableau JSON de conversations, "
        "ou du JSON sur plusieurs lignes",
        "en": "jauge's own format: a JSON array of conversations, "
        "or JSON over several lines",
    }

    def recognizes(self, head: bytes) -> bool:
        """Say whether a JSON value starts here that JSON Lines would not read."""
        return _START.match(head.removeprefix(_BOM).lstrip()) is not None

    def split(
        self, stream: BinaryIO, file: str, options: ReadOptions
    ) -> Iterator[Record | Rejected]:
        """Cut a stream at the ends of its objects, outside or inside one array."""
        cutter = Cutter(file, options.limits.record_bytes)
        more = stream.read(_CHUNK).removeprefix(_BOM)
        while more:
            yield from cutter.feed(more)
            # An object over many chunks is put together in ever larger steps.
            more = stream.read(max(_CHUNK, len(cutter.held)))
        yield from cutter.end()

    def parse(self, record: Record) -> Conversation | Rejected:
        """Decode one object."""
        decoded = native.decode(record)
        if isinstance(decoded, Rejected) or b"\n" not in record.data:
            return decoded
        return decoded.with_source(msgspec.json.format(record.data, indent=-1))


class Cutter:
    """Cuts at the closing mark of each outermost object.

    `held` starts at the open object, or holds what stands between objects; `over` is
    the refusal of an open object that is too long to be held. With `one_list`, it stops
    at the end of the list in which it starts; `is_done` says that it has.
    """

    def __init__(self, file: str, limit: int, *, one_list: bool = False) -> None:
        self.file, self.limit, self.one_list = file, limit, one_list
        self.is_done = False
        self.held = b""
        self.line = 1
        self.depth = self.place = 0
        self.over: Rejected | None = None

    def feed(self, more: bytes) -> Iterator[Record | Rejected]:
        """Take the next bytes; give the objects that end in them."""
        held, start = self.held + more, 0
        rest, place = b"", len(held)
        for found in _NEXT.finditer(held, self.place):
            mark, at = found["mark"], found.start("mark")
            if mark is None:
                rest, place = _cut_off(found) or (rest, place)
            elif self.depth == 0 and mark == b"{":
                yield from self._between(held[start:at])
                start, self.depth = at, 1
            elif self.depth == 0 and mark == b"]" and self.one_list:
                yield from self._between(held[start:at])
                self.held, self.place, self.is_done = b"", 0, True
                return
            elif self.depth:
                self.depth += 1 if mark in b"{[" else -1
                if self.depth == 0:
                    yield self._whole(held[start : at + 1])
                    start = at + 1
        self.held, self.place = held[start:], place - start
        if len(self.held) > self.limit:
            yield from self._drop(rest)

    def end(self) -> Iterator[Rejected]:
        """Say what is left when the stream has ended."""
        if self.depth == 0:
            yield from self._between(self.held)
            return
        record = Record(self.held, self.file, self.line)
        ends = native.reject(record, "the file ends inside a conversation")
        yield self.over or ends

    def _whole(self, data: bytes) -> Record | Rejected:
        record = Record(data, self.file, self.line)
        self.line += data.count(b"\n")
        over, self.over = self.over, None
        if over is None and len(data) > self.limit:
            over = native.too_long(record, self.limit)
        return over or record

    def _between(self, data: bytes) -> Iterator[Rejected]:
        """Refuse what is neither a comma nor a mark of the array."""
        stray = data.strip(b" \t\r\n,[]")
        if stray:
            record = Record(stray, self.file, self.line)
            yield native.reject(record, "not a JSON object")
        self.line += data.count(b"\n")

    def _drop(self, rest: bytes) -> Iterator[Rejected]:
        """Let go of what is over the limit; `rest` is the string that goes on."""
        if self.depth == 0:
            yield from self._between(self.held)
        else:
            record = Record(self.held, self.file, self.line)
            self.over = self.over or native.too_long(record, self.limit)
            self.line += self.held.count(b"\n")
        self.held, self.place = rest, 0


def _cut_off(found: re.Match[bytes]) -> tuple[bytes, int] | None:
    """Give the string that the chunk cuts off, and where it starts."""
    if found["cut"] is None:
        return None
    return b'"' + found["escape"], found.start("cut")
