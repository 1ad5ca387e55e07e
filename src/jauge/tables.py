"""Tables for spreadsheets and for analysis: Excel workbooks, and Parquet files.

Both take rows as lines of JSON by column, one at a time: memory does not grow.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from contextlib import contextmanager
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

import msgspec

from jauge.errors import InputError, UsageError
from jauge.outputs import STDOUT
from jauge.report.column_words import sql_type, width
from jauge.report.export import guarded
from jauge.report.sheet import in_zone, titles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from jauge.report.export import Cell
    from jauge.report.wording import Lang

_PACKAGES = {"xlsx": ("xlsxwriter", "XlsxWriter"), "parquet": ("duckdb", "DuckDB")}
# What Excel holds; more goes on another sheet, or is cut.
MOST_ROWS, _MOST_SIGNS = 1_048_576, 32_767
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed one: the same bytes twice
_DUCKDB: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "512MB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


class Sink(Protocol):
    """Takes lines, one after the other."""

    def write(self, line: bytes, /) -> int:
        """Take one line, or several."""


def check(form: str, out: str) -> None:
    """Refuse a form that cannot be written: no file named, or no package for it.

    Raises:
        UsageError: it says what to do.
    """
    if form not in _PACKAGES:
        return
    module, name = _PACKAGES[form]
    if out == STDOUT:
        msg = f"--to {form} is written to a file. Name one: -o scores.{form}"
        raise UsageError(msg)
    if find_spec(module) is None:
        msg = f"--to {form} needs {name}. Install it: pip install 'jauge[tables]'"
        raise UsageError(msg)


@contextmanager
def workbook(
    stream: BinaryIO, columns: Sequence[str], lang: Lang, zone: str = "UTC"
) -> Iterator[Sink]:
    """Write an Excel workbook: numbers as numbers, times as times, texts never run.

    Times are those of one zone, which the title of their column names.
    """
    from xlsxwriter import Workbook

    with tempfile.TemporaryDirectory() as folder:
        book = Workbook(stream, {"constant_memory": True, "tmpdir": folder})
        book.set_properties({"created": _MADE})
        try:
            yield _Sheets(book, columns, lang, zone)
        except BaseException:
            # Closed into nowhere: its own files go, and nothing is written.
            book.filename = io.BytesIO()
            raise
        finally:
            book.close()


@contextmanager
def parquet(stream: BinaryIO, columns: Sequence[str]) -> Iterator[Sink]:
    """Write a Parquet file: typed columns, lists as lists.

    Raises:
        InputError: the rows cannot be written.
    """
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        rows, made = Path(folder) / "rows.jsonl", Path(folder) / "made.parquet"
        with rows.open("wb") as sink:
            yield sink
        source = rows_in(str(rows), columns)
        copy = f"COPY (FROM {source}) TO {_quoted(str(made))} (COMPRESSION zstd)"
        try:
            with duckdb.connect(config=_DUCKDB) as database:
                database.execute(copy)
        except duckdb.Error as error:
            msg = f"The rows cannot be written as Parquet ({error}). Use --to csv."
            raise InputError(msg) from error
        with made.open("rb") as written:
            shutil.copyfileobj(written, stream)


def rows_in(path: str, columns: Sequence[str]) -> str:
    """Name, in the SQL of DuckDB, the typed rows of a file of JSON Lines."""
    types = ", ".join(f"{_quoted(name)}: '{sql_type(name)}'" for name in columns)
    file = f"{_quoted(path)}, columns = {{{types}}}"
    return f"read_json({file}, format = 'newline_delimited')"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


class _Sheets:
    """Writes rows to sheets of a workbook, as many as are needed."""

    def __init__(
        self, book: Workbook, columns: Sequence[str], lang: Lang, zone: str
    ) -> None:
        self._book, self._columns, self._zone = book, columns, zone
        self._titles = titles(columns, lang, zone)
        shown = "dd/mm/yyyy hh:mm:ss" if lang == "fr" else "yyyy-mm-dd hh:mm:ss"
        self._time = book.add_format({"num_format": shown})
        self._bold = book.add_format({"bold": True, "bottom": 1})
        self._sheet = self._begun()

    def write(self, line: bytes, /) -> int:
        """Write rows, given as JSON by column."""
        for row in line.splitlines():
            if self._row == MOST_ROWS:
                self._sheet = self._begun()
            cells: dict[str, Cell] = msgspec.json.decode(row)
            for place, (name, cell) in enumerate(cells.items()):
                shown = in_zone(name, cell, self._zone)
                _put(self._sheet, (self._row, place), shown, self._time)
            self._row += 1
        return len(line)

    def _begun(self) -> Worksheet:
        """Begin a sheet with its titles, which stay in sight."""
        sheet = self._book.add_worksheet()
        sheet.freeze_panes(1, 1)
        for place, (name, title) in enumerate(
            zip(self._columns, self._titles, strict=True)
        ):
            sheet.set_column(place, place, max(width(name), len(title)))
            sheet.write_string(0, place, title, self._bold)
        self._row = 1
        return sheet


def _put(
    sheet: Worksheet, place: tuple[int, int], cell: Cell | datetime, time: Format
) -> None:
    if isinstance(cell, str):
        text = str(guarded(cell)).encode("utf-8", "replace").decode()
        sheet.write_string(*place, text[: _MOST_SIGNS - 1])
    elif isinstance(cell, datetime):
        sheet.write_datetime(*place, cell, time)
    elif cell is not None:
        sheet.write_number(*place, cell)
