"""Importer: our own format as JSON Lines, one conversation a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, ClassVar

from jauge.importers import native
from jauge.importers.protocol import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jauge.model.conversation import Conversation
    from jauge.model.rejected import Rejected
    from jauge.settings import ReadOptions

_BOM = b"\xef\xbb\xbf"


class JsonLines:
    """One conversation a line, UTF-8; an empty line is no record."""

    name: ClassVar[str] = "jsonl"
    words: ClassVar[Mapping[str, str]] = {
        "fr": "le format de jauge : JSON Lines, une conversation par ligne",
        "en": "jauge's own format: JSON Lines, one conversation a line",
    }

    def recognizes(self, head: bytes) -> bool:
        """Say whether the first line is an object, or another a conversation."""
        line, newline, rest = head.removeprefix(_BOM).lstrip().partition(b"\n")
        if line.startswith(b"{") and (line.rstrip().endswith(b"}") or not newline):
            return True
        # One bad line at the top must not cost the file.
        return any(map(_is_conversation, rest.split(b"\n")))

    def split(
        self, stream: BinaryIO, file: str, options: ReadOptions
    ) -> Iterator[Record | Rejected]:
        """Cut a stream at line ends; a line over the limit is rejected unread."""
        limit = options.limits.record_bytes
        number = 0
        while line := stream.readline(limit + 1):
            number += 1
            if number == 1:
                line = line.removeprefix(_BOM)
            if len(line) > limit and not line.endswith(b"\n"):
                yield native.too_long(Record(line, file, number), limit)
                while line and not line.endswith(b"\n"):
                    line = stream.readline(limit)
            elif stripped := line.strip():
                yield Record(stripped, file, number)

    def parse(self, record: Record) -> Conversation | Rejected:
        """Decode one line."""
        return native.decode(record)


def _is_conversation(line: bytes) -> bool:
    return line[:1] == b"{" and line.rstrip()[-1:] == b"}" and b'"events"' in line
