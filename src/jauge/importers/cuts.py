"""Cut a file of a platform into records, whatever its layout.

JSON Lines, one array, values one after another, a list inside an object, the rows of a
table, or the whole text; memory holds one record at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import msgspec

from jauge.importers.cells import Cells, rows_of
from jauge.importers.head import head_of, list_start
from jauge.importers.json_array import Cutter, JsonArray
from jauge.importers.jsonl import JsonLines
from jauge.importers.native import too_long
from jauge.importers.protocol import Record
from jauge.model.rejected import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jauge.settings import ReadOptions

_CHUNK = 1 << 20
# A list that is smaller is cut at once, to its end.
_FIRST_CHUNK = 16 << 20
_BOM = b"\xef\xbb\xbf"


def json_values(
    stream: BinaryIO, file: str, options: ReadOptions, lists: Sequence[str] = ()
) -> Iterator[Record | Rejected]:
    """Give each outermost JSON object, or each of the list at the first of `lists`."""
    head = head_of(stream)
    path = None if head.is_lines and len(head.records()) > 1 else head.listed(lists)
    if path is not None:
        yield from _in_list(stream, file, options, path)
    elif head.is_lines:
        yield from JsonLines().split(stream, file, options)
    else:
        yield from JsonArray().split(stream, file, options)


def _in_list(
    stream: BinaryIO, file: str, options: ReadOptions, path: str
) -> Iterator[Record | Rejected]:
    cutter = Cutter(file, options.limits.record_bytes, one_list=True)
    size = _FIRST_CHUNK
    more = stream.read(size).removeprefix(_BOM)
    is_last = len(more) + len(_BOM) < size
    start = list_start(more, path) or 0
    cutter.line += more.count(b"\n", 0, start)
    # The mark of the list itself is passed over.
    more = more[start + 1 :]
    while more and not cutter.is_done:
        yield from cutter.feed(more, is_last=is_last)
        size = max(_CHUNK, len(cutter.held))
        more = stream.read(size)
        is_last = len(more) < size
    if not cutter.is_done:
        yield from cutter.end()


def rows(
    stream: BinaryIO, file: str, options: ReadOptions
) -> Iterator[Record | Rejected]:
    """Give each row of a table as a JSON object: column in lower case → cell."""
    found = rows_of(stream, options.limits.record_bytes)
    header = [cell.strip().lower() for cell in next(found, Cells(1, [])).cells]
    width, is_double = len(header), len(set(header)) < len(header)
    for line, read, text, fault in found:
        if fault:
            yield Rejected(file, line, "$", fault, text)
            continue
        cells = read if len(read) == width else _padded(read, width)
        row = dict(zip(header, cells, strict=True))
        if is_double:
            # Of two columns of one name, the first is meant.
            row |= zip(reversed(header), reversed(cells), strict=True)
        if any(map(str.strip, row.values())):
            yield Record(msgspec.json.encode(row), file, line, text.encode(), row)


def _padded(cells: list[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def whole(
    stream: BinaryIO, file: str, options: ReadOptions
) -> Iterator[Record | Rejected]:
    """Give all of a file as one record, unless it is over the limit."""
    limit = options.limits.record_bytes
    record = Record(stream.read(limit + 1), file, 1)
    yield too_long(record, limit) if len(record.data) > limit else record
