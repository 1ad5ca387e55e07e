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
_SHOWN = 200
# A whole string, a string that the chunk cuts off, or one of the marks that nest.
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\Z|\\\Z)|[{}\[\]]', re.DOTALL)


class JsonArray:
    """Conversations in one JSON array, or one after another, however laid out."""

    name: ClassVar[str] = "json"
    words: ClassVar[Mapping[str, str]] = {
        "fr": "le format de jauge : un tableau JSON de conversations, ou du JSON sur plusieurs lignes",
        "en": "jauge's own format: a JSON array of conversations, or JSON over several lines",
    }

    def recognizes(self, head: bytes) -> bool:
        """Say whether a JSON value starts here that JSON Lines would not read."""
        start = head.removeprefix(_BOM).lstrip()
        return start.startswith(b"[") or re.match(rb'\{\s*("|\})', start) is not None

    def split(
        self, stream: BinaryIO, file: str, options: ReadOptions
    ) -> Iterator[Record | Rejected]:
        """Cut a stream at the ends of its objects, outside or inside one array."""
        return _objects(stream, file, options.limits.record_bytes)

    def parse(self, record: Record) -> Conversation | Rejected:
        """Decode one object."""
        decoded = native.decode(record)
        if isinstance(decoded, Rejected) or b"\n" not in record.data:
            return decoded
        return decoded.with_source(msgspec.json.format(record.data, indent=-1))


def _objects(stream: BinaryIO, file: str, limit: int) -> Iterator[Record | Rejected]:
    """Cut at the closing mark of each outermost object.

    `held` starts at the open object, or holds what stands between objects.
    """
    held = stream.read(_CHUNK).removeprefix(_BOM)
    line = 1
    depth = place = 0
    while True:
        start = 0
        token = None
        for token in _TOKEN.finditer(held, place):
            mark = held[token.start()]
            if mark in b"{[" and (depth or mark == 0x7B):
                if depth == 0:
                    yield from _between(held[start : token.start()], file, line)
                    line += held.count(b"\n", start, token.start())
                    start = token.start()
                depth += 1
            elif mark in b"}]" and depth:
                depth -= 1
                if depth == 0:
                    yield Record(held[start : token.end()], file, line)
                    line += held.count(b"\n", start, token.end())
                    start = token.end()
            elif mark == 0x22 and token.end() == len(held):
                break
        cut = token is not None and held[token.start()] == 0x22 and token.end() == len(held)
        resume = token.start() if cut and token is not None else len(held)
        more = stream.read(max(_CHUNK, len(held) - start))
        held, place = held[start:] + more, resume - start
        if not more:
            break
        if len(held) > limit:
            reason = f"longer than {limit} bytes (limit: record_bytes); the file is not read further"
            yield Rejected(file, line, "$", reason, _shown(held))
            return
    if depth:
        yield Rejected(file, line, "$", "the file ends inside a conversation", _shown(held))
    else:
        yield from _between(held, file, line)


def _between(text: bytes, file: str, line: int) -> Iterator[Rejected]:
    """Refuse what stands between objects and is neither a comma nor the array's marks."""
    stray = text.strip(b" \t\r\n,[]")
    if stray:
        yield Rejected(file, line, "$", "not a JSON object", _shown(stray))


def _shown(data: bytes) -> str:
    return data[:_SHOWN].decode("utf-8", "replace")
