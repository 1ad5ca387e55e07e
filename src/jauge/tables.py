"""Tables for spreadsheets and for analysis: Excel workbooks, and Parquet files.

Both take rows as lines of JSON by column, one at a time: memory does not grow.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from contextlib import contextmanager, suppress
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

import msgspec

from jauge.aside import plain_files
from jauge.errors import InputError, UsageError
from jauge.outputs import STDOUT
from jauge.report.column_words import sql_type, width
from jauge.report.export import guarded
from jauge.report.sheet import in_zone, titles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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

    Raises:
        InputError: there is no room for its temporary files.
    """
    with plain_files():
        aside = tempfile.TemporaryDirectory()
    with aside as folder:
        made = Path(folder) / "made.xlsx"
        with _book(made, folder) as book:
            yield _Sheets(book, columns, lang, zone)
        # What fails from here on is the place that was named, no temporary file.
        with made.open("rb") as written:
            shutil.copyfileobj(written, stream)


@contextmanager
def _book(made: Path, folder: str) -> Iterator[Workbook]:
    """Open a workbook, which is written when all went well, or not at all."""
    from xlsxwriter import Workbook

    options = {"constant_memory": True, "tmpdir": folder, "use_zip64": True}
    book = Workbook(None, options)
    book.set_properties({"created": _MADE})
    try:
        yield book
    except BaseException:
        # Closed into nowhere: its own files go, whatever the disk says to that.
        with suppress(InputError):
            _close(book, _Untroubled(io.BytesIO()))
        raise
    with plain_files(), made.open("wb") as stream:
        whole = _Untroubled(stream)
        _close(book, whole)
        if whole.fault is not None:
            raise whole.fault


def _close(book: Workbook, stream: Writable) -> None:
    """Write a workbook.

    Raises:
        InputError: there is no room for its temporary files.
    """
    from xlsxwriter.exceptions import FileCreateError

    book.filename = stream
    with plain_files():
        try:
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error


class Writable(Protocol):
    """What an archive is written to."""

    def write(self, data: bytes, /) -> int:
        """Take bytes."""

    def seek(self, place: int, whence: int = 0, /) -> int:
        """Go to a place."""

    def tell(self) -> int:
        """Say the place."""

    def flush(self) -> None:
        """Hand on what is held back."""


class _Untroubled:
    """A file that keeps what the disk says for later.

    An archive that could not be written tries again when it is forgotten, and Python
    shows the trace of that, whatever was caught.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._place = 0
        self.fault: OSError | ValueError | None = None

    def write(self, data: bytes, /) -> int:
        return self._tried(lambda: self._stream.write(data), len(data))

    def seek(self, place: int, whence: int = 0, /) -> int:
        return self._tried(lambda: self._stream.seek(place, whence), place)

    def tell(self) -> int:
        # The last place that was told: an archive counts on from there.
        self._place = self._tried(self._stream.tell, self._place)
        return self._place

    def flush(self) -> None:
        self._tried(lambda: bool(self._stream.flush()), 0)

    def _tried(self, act: Callable[[], int], instead: int) -> int:
        if self.fault is None:
            try:
                return act()
            except (OSError, ValueError) as error:  # no room, or closed by now
                self.fault = error
        return instead


@contextmanager
def parquet(stream: BinaryIO, columns: Sequence[str]) -> Iterator[Sink]:
    """Write a Parquet file: typed columns, lists as lists.

    Raises:
        InputError: the rows cannot be written.
    """
    import duckdb

    with plain_files():
        aside = tempfile.TemporaryDirectory()
    with aside as folder:
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
        with plain_files():
            for row in line.splitlines():
                self._put(row)
        return len(line)

    def _put(self, row: bytes) -> None:
        if self._row == MOST_ROWS:
            self._sheet = self._begun()
        cells: dict[str, Cell] = msgspec.json.decode(row)
        for place, (name, cell) in enumerate(cells.items()):
            shown = in_zone(name, cell, self._zone)
            _put(self._sheet, (self._row, place), shown, self._time)
        self._row += 1

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
