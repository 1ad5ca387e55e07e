"""Cut a table into rows of cells, whatever its encoding, delimiter and line ends."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from jauge.importers.native import BEGINNING, over

if TYPE_CHECKING:
    from collections.abc import Iterator

_DELIMITERS = (",", ";", "\t", "|")
_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_EXCEL = "sep="


class Cells(NamedTuple):
    """A row: the line it starts at, its cells, its text, and what is wrong with it."""

    line: int
    cells: list[str]
    text: str = ""
    fault: str = ""


def rows_of(stream: BinaryIO, limit: int) -> Iterator[Cells]:
    """Give the rows of a table; one over `limit` characters is a fault."""
    lines = _Lines(stream, limit)
    try:
        first = next((line for line in lines if line.strip()), "")
    except csv.Error as error:
        yield Cells(1, [], lines.text, str(error))
        return
    # The limit of the module is for the whole process; ours is kept by the lines.
    csv.field_size_limit(max(csv.field_size_limit(), limit))
    delimiter = max(_DELIMITERS, key=first.count)
    begun = [first]
    if first.startswith(_EXCEL) and first[4:].strip():
        delimiter, begun = first[4], []
    reader = csv.reader(itertools.chain(begun, lines), delimiter=delimiter)
    start = lines.number + 1 - len(begun)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Cells(start, [], lines.text, str(error))
            lines.clear()
        else:
            yield Cells(start, cells, *lines.taken(delimiter))
        start = lines.number + 1


class _Lines:
    """The lines of a table, one after the other; those since `clear` are kept."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self.number = 0
        self._source = decoded_lines(stream, limit)
        self._limit = limit
        self._kept: list[str] = []
        self._size = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._source)
        self.number += 1
        self._size += len(line)
        if isinstance(line, bytes) or self._size > self._limit:
            text = line if isinstance(line, str) else _decode(line[:BEGINNING])
            self._kept = ["".join([*self._kept, text])[:BEGINNING]]
            raise csv.Error(over(self._limit))
        self._kept.append(line)
        return line

    def clear(self) -> None:
        """Forget the lines of the last row."""
        self._kept.clear()
        self._size = 0

    def taken(self, delimiter: str) -> tuple[str, str]:
        """Give the text and the fault of the row, and forget its lines."""
        kept = self._kept
        if len(kept) == 1:
            # As most rows are.
            self._size = 0
            return kept.pop().rstrip("\r\n"), ""
        told = self.text, self._fault(delimiter)
        self.clear()
        return told

    @property
    def text(self) -> str:
        """The text of the row, as it stands in the file."""
        return "".join(self._kept).rstrip("\r\n")

    def _fault(self, delimiter: str) -> str:
        """Say when the row has only ended because the file has."""
        if sum(line.count('"') for line in self._kept) % 2 == 0:
            return ""
        try:
            next(csv.reader(self._kept, delimiter=delimiter, strict=True))
        except csv.Error as error:
            if "end of data" in str(error):
                return f"a quote is never closed: {len(self._kept)} lines in one cell"
        return ""


def is_wide(head: bytes) -> bool:
    """Say whether a text begins as UTF-16 with its mark does."""
    return head.startswith(tuple(_WIDE))


def decoded_lines(stream: BinaryIO, limit: int) -> Iterator[str | bytes]:
    """Decode line by line: UTF-8 with or without mark, UTF-16, else Windows-1252.

    Bytes are the beginning of a line over the limit.
    """
    line = stream.read(2)
    if line in _WIDE:
        buffer = cast("io.BufferedReader", stream)
        yield from io.TextIOWrapper(buffer, _WIDE[line], "replace", newline="")
        return
    if not line.endswith(b"\n"):
        line = (line + stream.readline(limit)).removeprefix(codecs.BOM_UTF8)
    while line:
        if len(line) > limit and not line.endswith(b"\n"):
            yield line
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit)
        else:
            text = _decode(line)
            # A CR alone ends a line too; inside quotes the reader joins them again.
            yield from io.StringIO(text, newline="") if "\r" in text[:-2] else (text,)
        line = stream.readline(limit + 1)


def _decode(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        # Five bytes mean nothing in Windows-1252; shown as such, they lose no row.
        return line.decode("cp1252", errors="replace")
