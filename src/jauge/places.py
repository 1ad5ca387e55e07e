"""Write out where files are: names, folders and globs → files, each once."""

from __future__ import annotations

import glob
import os
from pathlib import Path
from typing import TYPE_CHECKING

from jauge.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

STDIN = "-"
_SUFFIXES = frozenset(
    {
        ".jsonl",
        ".ndjson",
        ".json",
        ".csv",
        ".tsv",
        ".transcript",
        ".xlsx",
        ".parquet",
        ".arrow",
        ".feather",
        ".zip",
        ".tar",
        ".tgz",
    }
)
_PACKED = frozenset({".gz", ".zst"})


def files_of(paths: Iterable[str]) -> list[str]:
    """Write out files, folders and globs, each file once, in order.

    A folder gives its tables and JSON files, at any depth, by name.

    Raises:
        InputError: nothing is there.
    """
    files: dict[str, str] = {}
    for path in paths:
        for file in _found(path):
            files.setdefault(os.path.normpath(file), file)
    return list(files.values())


def _found(path: str) -> list[str]:
    # os.path answers « no » where Path raises: what is no name at all is no file.
    if path == STDIN or os.path.isfile(path):  # noqa: PTH113 - see above
        return [path]
    if os.path.isdir(path):  # noqa: PTH112 - see above
        found = [str(file) for file in sorted(Path(path).rglob("*")) if _is_data(file)]
        problem = "no .jsonl, .json, .csv, .xlsx or .parquet file in this folder"
    else:
        found = sorted(
            file
            for file in glob.glob(path, recursive=True)  # noqa: PTH207 - as the shell
            if Path(file).is_file()
        )
        problem = "no such file"
    if not found:
        msg = f"{path}: {problem}. Check the path."
        raise InputError(msg)
    return found


def _is_data(file: Path) -> bool:
    suffixes = [suffix.lower() for suffix in file.suffixes]
    last = suffixes[-2:-1] if suffixes and suffixes[-1] in _PACKED else suffixes[-1:]
    return file.is_file() and bool(_SUFFIXES.intersection(last))
