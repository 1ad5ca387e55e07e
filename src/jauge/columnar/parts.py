"""Parts of the copy: Parquet files that are written once, read, and put together."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import secrets
import shutil
import time
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import msgspec

from jauge.columnar.facts import COLUMNS
from jauge.columnar.questions import question
from jauge.errors import StoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection as Database
    from duckdb import DuckDBPyRelation

ENDING = ".parquet"
_WORK = ".new-"
_MEGA = 1 << 20
# One line of JSON may be as long as DuckDB is told; more memory is taken for more.
_LINE = 16 * _MEGA
_HEX = 16
_LOOK_AGAIN = 0.02
_DUCKDB: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "1GB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_WILD = re.compile(r"[*?\[]")


def check_duckdb() -> None:
    """Refuse to go on without DuckDB.

    Raises:
        UsageError: it is missing.
    """
    if find_spec("duckdb") is None:
        msg = "the columnar copy needs DuckDB. Install it: pip install 'jauge[tables]'"
        raise UsageError(msg)


class Folder:
    """The folder of a copy, held by one program at a time; made by `held`."""

    def __init__(self, path: Path, work: Path) -> None:
        self.path, self.work = path, work

    def parts(self) -> list[Path]:
        """Name the parts, in order."""
        return sorted(self.path.glob(f"*{ENDING}"))

    def written(self, rows: Iterable[Mapping[str, object]]) -> Path | None:
        """Write rows as a part that is not in its place yet; None without rows.

        Raises:
            StoreError: it cannot be written.
        """
        lines, longest, count = self.work / "rows.jsonl", 0, 0
        with _in_words(self.path), lines.open("wb") as sink:
            for row in rows:
                line = msgspec.json.encode(row) + b"\n"
                longest, count = max(longest, len(line)), count + 1
                sink.write(line)
        if not count:
            return None
        with self.connected() as database:
            return self._made(
                database.read_json(
                    *patterns([lines]),
                    columns=COLUMNS,
                    format="newline_delimited",
                    maximum_object_size=max(_LINE, 2 * longest),
                )
            )

    def joined(self, live: Mapping[str, Any], parts: Sequence[Path]) -> Path | None:
        """Write one part of the rows of parts that are live, each once.

        None where there are none.

        Raises:
            StoreError: it cannot be written.
        """
        with self.connected(parts) as database:
            database.register("live", live)
            made = self._made(database.sql(question("joined")))
            [told] = patterns([made])
            return made if len(database.read_parquet(told)) else None

    @contextmanager
    def connected(self, parts: Sequence[Path] | None = None) -> Iterator[Database]:
        """Give a database that sees parts, or all, as the variable `parts`.

        Nothing of it is kept; what does not fit into memory goes to the folder of work.
        """
        import duckdb

        config = {**_DUCKDB, "temp_directory": str(self.work / "spilled")}
        with duckdb.connect(config=config) as database:
            told = patterns(self.parts() if parts is None else parts)
            database.execute("SET VARIABLE parts = $parts", {"parts": told})
            yield database

    def _made(self, rows: DuckDBPyRelation) -> Path:
        made = self.work / f"{secrets.token_hex(8)}{ENDING}"
        with _in_words(self.path):
            rows.write_parquet(str(made), compression="zstd")
            made.chmod(0o600)
            with made.open("rb") as stream:
                os.fsync(stream.fileno())
        return made

    def place(self, made: Path, name: str) -> str:
        """Put a part in its place, in one step; give its name, with its digest.

        Raises:
            StoreError: it cannot be put there.
        """
        with _in_words(self.path):
            return made.rename(self.path / f"{name}-{_digest(made)}{ENDING}").name

    def renamed(self, part: Path, name: str) -> str:
        """Give a part another name, which keeps its digest; give the whole name.

        Raises:
            StoreError: it cannot be renamed.
        """
        digest = part.stem.rpartition("-")[2]
        with _in_words(self.path):
            return part.rename(self.path / f"{name}-{digest}{ENDING}").name

    def drop(self, parts: Iterable[Path]) -> None:
        """Remove parts."""
        for part in parts:
            part.unlink(missing_ok=True)

    def is_there(self) -> bool:
        """Say whether the folder still is the one that is held."""
        return self.work.is_dir()


def is_whole(part: Path) -> bool:
    """Say whether a part is as it was written, by this release."""
    try:
        return part.stem.rpartition("-")[2] == _digest(part)
    except OSError:
        return False


def _digest(part: Path) -> str:
    told = hashlib.sha256(repr(COLUMNS).encode())
    with part.open("rb") as stream:
        while block := stream.read(_MEGA):
            told.update(block)
    return told.hexdigest()[:_HEX]


@contextmanager
def held(path: Path, patience: float | None = None) -> Iterator[Folder]:
    """Hold the folder of a copy, which is made if it is not there; others wait.

    What a program that was killed left unfinished is removed.

    Raises:
        StoreError: it cannot be made, or others hold it for more seconds than told.
    """
    with _locked(path, patience):
        work = path / f"{_WORK}{secrets.token_hex(8)}"
        with _in_words(path):
            for old in path.glob(f"{_WORK}*"):
                shutil.rmtree(old, ignore_errors=True)
            work.mkdir(mode=0o700)
        try:
            yield Folder(path, work)
        finally:
            shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _locked(path: Path, patience: float | None) -> Iterator[None]:
    with ExitStack() as ending:
        with _in_words(path):
            while True:
                path.mkdir(mode=0o700, exist_ok=True)
                lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
                closing = ending.enter_context(ExitStack())
                closing.callback(os.close, lock)
                _wait_for(lock, path, patience)
                # Erased while we waited: what is locked has no name any more.
                if _is_same(path, lock):
                    break
                closing.close()
        yield


def _wait_for(lock: int, path: Path, patience: float | None) -> None:
    if patience is None:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                msg = f"{path}: another program holds it. Run it again."
                raise StoreError(msg) from None
            time.sleep(_LOOK_AGAIN)
        else:
            return


def _is_same(path: Path, lock: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(lock))
    except FileNotFoundError:
        return False


def patterns(parts: Sequence[Path]) -> list[str]:
    """Write paths where DuckDB reads patterns: a folder's name may look like one."""
    return [_WILD.sub(r"[\g<0>]", str(part)) for part in parts]


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Say in one line why the copy cannot be written."""
    import duckdb

    try:
        yield
    except OSError as error:
        msg = f"{path}: {error.strerror or error}. Check the folder and the disk."
        raise StoreError(msg) from error
    except duckdb.Error as error:
        said = " ".join(str(error).split())
        msg = f"{path}: cannot be written ({said}). Check the folder and the disk."
        raise StoreError(msg) from error
