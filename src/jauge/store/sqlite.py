"""SQLite: all that only it understands, in one place."""

from __future__ import annotations

import functools
import os
import sqlite3
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, create_engine, event, text
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from jauge.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine, Table

# How long one waits for another that writes.
BUSY_SECONDS = 60
_PAUSE_SECONDS = 0.05
_AHEAD = "journal_mode = WAL"
# Deleted bytes are overwritten at once; VACUUM then drops the pages they were in.
PRAGMAS = (
    "foreign_keys = ON",
    "synchronous = FULL",
    "secure_delete = ON",
    "temp_store = MEMORY",
    # The indexes stay in memory, and the journal is written back more rarely.
    "cache_size = -32768",
    "wal_autocheckpoint = 4000",
)
_SAID = {
    "SQLITE_FULL": "the disk is full. Free some space and run it again: what was kept"
    " until now is whole",
    "SQLITE_IOERR": "reading or writing fails. Check the disk and run it again: what"
    " was kept until now is whole",
    "SQLITE_BUSY": "another program has been writing for long. Run it again",
    "SQLITE_LOCKED": "another program has been writing for long. Run it again",
    "SQLITE_NOTADB": "is not a database. Name another file: --db",
    "SQLITE_CORRUPT": "the file is damaged. Restore it from a copy",
    "SQLITE_READONLY": "cannot be written. Check the rights of the file and folder",
    "SQLITE_CANTOPEN": "cannot be opened. Is it there? Check the path and its rights",
}


def engine_of(path: Path) -> Engine:
    """Give what connects to a file; each connection is closed after its use."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        creator=functools.partial(
            _connected, path, timeout=BUSY_SECONDS, isolation_level=None
        ),
        poolclass=NullPool,
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _connected(path: Path, **more: Any) -> sqlite3.Connection:
    """Connect to a file that is there: one that was deleted is not made again."""
    address = f"{path.absolute().as_uri()}?mode=rw"
    connection: sqlite3.Connection = sqlite3.connect(address, uri=True, **more)
    return connection


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A writer takes its place at once: a reader that turns writer could not wait.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one state of the file.

    Raises:
        StoreError: it cannot be read.
    """
    with in_words(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose changes are all kept at the end, or none.

    Raises:
        StoreError: it cannot be written.
    """
    with (
        in_words(engine),
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def held(engine: Engine) -> Iterator[Connection]:
    """Give a connection for several transactions; `turn` makes each.

    Raises:
        StoreError: it cannot be opened.
    """
    with (
        in_words(engine),
        engine.connect().execution_options(writes=True) as connection,
    ):
        yield connection


@contextmanager
def in_words(engine: Engine) -> Iterator[None]:
    """Say in one line what went wrong with a file.

    Raises:
        StoreError: something did.
    """
    path = engine.url.database
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        cause = error.orig if isinstance(error, DatabaseError) else error
        name = str(getattr(cause, "sqlite_errorname", ""))
        known = (said for code, said in _SAID.items() if name.startswith(code))
        said = next(known, str(cause))
        msg = f"{path}: {said}."
        raise StoreError(msg) from error
    except StoreError as error:
        said = str(error)
        if said.startswith(str(path)):
            raise
        msg = f"{path}: {said}"
        raise StoreError(msg) from error


def make_file(path: Path) -> None:
    """Make an empty file that only its owner reads, where there is none.

    Raises:
        StoreError: it cannot be made.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        msg = f"{path}: cannot be written ({why}). Check the folder."
        raise StoreError(msg) from error


def write_ahead(engine: Engine) -> None:
    """Let readers read while one writes; the file remembers it.

    Raises:
        StoreError: others keep the file busy for long.
    """
    end = time.monotonic() + BUSY_SECONDS
    with in_words(engine), engine.connect() as connection:
        raw = _raw(connection)
        while True:
            try:
                if "wal" in (_pragma(raw, "journal_mode"), _pragma(raw, _AHEAD)):
                    return
            except sqlite3.OperationalError:
                # SQLite does not wait here: another opens the same new file just now.
                if time.monotonic() > end:
                    raise
            time.sleep(_PAUSE_SECONDS)


def put(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Add rows; those that are there already stay as they are."""
    if rows:
        connection.execute(insert(table).on_conflict_do_nothing(), rows)


def put_over(
    connection: Connection, table: Table, keys: list[str], rows: list[dict[str, Any]]
) -> None:
    """Add rows; those of the same keys are replaced."""
    if rows:
        adding = insert(table)
        new = {name: adding.excluded[name] for name in rows[0] if name not in keys}
        connection.execute(
            adding.on_conflict_do_update(index_elements=keys, set_=new), rows
        )


def rewrite(engine: Engine) -> None:
    """Write the file anew without its free pages, and empty the journal.

    Raises:
        StoreError: another program has the file open, so the journal stays.
    """
    with in_words(engine), engine.connect() as connection:
        raw = _raw(connection)
        # A file of gigabytes does not fit into memory.
        _pragma(raw, "temp_store = FILE")
        raw.execute("VACUUM")
        busy, _, _ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            msg = (
                "another program reads it, so erased bytes stay in its journal."
                " End that program and run it again."
            )
            raise StoreError(msg)


class Watch:
    """Says cheaply whether a database has changed; to be asked by one at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._at: tuple[int, int] | None = None
        self._raw: sqlite3.Connection | None = None

    def version(self) -> tuple[object, ...]:
        """Give what differs after any change by others, or in another file's place.

        Raises:
            StoreError: the file is not there or cannot be read.
        """
        try:
            found = self._path.stat()
        except OSError as error:
            msg = f"{self._path}: {error.strerror}. Was it moved? Name it: --db"
            raise StoreError(msg) from error
        at = (found.st_dev, found.st_ino)
        try:
            if self._raw is None or at != self._at:
                self.close()
                self._raw = _connected(
                    self._path, isolation_level=None, check_same_thread=False
                )
                self._at = at
            return (*at, id(self._raw), _pragma(self._raw, "data_version"))
        except sqlite3.DatabaseError as error:
            msg = f"{self._path}: {error}."
            raise StoreError(msg) from error

    def close(self) -> None:
        """Let go of the file."""
        if self._raw is not None:
            self._raw.close()
            self._raw = None


def faults_of(engine: Engine) -> str:
    """Check the whole file; `ok` when nothing is wrong."""
    with in_words(engine), engine.connect() as connection:
        found = connection.execute(text("PRAGMA integrity_check")).scalars().all()
        orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
        return "; ".join([*found, *map(str, orphans)])


def words_of_schema(engine: Engine) -> bytes:
    """Give the words that the file holds of its tables, as they stand in it.

    Raises:
        StoreError: it cannot be read.
    """
    asked = text("SELECT name, tbl_name, sql FROM sqlite_master")
    with reading(engine) as connection:
        rows = connection.execute(asked).all()
    return "\n".join(str(part) for row in rows for part in row).encode()


def files_of(path: Path) -> list[Path]:
    """Name the files of a database that are there: itself and its journals."""
    names = [path, *(Path(f"{path}{end}") for end in ("-wal", "-shm", "-journal"))]
    return [name for name in names if name.exists()]


def _raw(connection: Connection) -> sqlite3.Connection:
    raw = connection.connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):  # pragma: no cover - NullPool gives it
        msg = "not SQLite"
        raise TypeError(msg)
    return raw


def _pragma(raw: sqlite3.Connection, said: str) -> object:
    found = raw.execute(f"PRAGMA {said}").fetchone()
    return found[0] if found else None
