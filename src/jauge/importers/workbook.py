"""Importer: an Excel workbook, read as the table of its first sheet that is one."""

from __future__ import annotations

import itertools
import zipfile
from datetime import date, datetime, time, timedelta
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar

from jauge.archives import is_office
from jauge.errors import InputError
from jauge.importers.cells import Cells
from jauge.importers.columns import fields_of
from jauge.importers.table import NEEDED, group_read, grouped
from jauge.model.rejected import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jauge.importers.protocol import Record
    from jauge.model.conversation import Conversation
    from jauge.settings import ReadOptions

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LARGEST = 512 * 1024 * 1024
_HEADERS = 20


class Workbook:
    """The rows of an Excel workbook: one message a row."""

    name: ClassVar[str] = "xlsx"
    words: ClassVar[Mapping[str, str]] = {
        "fr": "un classeur Excel (.xlsx, .xls, .ods), un message par ligne",
        "en": "an Excel workbook (.xlsx, .xls, .ods), one message a row",
    }

    def recognizes(self, head: bytes) -> bool:
        """Say whether the file starts as a workbook does."""
        return head.startswith(_OLD) or is_office(head)

    def split(
        self, stream: BinaryIO, file: str, options: ReadOptions
    ) -> Iterator[Record | Rejected]:
        """Group the rows of the first sheet with a conversation, a role and a text.

        Raises:
            InputError: no sheet has them, or no package to read with.
        """
        if find_spec("python_calamine") is None:
            msg = f"{file}: needs python-calamine: pip install 'jauge[tables]'"
            raise InputError(msg)
        calamine = import_module("python_calamine")
        data = stream.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            msg = f"{file}: a workbook of more than {_LARGEST} bytes. Save it as CSV."
            raise InputError(msg)
        refused = _fault(data)
        if refused:
            yield Rejected(file, None, "$", refused, "")
            return
        try:
            # A workbook is read whole: its texts stand in one list at its end.
            with calamine.CalamineWorkbook.from_filelike(BytesIO(data)) as book:
                rows = _chosen(book, options)
                yield from grouped(rows, file, options)
        except (calamine.CalamineError, OSError, ValueError) as error:
            yield Rejected(
                file, None, "$", f"no workbook that can be read: {error}", ""
            )

    def parse(self, record: Record) -> Conversation | Rejected:
        """Make a conversation of its rows."""
        return group_read(record)


def _fault(data: bytes) -> str:
    """Refuse what would fill the memory once it is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            size = sum(one.file_size for one in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return ""
    return f"more than {_LARGEST} bytes unpacked; save it as CSV" * (size > _LARGEST)


def _chosen(book: Any, options: ReadOptions) -> Iterator[Cells]:
    """Give the rows of the first sheet with what is needed, from its header on."""
    first: Iterator[Cells] | None = None
    for name in book.sheet_names:
        rows = _rows(book.get_sheet_by_name(name))
        for row in itertools.islice(rows, _HEADERS):
            fields = fields_of(row.cells, options.columns)
            if set(NEEDED) <= fields.keys():
                return itertools.chain([row], rows)
            if first is None and any(row.cells):
                first = itertools.chain([row], rows)
    return first or iter(())


def _rows(sheet: Any) -> Iterator[Cells]:
    first = sheet.start[0] + 1 if sheet.start else 1
    for number, row in enumerate(sheet.iter_rows(), first):
        cells = [_text(cell) for cell in row]
        yield Cells(number, cells, _shown(cells))


def _shown(cells: Sequence[str]) -> str:
    return ";".join(cells).rstrip(";")


def _text(cell: object) -> str:
    """Write a cell as CSV would: whole numbers without a point, times as ISO."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, timedelta):
        return str(cell)
    return "" if cell is None else str(cell)
