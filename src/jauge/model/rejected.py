"""A record that could not become a conversation, and why."""

from __future__ import annotations

from msgspec import Struct


class Rejected(Struct, frozen=True):
    """A record that could not become a conversation: where it stands, and why.

    `line` counts from 1 and is None where a file has no lines; `path` is the JSON path
    of the fault; `reason` is a sentence; `record` is the text of the record.
    """

    file: str
    line: int | None
    path: str
    reason: str
    record: str
