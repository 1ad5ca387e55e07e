"""Forget a customer or a conversation, and prove it by the bytes of the files."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus

import msgspec
from sqlalchemy import delete, select, update

from jauge.store import sqlite, tables
from jauge.store.columns_folder import column_files, erase_columns
from jauge.store.forgotten import Forgotten
from jauge.store.key import hashed
from jauge.store.lookup import erased, rows_of
from jauge.store.needles import SHORTEST_ID, Needles
from jauge.store.rows import Row, now, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Column, Connection

    from jauge.store.database import Store

_ERASED = "-"
_BLOCK = 1 << 20
_ROWS = 500


def _erase_copy(store: Store) -> None:
    erase_columns(store.path)


def forget(
    store: Store,
    *,
    user: str | None = None,
    conversation: str | None = None,
    in_copy: Callable[[Store], None] = _erase_copy,
) -> Forgotten:
    """Erase all of a customer, or one conversation; then look for it in the files.

    `in_copy` forgets in the columnar copy, too; by default all of the copy goes.

    Raises:
        StoreError: the file cannot be rewritten, as another program reads it.
    """
    names = [name for name in (user, conversation) if name is not None]
    with sqlite.writing(store.engine) as connection:
        rows = _rows(connection, store, user, conversation)
        refused = _refused(connection, store, names, rows)
        scores, reviews = _scores(connection, rows), _reviews(connection, rows)
        needles = _needles(names, (rows, scores, reviews, refused))
        was_asked = _erase(connection, store, rows, refused, (user, conversation))
    # After the rows: whoever copies them meanwhile finds them gone, and begins anew.
    in_copy(store)
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
        reviews=len(reviews),
        was_asked=was_asked,
    )


def _needles(
    names: list[str], found: tuple[list[Row], list[Row], list[str], list[Row]]
) -> Needles:
    """Take all that conversations, scores, reviews and refusals would leave behind."""
    rows, scores, reviews, refused = found
    needles = Needles(names)
    for row in rows:
        needles.take(row)
    for score in scores:
        needles.quote(score["contributions"])
    for review in reviews:
        needles.say(review)
    for one in refused:
        needles.cut(one["record"])
    return needles


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


def _reviews(connection: Connection, rows: list[Row]) -> list[str]:
    """Give what people wrote of conversations: reasons, and what is wrong."""
    label, objection = tables.label.c, tables.objection.c
    return [
        str(text)
        for row in rows
        for of, column in (
            (label.conversation, label.reason),
            (objection.conversation, objection.why),
        )
        for text in connection.execute(
            select(column).where(of == row["number"])
        ).scalars()
    ]


def _erase(
    connection: Connection,
    store: Store,
    rows: list[Row],
    refused: list[Row],
    asked: tuple[str | None, str | None],
) -> bool:
    """Erase rows; say whether the same was to be erased before already."""
    # Scores, ratings and reviews go with their conversation.
    for table, gone in ((tables.conversation, rows), (tables.rejected, refused)):
        for row in gone:
            connection.execute(delete(table).where(table.c.number == row["number"]))
    named = zip(("user", "conversation"), asked, strict=True)
    told = {hashed(store.key, kind, name) for kind, name in named if name is not None}
    was_asked = bool(erased(connection, told))
    digests = told | {hashed(store.key, "conversation", row["id"]) for row in rows}
    names = [name for name in asked if name is not None]
    _rename_files(connection, names)
    _drop_views(connection, {*names, *(row["id"] for row in rows), *digests})
    at = now()
    made = [{"digest": one, "erased_at": at} for one in sorted(digests)]
    sqlite.put(connection, tables.erased, made)
    return was_asked


def _rename_files(connection: Connection, names: list[str]) -> None:
    """Leave out names of files that tell what is erased."""
    whole = [_whole(name) for name in names if len(name) >= SHORTEST_ID]
    for table in (tables.load, tables.rejected):
        for number, file in connection.execute(select(table.c.number, table.c.file)):
            if any(one.search(file) for one in whole):
                gone = update(table).where(table.c.number == number)
                connection.execute(gone.values(file=_ERASED))


def _drop_views(connection: Connection, names: set[str]) -> None:
    """Drop saved views that tell what is erased, in their name or their query."""
    sought = [name for name in names if len(name) >= SHORTEST_ID]
    kept = tables.view.c
    for number, name, query in connection.execute(
        select(kept.number, kept.name, kept.query)
    ).all():
        told = f"{name}\n{query}\n{unquote_plus(query)}"
        # A customer may have thousands of conversations: few ids stand in a view.
        if any(one in told and _whole(one).search(told) for one in sought):
            connection.execute(delete(tables.view).where(kept.number == number))


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
    shared = _search(_held(store), found)
    # Compressed records are most of a store, and are hardly ever alike.
    if found - shared:
        records = (tables.conversation.c.record, tables.rejected.c.record)
        held = itertools.chain.from_iterable(_held_in(store, [one]) for one in records)
        shared |= _search(held, found - shared)
    return shared


def _held(store: Store) -> Iterator[bytes]:
    """Give what is kept as it stands in the file, a few hundred rows at a time."""
    # A customer may have written what a table is called.
    yield sqlite.words_of_schema(store.engine)
    for table in (
        tables.conversation, tables.score, tables.rejected, tables.load,
        tables.label, tables.objection, tables.state, tables.view, tables.person,
        tables.scorer, tables.setting,
    ):  # fmt: skip
        columns = [one for one in table.c if one.name != "record"]
        yield from _held_in(store, columns)


def _held_in(store: Store, columns: Sequence[Column[Any]]) -> Iterator[bytes]:
    (key,) = columns[0].table.primary_key.columns
    last: object = None
    while True:
        asked = select(key.label("key"), *columns).order_by(key).limit(_ROWS)
        with sqlite.reading(store.engine) as connection:
            rows = rows_of(
                connection, asked if last is None else asked.where(key > last)
            )
        if not rows:
            return
        parts = (part for row in rows for part in row.values())
        yield b"\n".join(
            part if isinstance(part, bytes) else str(part).encode() for part in parts
        )
        last = rows[-1]["key"]
