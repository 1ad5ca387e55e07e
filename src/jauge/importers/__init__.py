"""The built-in importers, in the order in which they are asked: one file a format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.importers.columnar import Columnar
from jauge.importers.json_array import JsonArray
from jauge.importers.jsonl import JsonLines
from jauge.importers.table import Table
from jauge.importers.workbook import Workbook

if TYPE_CHECKING:
    from jauge.importers.protocol import Importer

BUILTIN: tuple[Importer, ...] = (
    Columnar(),
    Workbook(),
    JsonLines(),
    JsonArray(),
    Table(),
)
