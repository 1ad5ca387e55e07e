"""Forget a customer or a conversation, and prove it by the bytes of the files."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from sqlalchemy import delete, select, update

from jauge.model.conversation import Action, Conversation, Message, Rating
from jauge.model.score import Contribution
from jauge.store import sqlite, tables
from jauge.store.columns_folder import column_files, erase_columns
from jauge.store.key import hashed
from jauge.store.lookup import rows_of
from jauge.store.rows import Row, conversation_of, now, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from jauge.store.database import Store

# A shorter text stands in other conversations, and in a file by chance.
SHORTEST = 8
SHORTEST_ID = 4
_ERASED = "-"
_WINDOW = 24
_STEP = 512
_HEAD = 16
_BLOCK = 1 << 20
_ROWS = 500
_CONTRIBUTIONS = msgspec.json.Decoder(tuple[Contribution, ...])


class Forgotten(Struct, frozen=True):
    """What was erased, what was looked for afterwards in which files, what was found.

    `shared` counts texts that conversations which stay hold too.
    """

    conversations: int
    scores: int
    rejected: int
    ids: int
    texts: int
    pieces: int
    files: tuple[tuple[str, int], ...]
    left: int
    shared: int


def forget(
    store: Store, *, user: str | None = None, conversation: str | None = None
) -> Forgotten:
    """Erase all of a customer, or one conversation; then look for it in the files.

    Raises:
        StoreError: the file cannot be rewritten, as another program reads it.
    """
    names = [name for name in (user, conversation) if name is not None]
    with sqlite.writing(store.engine) as connection:
        rows = _rows(connection, store, user, conversation)
        refused = _refused(connection, store, names, rows)
        scores = _scores(connection, rows)
        needles = _Needles(names)
        for row in rows:
            needles.take(row)
        for score in scores:
            needles.quote(score["contributions"])
        needles.pieces.update(
            piece for row in refused for piece in _pieces(row["record"])
        )
        _erase(connection, store, rows, refused, (user, conversation))
    # After the rows: whoever copies them meanwhile finds them gone, and begins anew.
    erase_columns(store.path)
    sqlite.rewrite(store.engine)
    files = [*sqlite.files_of(store.path), *column_files(store.path)]
    found = _found(files, needles.all())
    shared = _staying(store, found) if found else set()
    return Forgotten(
        conversations=len(rows),
        scores=len(scores),
        rejected=len(refused),
        ids=len(needles.ids),
        texts=len(needles.texts),
        pieces=len(needles.pieces),
        files=tuple((str(file), file.stat().st_size) for file in files),
        left=len(found - shared),
        shared=len(found & shared),
    )


def _rows(
    connection: Connection, store: Store, user: str | None, conversation: str | None
) -> list[Row]:
    kept = tables.conversation
    found: list[Row] = []
    if user is not None:
        of_user = kept.c.customer == hashed(store.key, "user", user)
        found += rows_of(connection, select(kept).where(of_user))
    if conversation is not None:
        of_id = kept.c.id == conversation
        found += rows_of(connection, select(kept).where(of_id))
    return found


def _refused(
    connection: Connection, store: Store, names: list[str], rows: list[Row]
) -> list[Row]:
    """Find the refused records that speak of what is erased."""
    told = {*names, *(row["id"] for row in rows)}
    # A short id stands in other records by chance.
    written = {name for name in told if len(name) >= SHORTEST_ID}
    written |= {hashed(store.key, "user", name) for name in names}
    whole = [_whole(name) for name in sorted(written)]
    return [
        row
        for row in rows_of(connection, select(tables.rejected))
        if row["claimed"] in told
        or any(one.search(unpacked(row["record"]).decode()) for one in whole)
    ]


def _whole(name: str) -> re.Pattern[str]:
    written = {re.escape(name), re.escape(msgspec.json.encode(name).decode()[1:-1])}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(written))})(?!\w)")


def _scores(connection: Connection, rows: list[Row]) -> list[Row]:
    kept = tables.score
    return [
        score
        for row in rows
        for score in rows_of(
            connection,
            select(kept.c.contributions).where(kept.c.conversation == row["number"]),
        )
    ]


def _erase(
    connection: Connection,
    store: Store,
    rows: list[Row],
    refused: list[Row],
    asked: tuple[str | None, str | None],
) -> None:
    # Scores and ratings go with their conversation.
    for table, gone in ((tables.conversation, rows), (tables.rejected, refused)):
        for row in gone:
            connection.execute(delete(table).where(table.c.number == row["number"]))
    user, conversation = asked
    digests = {hashed(store.key, "conversation", row["id"]) for row in rows}
    if user is not None:
        digests.add(hashed(store.key, "user", user))
    if conversation is not None:
        digests.add(hashed(store.key, "conversation", conversation))
    _rename_files(connection, [name for name in asked if name is not None])
    at = now()
    made = [{"digest": one, "erased_at": at} for one in sorted(digests)]
    sqlite.put(connection, tables.erased, made)


def _rename_files(connection: Connection, names: list[str]) -> None:
    """Leave out names of files that tell what is erased."""
    whole = [_whole(name) for name in names if len(name) >= SHORTEST_ID]
    for table in (tables.load, tables.rejected):
        for number, file in connection.execute(select(table.c.number, table.c.file)):
            if any(one.search(file) for one in whole):
                gone = update(table).where(table.c.number == number)
                connection.execute(gone.values(file=_ERASED))


class _Needles:
    """What must not be found any more: ids, texts, pieces of compressed records."""

    def __init__(self, names: Iterable[str]) -> None:
        self.ids = {name.encode("utf-8", "replace") for name in names}
        self.texts: set[bytes] = set()
        self.pieces: set[bytes] = set()

    def take(self, row: Row) -> None:
        """Take all that one conversation would leave behind."""
        self.ids.add(row["id"].encode())
        # The hash of a customer stays, in the list of what does not come back.
        self.pieces.update(_pieces(row["record"]))
        for text in _texts(conversation_of(row)):
            self.texts.update(_written(text))

    def quote(self, contributions: bytes) -> None:
        """Take what a score quotes."""
        for part in _CONTRIBUTIONS.decode(contributions):
            self.texts.update(_written(part.evidence))

    def all(self) -> set[bytes]:
        """Give all that is long enough to be no chance."""
        self.ids = {one for one in self.ids if len(one) >= SHORTEST_ID}
        return self.ids | self.texts | self.pieces


def _texts(conversation: Conversation) -> Iterator[str]:
    for event in conversation.events:
        if isinstance(event, Message):
            yield event.text
        elif isinstance(event, Rating):
            yield event.comment or ""
        elif isinstance(event, Action):
            yield event.target or ""


def _written(text: str) -> Iterator[bytes]:
    """Give a text as it would stand in a file: plain, and as JSON escapes it."""
    for one in (text.encode(), msgspec.json.encode(text)[1:-1]):
        if len(one) >= SHORTEST:
            yield one


def _pieces(record: bytes) -> Iterator[bytes]:
    """Cut a compressed record into pieces; pages of a file part it anywhere."""
    for start in range(_HEAD, len(record) - _WINDOW, _STEP):
        yield record[start : start + _WINDOW]


def _found(files: Iterable[Path], needles: set[bytes]) -> set[bytes]:
    """Give those that stand somewhere in the files, as bytes."""
    return _search(itertools.chain.from_iterable(map(_blocks, files)), needles)


def _blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            yield block


def _search(blocks: Iterable[bytes], needles: set[bytes]) -> set[bytes]:
    """Give those that stand in the blocks, or across two of them."""
    if not needles:
        return set()
    import ahocorasick_rs

    sought = sorted(needles)
    search = ahocorasick_rs.BytesAhoCorasick(sought)
    longest = max(map(len, sought))
    found: set[bytes] = set()
    rest = b""
    for block in blocks:
        part = rest + block
        matches = search.find_matches_as_indexes(part, overlapping=True)
        found.update(sought[index] for index, _, _ in matches)
        rest = part[-longest:]
    return found


def _staying(store: Store, found: set[bytes]) -> set[bytes]:
    """Give those that rows which stay hold as well."""
    return _search(_held(store), found)


def _held(store: Store) -> Iterator[bytes]:
    """Give what is kept as it stands in the file, a few hundred rows at a time."""
    for table in (tables.conversation, tables.score, tables.rejected, tables.load):
        number, names = 0, [one.name for one in table.c if one.name != "record"]
        while True:
            asked = select(*(table.c[name] for name in names))
            asked = asked.where(table.c.number > number)
            with sqlite.reading(store.engine) as connection:
                rows = rows_of(connection, asked.order_by(table.c.number).limit(_ROWS))
            if not rows:
                break
            parts = (part for row in rows for part in row.values())
            yield b"\n".join(
                part if isinstance(part, bytes) else str(part).encode()
                for part in parts
            )
            number = rows[-1]["number"]
