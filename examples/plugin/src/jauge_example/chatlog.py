"""Importer: chatlog, an invented format of one line a message.

#chatlog
== c-1 web_chat
customer> Where is my parcel?
bot> It comes tomorrow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, ClassVar

from jauge.importers.native import reject
from jauge.importers.protocol import Record
from jauge.model.conversation import Conversation, Message, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jauge.model.rejected import Rejected
    from jauge.settings import ReadOptions

_FIRST = b"#chatlog"
_START = b"== "
_ROLES = {"customer": Role.USER, "bot": Role.BOT, "agent": Role.AGENT}


class Chatlog:
    """A conversation starts with its id and channel; then one line a message."""

    name: ClassVar[str] = "chatlog"
    words: ClassVar[Mapping[str, str]] = {
        "fr": "chatlog : une ligne par message",
        "en": "chatlog: one line a message",
    }

    def recognizes(self, head: bytes) -> bool:
        """Say whether the first line names the format."""
        return head.startswith(_FIRST)

    def split(
        self, stream: BinaryIO, file: str, options: ReadOptions
    ) -> Iterator[Record | Rejected]:
        """Cut at the lines that start a conversation; what is too long is refused."""
        limit = options.limits.record_bytes
        start, held = 1, b""
        for number, line in enumerate(iter(lambda: stream.readline(limit), b""), 1):
            if line.startswith(_START) and held:
                yield Record(held, file, start)
                held = b""
            if line.startswith(_FIRST) or not line.strip():
                continue
            if len(held) + len(line) > limit:
                reason = f"longer than {limit} bytes (limit: record_bytes)"
                yield reject(Record(held, file, start), reason)
                held = b""
            start = start if held else number
            held += line
        if held:
            yield Record(held, file, start)

    def parse(self, record: Record) -> Conversation | Rejected:
        """Make a conversation of its lines."""
        try:
            first, *lines = record.data.decode("utf-8").splitlines()
        except UnicodeDecodeError as error:
            return reject(record, f"not UTF-8: {error.reason} at byte {error.start}")
        mark, name, channel = (*first.split(maxsplit=2), "", "", "")[:3]
        if mark != "==" or not name:
            return reject(
                record, f"{first[:80]!r} names no conversation; write == ID CHANNEL"
            )
        events = []
        for line in lines:
            who, mark, text = line.partition("> ")
            if not mark or who not in _ROLES:
                return reject(
                    record, f"{line[:80]!r} is no message; write customer> TEXT"
                )
            events.append(Message(role=_ROLES[who], text=text))
        return Conversation(id=name, channel=channel or "unknown", events=tuple(events))
