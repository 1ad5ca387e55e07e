"""The first bytes of a file, looked at as JSON, as a table and as text."""

from __future__ import annotations

import io
import itertools
import re
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from jauge.importers.cells import Cells, rows_of
from jauge.importers.values import EMPTY, Value, items, part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from jauge.importers.values import Step

HEAD = 64 * 1024
_BOM = b"\xef\xbb\xbf"
_LOOKED_AT = 20
_DEEPEST = 100
_STRING = rb'"(?:[^"\\]++|\\.)*+'
_MARKS = re.compile(
    rb"(?P<cut>" + _STRING + rb"\\?\Z)|" + _STRING + rb'"|[{}\[\],]', re.DOTALL
)
_KEYS = re.compile(rb'"((?:[^"\\]++|\\.)*+)"\s*(:?)|[{}\[\]]', re.DOTALL)


class Head:
    """What the first 64 KiB of a file show; each look is taken once.

    >>> Head(b'[{"id": 1}, {"id": 2}, {"id": 3, "cut').records()
    [{'id': 1}, {'id': 2}, {'id': 3}]
    """

    def __init__(self, data: bytes) -> None:
        self.data = data[:HEAD].removeprefix(_BOM).lstrip()

    @cached_property
    def is_lines(self) -> bool:
        """Say whether the file is JSON Lines: a whole object on one of its lines."""
        return bool(self._lines)

    @cached_property
    def _lines(self) -> list[Value]:
        lines = self.data.split(b"\n")
        if len(lines) > 1 and not self.data.endswith(b"\n") and len(self.data) >= HEAD:
            lines.pop()
        objects = map(_object, filter(_looks_whole, lines))
        return list(itertools.islice(filter(None, objects), _LOOKED_AT))

    @cached_property
    def outermost(self) -> object:
        """The JSON value that starts the file, its end made up where it is cut off."""
        if not self.data.startswith((b"{", b"[")):
            return None
        return _decoded(completed(self.data))

    def records(self, lists: Sequence[str] = ()) -> list[Value]:
        """Give the first objects: of lines, of an array, or of a list inside an object.

        `lists` are the paths at which a list of records may stand: `data.payload`.
        """
        if self._lines and len(self._lines) > 1:
            return self._lines
        first = self.outermost
        if isinstance(first, list):
            return items(first)[:_LOOKED_AT]
        listed = self.listed(lists)
        if listed is not None:
            return items(first, *_steps(listed))[:_LOOKED_AT]
        return [first] if isinstance(first, dict) else self._lines

    def listed(self, lists: Sequence[str]) -> str | None:
        """Give the path at which this file has its list of records, if it has one."""
        first = self.outermost
        for path in lists:
            found = part(first, *_steps(path))
            if isinstance(found, list) and (not found or isinstance(found[0], dict)):
                return path
        return None

    def share(self, test: Callable[[Value], bool], lists: Sequence[str] = ()) -> float:
        """Give the share of the first records that pass a test; 0 without any."""
        records = self.records(lists)
        return sum(map(test, records)) / len(records) if records else 0.0

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The first line as the names of columns, in lower case; none for JSON."""
        if self.data.startswith((b"{", b"[")):
            return ()
        row = next(rows_of(io.BytesIO(self.data), HEAD), Cells(1, []))
        return tuple(cell.strip().lower() for cell in row.cells)

    @cached_property
    def text(self) -> str:
        """The first bytes as text."""
        return self.data.decode("utf-8", "replace")


def head_of(stream: BinaryIO) -> Head:
    """Look at the first bytes of a stream without taking them."""
    if isinstance(stream, io.BufferedReader):
        return Head(stream.peek(HEAD))
    place = stream.tell()
    data = stream.read(HEAD)
    stream.seek(place)
    return Head(data)


def _steps(path: str) -> list[Step]:
    return list(path.split("."))


def _looks_whole(line: bytes) -> bool:
    stripped = line.strip()
    return stripped.startswith(b"{") and stripped.endswith(b"}")


def _object(line: bytes) -> Value:
    found = _decoded(line)
    return found if isinstance(found, dict) else EMPTY


def _decoded(data: bytes) -> object:
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None


def completed(data: bytes) -> bytes:
    """End JSON that is cut off: what is half written is left out, brackets are closed.

    >>> completed(b'{"a": [1, {"b": "x"}, {"c": "y')
    b'{"a": [1, {"b": "x"}, {}]}'
    """
    open_marks: list[bytes] = []
    safe, closing = 0, b""
    for found in _marks(data):
        mark = found[0]
        if mark in (b"{", b"["):
            open_marks.append(b"}" if mark == b"{" else b"]")
            safe = found.end()
        elif mark in (b"}", b"]"):
            if not open_marks:
                return b""
            open_marks.pop()
            safe = found.end()
            if not open_marks:
                return data[:safe]
        else:
            safe = found.start()
        if len(open_marks) > _DEEPEST:
            return b""
        closing = b"".join(reversed(open_marks))
    return data[:safe] + closing


def _marks(data: bytes) -> Iterator[re.Match[bytes]]:
    """Give the brackets and commas outside strings, up to a string that is cut off."""
    for found in _MARKS.finditer(data):
        if found["cut"] is not None:
            return
        if not found[0].startswith(b'"'):
            yield found


def list_start(data: bytes, path: str) -> int | None:
    """Say where the `[` of a list inside an object stands.

    >>> list_start(b'{"data": {"payload": [1]}}', "data.payload")
    21
    """
    wanted = [step.encode() for step in path.split(".")]
    keys: list[bytes] = []
    for found in _KEYS.finditer(data):
        mark = found[0][:1]
        if mark == b'"':
            if found[2] and keys:
                keys[-1] = found[1]
        elif mark == b"[" and keys == wanted:
            return found.start()
        elif mark in b"{[":
            keys.append(b"")
        elif keys:
            keys.pop()
    return None
