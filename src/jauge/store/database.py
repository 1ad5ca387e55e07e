"""A store: opens its file, gives back what is kept, one conversation at a time."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from jauge.errors import StoreError, UsageError
from jauge.store import sqlite, tables
from jauge.store.kept import Dated, History, Kept, LoadFacts
from jauge.store.key import hashed, make_key, read_key
from jauge.store.latest import BATCH, batch_of, latest_of, without_bot_part_of
from jauge.store.lookup import is_text, rows_of
from jauge.store.migrations import NEWEST, migrate, revision_of
from jauge.store.rows import conversation_of, score_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from jauge.model.conversation import Conversation

KEY_CHECK = "key_check"
SHOWN = "shown_scorer"
_ATTEMPTS = 20
_PAUSE_SECONDS = 0.1


class Store:
    """One database of conversations; made by `open_store`."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path, self.key = path, key
        self.engine = sqlite.engine_of(path)

    def shown_scorer(self) -> str | None:
        """Name the scorer that reports show: the first one used, until switched."""
        with sqlite.reading(self.engine) as connection:
            return setting(connection, SHOWN)

    def scorers(self) -> tuple[str, ...]:
        """Name all scorers that have scored here, the first one used first."""
        with sqlite.reading(self.engine) as connection:
            found = select(tables.scorer.c.id).order_by(tables.scorer.c.number)
            return tuple(connection.execute(found).scalars())

    def count(self) -> int:
        """Count the conversations."""
        with sqlite.reading(self.engine) as connection:
            asked = select(func.count()).select_from(tables.conversation)
            return int(connection.execute(asked).scalar_one())

    def loads(self) -> tuple[LoadFacts, ...]:
        """List the files that were loaded, in order."""
        kept = tables.load.c
        asked = select(*(kept[name] for name in LoadFacts.__struct_fields__))
        with sqlite.reading(self.engine) as connection:
            rows = connection.execute(asked.order_by(kept.number))
            return tuple(LoadFacts(*row) for row in rows)

    def latest(self, scorer: str | None = None) -> Iterator[Kept]:
        """Give all conversations, each with the score of its newest version.

        `scorer` is an id; by default the one that is shown. Conversations that come
        meanwhile come last.
        """
        for (one,) in self._walk(scorer or self.shown_scorer() or ""):
            yield one

    def both(self, one: str, two: str) -> Iterator[tuple[Kept, ...]]:
        """Give all conversations as two scorers see them."""
        return self._walk(one, two)

    def _walk(self, *scorers: str) -> Iterator[tuple[Kept, ...]]:
        number = 0
        while True:
            with sqlite.reading(self.engine) as connection:
                columns = [
                    rows_of(connection, batch_of(scorer, number)) for scorer in scorers
                ]
            if not columns[0]:
                return
            for rows in zip(*columns, strict=True):
                yield tuple(map(_kept, rows, scorers))
            number = columns[0][-1]["number"]

    def without_bot_part(self, scorer: str) -> Iterator[Conversation]:
        """Give the conversations that an agent took and whose bot's part has no score.

        A part that cannot be scored never gets one.
        """
        number = 0
        while True:
            with sqlite.reading(self.engine) as connection:
                rows = rows_of(connection, without_bot_part_of(scorer, number))
            if not rows:
                return
            yield from map(conversation_of, rows)
            number = rows[-1]["number"]

    def several(self, numbers: Sequence[int]) -> list[Kept]:
        """Give some conversations by their numbers, in that order; none twice.

        Those that are no longer there are left out.
        """
        found: dict[int, Kept] = {}
        shown = self.shown_scorer() or ""
        for start in range(0, len(numbers), BATCH):
            part = list(numbers[start : start + BATCH])
            asked = latest_of(shown).where(tables.conversation.c.number.in_(part))
            with sqlite.reading(self.engine) as connection:
                rows = rows_of(connection, asked)
            found.update((row["number"], _kept(row, shown)) for row in rows)
        return [found[one] for one in dict.fromkeys(numbers) if one in found]

    def of_customer(self, customer: str, most: int) -> list[Kept]:
        """Give conversations of a customer by their hash, the newest first."""
        kept = tables.conversation.c
        shown = self.shown_scorer() or ""
        asked = (
            latest_of(shown)
            .where(kept.customer == customer)
            .order_by(kept.started_at.desc(), kept.number.desc())
            .limit(most)
        )
        with sqlite.reading(self.engine) as connection:
            return [_kept(row, shown) for row in rows_of(connection, asked)]

    def number_of(self, id_: str) -> int | None:
        """Give the number of a conversation by its id; None if there is none."""
        if not is_text(id_):
            return None
        kept = tables.conversation.c
        with sqlite.reading(self.engine) as connection:
            found = connection.execute(select(kept.number).where(kept.id == id_))
            number = found.scalar()
        return None if number is None else int(number)

    def conversation(self, id_: str) -> History | None:
        """Give one conversation with all its scores; None if there is none."""
        if not is_text(id_):
            return None
        with sqlite.reading(self.engine) as connection:
            shown = setting(connection, SHOWN) or ""
            asked = latest_of(shown).where(tables.conversation.c.id == id_)
            rows = rows_of(connection, asked)
            if not rows:
                return None
            row = rows[0]
            score, scorer = tables.score, tables.scorer
            scores = rows_of(
                connection,
                select(score, scorer.c.id.label("by"))
                .join(scorer, scorer.c.number == score.c.scorer)
                .where(score.c.conversation == row["number"])
                .order_by(score.c.number),
            )
        dated = [
            Dated(score_of(one, id_, one["by"]), one["scored_at"], one["events"])
            for one in scores
        ]
        wholes = tuple(one for one in dated if one.score.part == "whole")
        parts = tuple(one for one in dated if one.score.part != "whole")
        return History(_kept(row, shown), wholes, parts)


def _kept(row: Mapping[str, Any], scorer: str) -> Kept:
    parts = {name.removeprefix("score_"): row[name] for name in row}
    hundredths = row["hundredths"]
    return Kept(
        conversation=conversation_of(row),
        score=score_of(parts, row["id"], scorer) if row["score_number"] else None,
        rating=None if hundredths is None else hundredths / 100,
        started_at=row["started_at"],
        loaded_at=row["loaded_at"],
        customer=row["customer"],
        number=row["number"],
    )


def open_store(path: str | Path, *, create: bool = False) -> Store:
    """Open a database, and bring it up to this release; `create` makes a new one.

    Raises:
        StoreError: it is not there, not ours, or cannot be used.
        UsageError: the path cannot be one.
    """
    if "\0" in str(path) or not str(path):
        msg = f"--db {path}: is no path."
        raise UsageError(msg)
    file = Path(path)
    if file.is_dir():
        msg = f"{path}: is a folder. Name a file: --db"
        raise StoreError(msg)
    if create:
        sqlite.make_file(file)
    elif not file.exists() or not file.stat().st_size:
        msg = f"{path}: no such database. Make it: jauge load FILE --db {path}"
        raise StoreError(msg)
    _bring_up(file)
    store = Store(file, read_key(file))
    _check_key(store)
    return store


def _bring_up(file: Path) -> None:
    """Make or migrate the tables; two at once take turns."""
    engine = sqlite.engine_of(file)
    for attempt in range(_ATTEMPTS):
        try:
            with sqlite.reading(engine) as connection:
                at = revision_of(connection)
            if at != NEWEST:
                with sqlite.writing(engine) as connection:
                    _migrate(connection, file)
            sqlite.write_ahead(engine)
        except StoreError as error:
            # Making the journal does not wait for others by itself.
            if "another program" not in str(error) or attempt == _ATTEMPTS - 1:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def _migrate(connection: Connection, file: Path) -> None:
    at = revision_of(connection)
    if at == NEWEST:
        return
    # The key first: where there is a database, there is its key.
    key = make_key(file) if at is None else None
    migrate(connection)
    if key is not None:
        row = {"name": KEY_CHECK, "value": hashed(key, "check", "")}
        sqlite.put(connection, tables.setting, [row])


def _check_key(store: Store) -> None:
    with sqlite.reading(store.engine) as connection:
        told = setting(connection, KEY_CHECK)
    if told != hashed(store.key, "check", ""):
        msg = (
            f"{store.path}.key: is the key of another database."
            f" Put the key of {store.path} back from a copy."
        )
        raise StoreError(msg)


def setting(connection: Connection, name: str) -> str | None:
    """Read a setting that the database keeps."""
    kept = tables.setting.c
    found = connection.execute(select(kept.value).where(kept.name == name)).scalar()
    return None if found is None else str(found)
