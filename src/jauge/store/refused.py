"""The records that were refused: kept with their reasons, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import zstandard
from msgspec import Struct
from sqlalchemy import func, select

from jauge.model.rejected import Rejected
from jauge.store import sqlite, tables
from jauge.store.rows import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.store.database import Store

# The first block of a packed record is never longer.
_HEAD = 160 * 1024
_SHOWN = 4_000
_TOGETHER = 20


class Refused(Struct, frozen=True):
    """A refused record, where it stood and why; `record` is how its text begins."""

    file: str
    line: int | None
    path: str
    reason: str
    record: str
    is_cut: bool


def refused_count(store: Store) -> int:
    """Count the refused records.

    Raises:
        StoreError: the store cannot be read.
    """
    with sqlite.reading(store.engine) as connection:
        asked = select(func.count()).select_from(tables.rejected)
        return int(connection.execute(asked).scalar_one())


def refused(store: Store, start: int, count: int) -> tuple[Refused, ...]:
    """Give some of the refused records, the latest first.

    Raises:
        StoreError: the store cannot be read.
    """
    kept = tables.rejected.c
    # A record may be as long as its limit: only its beginning is read.
    head = func.substr(kept.record, 1, _HEAD)
    asked = (
        select(kept.file, kept.line, kept.path, kept.reason, head)
        .order_by(kept.number.desc())
        .offset(start)
        .limit(count)
    )
    with sqlite.reading(store.engine) as connection:
        return tuple(_refused(*row) for row in connection.execute(asked))


def refusals(store: Store) -> list[Rejected]:
    """Give all refusals in the order they came, without the records themselves."""
    kept = tables.rejected.c
    asked = select(kept.file, kept.line, kept.path, kept.reason).order_by(kept.number)
    with sqlite.reading(store.engine) as connection:
        return [Rejected(*row, record="") for row in connection.execute(asked)]


def refused_records(store: Store) -> Iterator[Rejected]:
    """Give all refusals in the order they came, with the records, whole.

    Raises:
        StoreError: the store cannot be read, or a record is damaged.
    """
    kept, last = tables.rejected.c, 0
    columns = (kept.number, kept.file, kept.line, kept.path, kept.reason, kept.record)
    while True:
        asked = select(*columns).where(kept.number > last).order_by(kept.number)
        with sqlite.reading(store.engine) as connection:
            rows = connection.execute(asked.limit(_TOGETHER)).all()
        if not rows:
            return
        for _, file, line, path, reason, packed in rows:
            record = unpacked(packed).decode(errors="replace")
            yield Rejected(file, line, path, reason, record)
        last = rows[-1].number


def _refused(
    file: str, line: int | None, path: str, reason: str, packed: bytes
) -> Refused:
    text = _beginning(packed)
    return Refused(file, line, path, reason, text[:_SHOWN], len(text) > _SHOWN)


def _beginning(packed: bytes) -> str:
    try:
        data = zstandard.ZstdDecompressor().decompressobj().decompress(packed)
    except zstandard.ZstdError:
        return ""
    return data[: _SHOWN * 4 + 4].decode(errors="replace")
