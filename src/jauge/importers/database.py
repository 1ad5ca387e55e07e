"""DuckDB in memory, which reads tables: opened once, and lent again.

To open it costs 30 ms, which is long for a folder of small files.
"""

from __future__ import annotations

import atexit
import os
import tempfile
from contextlib import ExitStack, contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from jauge.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "256MB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
# What DuckDB reads before it is asked: little, so that a thread has the rest to read.
_SESSION = "SET TimeZone = 'UTC'; SET streaming_buffer_size = '1MB'"


class _Opened(NamedTuple):
    """A database; `until` closes it, and removes its folder."""

    database: Any
    until: ExitStack


# By process: what was opened before a fork is left alone after it.
_idle: dict[int, _Opened] = {}


def duckdb_for(what: str) -> Any:
    """Give the package that reads columns.

    Raises:
        InputError: it is not installed.
    """
    if find_spec("duckdb") is None:
        msg = f"{what}: needs DuckDB. Install it: pip install 'jauge[tables]'"
        raise InputError(msg)
    return import_module("duckdb")


@contextmanager
def lent(what: str, memory: str) -> Iterator[DuckDBPyConnection]:
    """Lend a database that holds nothing; what is large goes to a temporary folder.

    After an error, or where the reader stops early, it is not lent again.

    Raises:
        InputError: DuckDB is not installed.

    >>> with lent("a.parquet", "1GB") as database:
    ...     database.execute("SELECT current_setting('TimeZone')").fetchall()
    [('UTC',)]
    """
    duckdb = duckdb_for(what)
    mine = os.getpid()
    # Taken out while it is lent: another reader of this process opens one of its own.
    opened = _idle.pop(mine, None) or _opened(duckdb)
    with opened.until as until:
        with opened.database.cursor() as session:
            session.execute(f"SET memory_limit = '{memory}'; {_SESSION}")
            yield session
        kept = opened._replace(until=until.pop_all())
    if _idle.setdefault(mine, kept) is not kept:
        kept.until.close()


def _opened(duckdb: Any) -> _Opened:
    with ExitStack() as until:
        folder = until.enter_context(tempfile.TemporaryDirectory())
        settings = {**CONFIG, "temp_directory": folder}
        database = until.enter_context(duckdb.connect(config=settings))
        # No bytes of files are kept for a second look, where DuckDB would keep them.
        cache = "enable_external_file_cache"
        known = "SELECT true FROM duckdb_settings() WHERE name = ?"
        if database.execute(known, [cache]).fetchall():
            database.execute(f"SET {cache} = false")
        return _Opened(database, until.pop_all())


@atexit.register
def _close() -> None:
    if (opened := _idle.pop(os.getpid(), None)) is not None:
        opened.until.close()
