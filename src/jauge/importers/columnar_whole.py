"""Conversations that DuckDB wrote row by row, put together as they come."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import msgspec

from jauge.importers import native
from jauge.importers.protocol import Record
from jauge.importers.rows import Row, own_of_rows
from jauge.model.conversation import Conversation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jauge.model.rejected import Rejected

Written = tuple[str | None, ...]
"""A row: a conversation, where one begins; its event; its own columns, if any: JSON."""

WHOLE = b'[{"id":'
"""How the data of such a record begins."""
_WHOLE = msgspec.json.Decoder(tuple[Conversation])
_OWN = msgspec.json.Decoder(list[dict[str, object]])


def wholes(
    batches: Iterable[Sequence[Written]], file: str, limit: int
) -> Iterator[Record | Rejected]:
    """Put conversations together; of one over `limit`, in bytes, little more is held.

    The line of a record is the number of its first row.
    """
    rows: list[Written] = []
    begun, number, size = 1, 0, 0
    for batch in batches:
        part: Sequence[Written] = ()
        for part in _parts(batch):
            if part[0][0] is not None:
                if rows:
                    yield _record(rows, Record(b"", file, begun), limit)
                rows, begun, size = [], number + 1, 0
            if size <= limit:
                rows += part
            number += len(part)
        # Only the last can go on in the next batch.
        size += sum(len(cell) for row in part for cell in row if cell is not None)
    if rows:
        yield _record(rows, Record(b"", file, begun), limit)


def _parts(batch: Sequence[Written]) -> Iterator[Sequence[Written]]:
    """Cut a batch where conversations begin."""
    begins = [index for index, row in enumerate(batch) if row[0] is not None]
    first = [] if begins and begins[0] == 0 else [0]
    for begin, end in itertools.pairwise([*first, *begins, len(batch)]):
        yield batch[begin:end]


def _record(rows: Sequence[Written], place: Record, limit: int) -> Record | Rejected:
    head, _, *own = rows[0]
    events = ",".join([row[1] for row in rows if row[1] is not None])
    metadata = f',"metadata":{_own([row[2] or "{}" for row in rows])}' if own else ""
    text = f'[{(head or "{}")[:-1]}{metadata},"events":[{events}]}}]'
    record = place._replace(data=text.encode())
    too_long = len(record.data) > limit
    return native.too_long(record, limit) if too_long else record


def _own(said: list[str]) -> str:
    """Put together what the rows say in columns of their own, each as JSON."""
    rows = _OWN.decode(f"[{','.join(dict.fromkeys(said))}]")
    if len(rows) > 1:
        rows = _OWN.decode(f"[{','.join(said)}]")
    kept = own_of_rows([Row(0, {}, own) for own in rows])
    return msgspec.json.encode(kept).decode()


def whole_of(record: Record) -> Conversation | Rejected:
    """Decode a conversation that was put together here.

    >>> whole_of(Record(b'[{"id":"c","events":[]}]', "a.parquet", 1)).id
    'c'
    """
    try:
        (made,) = _WHOLE.decode(record.data)
    except msgspec.ValidationError as error:
        return native.reject(record, *native.fault_of(error))
    except (msgspec.DecodeError, RecursionError) as error:
        return native.reject(record, f"cannot be read: {error}")
    return made
