"""The folder beside a database with its columnar copy: its name, and its end."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from jauge.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path


def columns_folder(database: Path) -> Path:
    """Name the folder of a database's columnar copy."""
    return database.with_name(f"{database.name}.columns")


def erase_columns(database: Path) -> None:
    """Remove the columnar copy; it is made again when it is needed.

    Raises:
        StoreError: it cannot be removed.
    """
    folder = columns_folder(database)
    if folder.is_symlink():
        msg = f"{folder}: is a link. Remove it by hand and run it again."
        raise StoreError(msg)
    for _ in range(3):
        # A program that is just extending it may add a file meanwhile.
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
    msg = f"{folder}: cannot be removed. Remove it by hand and run it again."
    raise StoreError(msg)


def column_files(database: Path) -> list[Path]:
    """Name all files that the columnar copy has."""
    folder = columns_folder(database)
    return sorted(one for one in folder.rglob("*") if one.is_file())
