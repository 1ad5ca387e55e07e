"""Say of a file that no importer recognises as much as can be seen."""

from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING

from jauge.errors import UnknownFormatError
from jauge.importers.cells import is_wide, rows_of
from jauge.importers.columns import fields_of
from jauge.importers.head import HEAD
from jauge.importers.reports import refuse_report
from jauge.importers.table import without_columns
from jauge.model.rejected import Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOKED_AT = 50
_LONGEST_NAME = 60
_OF_ANOTHER_WIDTH = 0.1
"""So many rows of a table may have more or fewer cells than its header."""
_NO_TABLE = (b"{", b"[", b"<")


def error_for(head: bytes, path: str) -> UnknownFormatError:
    """Give what is to be said of a file, by its first bytes.

    Raises:
        ReportError: it is a report without messages.
    """
    refuse_report(head, path)
    if header := _header_of_table(head):
        return without_columns(fields_of(header, {}), header, path)
    msg = (
        f"{path}: format not recognised. See what is: jauge formats (--from FORMAT;"
        " for a table with other column names: --columns id=…,role=…,text=…;"
        " for JSON of another shape: --mapping FILE)"
    )
    return UnknownFormatError(msg)


def rejected(file: str, error: UnknownFormatError) -> Rejected:
    """Make one refusal of a file that costs no other."""
    return Rejected(file, None, "$", str(error).removeprefix(f"{file}: "), "")


def _header_of_table(head: bytes) -> list[str]:
    """Give the column names of what is clearly a table; else none."""
    if head.startswith(_NO_TABLE) or (b"\0" in head and not is_wide(head)):
        return []
    rows = rows_of(io.BytesIO(head), len(head))
    header, *told = [row.cells for row in itertools.islice(rows, _LOOKED_AT)] or [[]]
    if len(head) >= HEAD:
        told = told[:-1]  # the last row may go on
    told = [row for row in told if any(map(str.strip, row))]
    others = sum(len(row) != len(header) for row in told)
    is_even = bool(told) and others <= _OF_ANOTHER_WIDTH * len(told)
    return header if is_even and _are_names(header) else []


def _are_names(header: Sequence[str]) -> bool:
    """Say whether cells read as names of columns, not as a sentence or as facts.

    >>> _are_names(["Réf.", "Prix"]), _are_names(["12,5", "3"]), _are_names(["a"])
    (True, False, False)
    """
    names = [name.strip() for name in header if name.strip()]
    return 1 < len(names) == len(set(names)) and all(map(_is_name, names))


def _is_name(name: str) -> bool:
    is_short = len(name) <= _LONGEST_NAME and name.isprintable()
    return is_short and any(map(str.isalpha, name)) and not name[0].isdigit()
