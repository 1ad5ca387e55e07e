"""What a store has refused: where each record stood, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from jauge.model.rejected import Rejected
from jauge.store import sqlite, tables

if TYPE_CHECKING:
    from jauge.store.database import Store


def refusals(store: Store) -> list[Rejected]:
    """Give all refusals in the order they came, without the records themselves."""
    kept = tables.rejected.c
    asked = select(kept.file, kept.line, kept.path, kept.reason).order_by(kept.number)
    with sqlite.reading(store.engine) as connection:
        return [Rejected(*row, record="") for row in connection.execute(asked)]
