"""A record that could not become a conversation, and why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sized

_FILES_TOLD = 20


class Rejected(Struct, frozen=True, omit_defaults=True):
    """A record that could not become a conversation: where it stands, and why.

    `line` counts from 1 and is None where a file has no lines; `path` is the JSON path
    of the fault; `reason` is a sentence; `record` is the whole text of the record.
    `claimed` is the id, where the text alone does not tell it (a row of a table).
    """

    file: str
    line: int | None
    path: str
    reason: str
    record: str
    claimed: str | None = None

    @property
    def place(self) -> str:
        """The file, with the line where there is one."""
        return f"{self.file}:{self.line}" if self.line else self.file

    @property
    def fault(self) -> str:
        """The reason, after its path unless the record as a whole is meant."""
        return self.reason if self.path == "$" else f"{self.path}: {self.reason}"

    @property
    def claimed_id(self) -> str | None:
        """The id that the record gives itself, if it can still be told.

        >>> Rejected("a.jsonl", 1, "$", "not JSON", '{"id": "c-1", "eve').claimed_id
        'c-1'
        """
        if self.claimed is not None:
            return self.claimed
        try:
            return str(msgspec.json.decode(self.record, type=_Named).id)
        except msgspec.ValidationError:
            return None
        except (msgspec.DecodeError, RecursionError):
            written = _ID.search(self.record)
            return written[1] if written else None


def without_values(said: str) -> str:
    """Leave out numbers and quoted text, so that refusals of one kind read alike.

    >>> without_values("$.events[3].role: Invalid enum value 'bott'")
    '$.events[].role: Invalid enum value '
    """
    return _VARYING.sub("", said)


def kind_of(rejected: Rejected, told: Sized = ()) -> str:
    """Say which refusals are told by one example; a whole file is told by itself.

    Not so when twenty kinds are `told` already: a folder may hold very many files.

    >>> kind_of(Rejected("a.csv", None, "$", "12 cells", ""))
    'a.csv:  cells'
    >>> kind_of(Rejected("a.csv", 3, "$", "12 cells", "1,2"))
    ' cells'
    """
    kind = without_values(rejected.reason)
    is_file = rejected.line is None and not rejected.record
    return f"{rejected.file}: {kind}" if is_file and len(told) < _FILES_TOLD else kind


class _Named(Struct):
    """What a record says of itself."""

    id: str | int


_VARYING = re.compile(r"\d+|'[^']*'|\"[^\"]*\"")
_ID = re.compile(r'"id"\s*:\s*"([^"\\]*)"')
