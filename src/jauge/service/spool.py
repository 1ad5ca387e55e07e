"""The spool: a private folder for files that were sent and are not kept yet.

It lies beside the database, as they hold the same. Names in it are random: the name
that somebody gave a file is shown, and never a path. Each site has a folder of its own
in it, and holds a lock there; what is not locked was left by a killed process.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from jauge.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOCK = "lock"
_OWN_FOLDER = 0o700
_OWN_FILE = 0o600


class Spool:
    """The files that a site was sent; made when the first one comes."""

    def __init__(self, db: Path) -> None:
        self.parent = db.absolute().with_name(f"{db.name}.incoming")
        self._folder: Path | None = None
        self._lock: int | None = None
        self._clear_left()

    def file(self) -> tuple[Path, BinaryIO]:
        """Make an empty file that nobody else reads; give its path, and write there.

        Raises:
            StoreError: it cannot be made.
        """
        try:
            path = self._own() / secrets.token_hex(16)
            made = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWN_FILE)
            return path, os.fdopen(made, "wb", buffering=0)
        except OSError as error:
            why = error.strerror
            msg = f"{self.parent}: cannot be written ({why}). Check the folder."
            raise StoreError(msg) from error

    def drop(self, path: Path) -> None:
        """Remove a file of this spool; any other is left alone."""
        if path.parent == self._folder:
            path.unlink(missing_ok=True)

    def close(self) -> None:
        """Remove all files and the folder."""
        folder, lock = self._folder, self._lock
        self._folder = self._lock = None
        if folder is not None and lock is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)
            self._remove_parent()

    def _own(self) -> Path:
        if self._folder is None:
            self.parent.mkdir(_OWN_FOLDER, exist_ok=True)
            folder = self.parent / secrets.token_hex(8)
            folder.mkdir(_OWN_FOLDER)
            self._lock = _locked(folder)
            self._folder = folder
        return self._folder

    def _clear_left(self) -> None:
        """Remove what killed processes left: nobody holds its lock any more."""
        for folder in self._folders():
            lock = _locked(folder)
            if lock is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)
        self._remove_parent()

    def _folders(self) -> Iterator[Path]:
        # A link in its place leads elsewhere: nothing is removed there.
        if self.parent.is_dir() and not self.parent.is_symlink():
            found = list(self.parent.iterdir())
            yield from (one for one in found if one.is_dir() and not one.is_symlink())

    def _remove_parent(self) -> None:
        try:
            self.parent.rmdir()
        except OSError:
            # Not there, or another site uses it.
            return


def _locked(folder: Path) -> int | None:
    """Take the lock of a folder; None where somebody holds it."""
    try:
        lock = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, _OWN_FILE)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    return lock
