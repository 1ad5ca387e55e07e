"""Choose the importer that a file's first bytes speak for; a doubt is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.errors import UnknownFormatError
from jauge.importers import BUILTIN
from jauge.importers.columnar import Columnar
from jauge.importers.head import Head
from jauge.importers.platforms import platforms
from jauge.importers.table import Table
from jauge.importers.values import items, text
from jauge.importers.workbook import Workbook

if TYPE_CHECKING:
    from jauge.importers.protocol import Importer
    from jauge.importers.values import Value

_EVENTS = frozenset({"message", "action", "handoff", "rating", "close"})
_BINARY: tuple[Importer, ...] = (Columnar(), Workbook())
_OF_TABLE = 0.5
"""How sure a table is that names a conversation, a role and a text."""
_CLOSE = 0.05
"""Two that are as sure as this, one as the other, are a doubt."""


def recognised(head: bytes, path: str) -> Importer | None:
    """Give the importer that is surest of a file; None where none knows it.

    Raises:
        UnknownFormatError: two are as sure as each other; the line names them.
    """
    for one in _BINARY:
        if one.recognizes(head):
            return one
    looked = Head(head)
    if not any(map(_is_ours, looked.records())):
        found = _surest(looked, path)
        if found is not None:
            return found
    return next((one for one in BUILTIN if one.recognizes(head)), None)


def _surest(looked: Head, path: str) -> Importer | None:
    sure: list[tuple[float, Importer]] = [
        (confidence, one)
        for one in platforms()
        if (confidence := one.confidence(looked)) > 0
    ]
    if Table().recognizes(looked.data):
        sure.append((_OF_TABLE, Table()))
    if not sure:
        return None
    most = max(confidence for confidence, _ in sure)
    best = [one for confidence, one in sure if confidence > most - _CLOSE]
    if len(best) > 1:
        names = " or ".join(one.name for one in best)
        msg = f"{path}: could be {names}. Say which: --from {best[0].name}"
        raise UnknownFormatError(msg)
    return best[0]


def _is_ours(record: Value) -> bool:
    events = items(record, "events")
    return "id" in record and bool(events) and text(events[0], "type") in _EVENTS
