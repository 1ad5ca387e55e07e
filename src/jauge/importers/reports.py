"""Report exports: a table with one row a conversation and no messages.

There is nothing to score in them; what they hold are ratings.
"""

from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING

from jauge.errors import ReportError
from jauge.importers.cells import rows_of
from jauge.importers.columns import fields_of, plain
from jauge.importers.ratings import RATING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOKED_AT = 200


def refuse_report(head: bytes, path: str) -> None:
    """Refuse a file whose first rows are a report.

    Raises:
        ReportError: it is one; the line says what it can serve for.
    """
    if head.startswith((b"{", b"[")) or b"\0" in head[:1000]:
        return
    rows = rows_of(io.BytesIO(head), len(head))
    looked = [row.cells for row in itertools.islice(rows, _LOOKED_AT) if not row.fault]
    if len(looked) > 1:
        header, *told = looked
        place = fields_of(header, {}).get("id", 0)
        ids = [row[place] for row in told if place < len(row) and row[place].strip()]
        if len(ids) == len(set(ids)):
            refuse_columns(header, path)


def refuse_columns(header: Sequence[str], path: str) -> None:
    """Refuse columns that name a conversation and facts, and nothing that is said.

    Raises:
        ReportError: they do.
    """
    fields = fields_of(header, {})
    if "id" not in fields or {"role", "text"} & fields.keys() or len(header) < 2:  # noqa: PLR2004 - an id alone says nothing
        return
    column = rating_in(header)
    what = "one row a conversation and no messages: there is nothing to score"
    then = (
        f"Its column {column} can judge scores:"
        f" jauge evaluate CONVERSATIONS --ratings {path}"
        if column
        else "Export the messages of the conversations."
    )
    msg = f"{path}: a report, {what}. {then}"
    raise ReportError(msg, column)


def rating_in(header: Sequence[str]) -> str:
    """Name the column of ratings; empty where there is none.

    >>> rating_in(["Conversation", "Canal", "Étoiles"])
    'Étoiles'
    """
    folded = {plain(name): name.strip() for name in reversed(header)}
    return next((folded[name] for name in RATING if name in folded), "")
