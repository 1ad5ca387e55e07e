"""Conversations that DuckDB wrote row by row, put together as they come."""

from __future__ import annotations

import itertools
from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec

from jauge.importers import native
from jauge.importers.protocol import Record
from jauge.importers.rows import Row, own_of_rows
from jauge.model.conversation import Conversation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jauge.model.rejected import Rejected

Written = tuple[bytes] | tuple[bytes, str]
"""A row: what is written of it; its own columns, if there are any, as JSON.

Where a conversation begins: `BEGINS`, the number of the row, `WHOLE` and the rest of
the conversation up to its events. Then the event with a comma, if it is one.
"""

BEGINS = b"\n"
"""Stands in no JSON that is written."""
WHOLE = b'\t[{"id":'
"""How the data of such a record begins."""
_WHOLE = msgspec.json.Decoder(tuple[Conversation])
_OWN = msgspec.json.Decoder(list[dict[str, object]])
_text_of = itemgetter(0)


def wholes(
    batches: Iterable[Sequence[Written]], file: str, limit: int
) -> Iterator[Record | Rejected]:
    """Put conversations together; of one over `limit`, in bytes, little more is held.

    The line of a record is the number of its first row.
    """
    parts, own, size, seen = list[bytes](), list[str](), 0, 0
    for batch in batches:
        rest, *begun = b"".join(map(_text_of, batch)).split(BEGINS)
        said = [row[1] for row in batch if len(row) > 1]
        begins = [_number(one) - 1 - seen for one in begun]
        if size <= limit:
            goes_on = said[: begins[0] if begins else None]
            parts.append(rest)
            own += goes_on
            size += len(rest) + sum(map(len, goes_on))
        for one, (begin, end) in zip(
            begun, itertools.pairwise([*begins, len(batch)]), strict=True
        ):
            if text := b"".join(parts):
                yield _record(text, own, file, limit)
            parts, own = [one], said[begin:end]
            size = len(one) + sum(map(len, own))
        seen += len(batch)
    if text := b"".join(parts):
        yield _record(text, own, file, limit)


def _number(text: bytes) -> int:
    """Give the number of the row in which a conversation begins."""
    return int(text[: text.index(WHOLE)])


def _record(text: bytes, own: list[str], file: str, limit: int) -> Record | Rejected:
    number, begins, rest = text.partition(WHOLE)
    metadata = b',"metadata":%b' % _own(own) if own else b""
    data = b"%b%b]%b}]" % (begins, rest.removesuffix(b","), metadata)
    record = Record(data, file, int(number))
    too_long = len(data) > limit
    return native.too_long(record, limit) if too_long else record


def _own(said: list[str]) -> bytes:
    """Put together what the rows say in columns of their own, each as JSON."""
    rows = _OWN.decode(f"[{','.join(dict.fromkeys(said))}]")
    if len(rows) > 1:
        rows = _OWN.decode(f"[{','.join(said)}]")
    kept = own_of_rows([Row(0, {}, own) for own in rows])
    return msgspec.json.encode(kept)


def whole_of(record: Record) -> Conversation | Rejected:
    r"""Decode a conversation that was put together here.

    >>> whole_of(Record(b'\t[{"id":"c","events":[]}]', "a.parquet", 1)).id
    'c'
    """
    try:
        (made,) = _WHOLE.decode(record.data)
    except msgspec.ValidationError as error:
        return native.reject(record, *native.fault_of(error))
    except (msgspec.DecodeError, RecursionError) as error:
        return native.reject(record, f"cannot be read: {error}")
    return made
