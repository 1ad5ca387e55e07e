"""Write out where files are: names, folders and globs → files, each once."""

from __future__ import annotations

import glob
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

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
        ".xls",
        ".ods",
        ".txt",
        ".log",
    }
)
_LOOSE = frozenset({".txt", ".log"})
_PACKED = frozenset({".gz", ".zst"})


class Place(NamedTuple):
    """A file: whether no other is read with it, and whether it must be recognised."""

    path: str
    is_alone: bool
    is_needed: bool


def files_of(paths: Iterable[str]) -> list[str]:
    """Write out files, folders and globs, each file once, in order.

    A folder gives what may hold conversations, at any depth, by name: tables, JSON,
    texts and archives; nothing hidden, as systems leave such files beside others.

    Raises:
        InputError: nothing is there, or a folder cannot be read.
    """
    files: dict[str, str] = {}
    for path in paths:
        for file in _found(path):
            files.setdefault(os.path.normpath(file), file)
    return list(files.values())


def _found(path: str) -> list[str]:
    # os.path answers « no » where Path raises: what is no name at all is no file.
    is_folder = os.path.isdir(path)  # noqa: PTH112 - see above
    # A pipe of the shell, or /dev/stdin, is read as a file is.
    if path == STDIN or (os.path.exists(path) and not is_folder):  # noqa: PTH110
        return [path]
    if is_folder:
        inside = os.walk(path, onerror=_refuse)
        files = sorted(
            Path(folder, one) for folder, _, names in inside for one in names
        )
        found = [str(file) for file in files if _is_data(file)]
        problem = "no .jsonl, .json, .csv, .xlsx, .parquet or .txt file in this folder"
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


def _refuse(error: OSError) -> None:
    msg = f"{error.filename}: cannot be read ({error.strerror}). Check the folder."
    raise InputError(msg) from error


def needed_of(paths: Iterable[str]) -> frozenset[str]:
    """Say which files must be of a known format: those given by name, one alone.

    What a folder or a glob holds besides costs no other file, nor does a text that is
    no chat.

    Raises:
        InputError: nothing is there.
    """
    given = list(paths)
    files = files_of(given)
    if len(files) == 1:
        return frozenset(files)
    names = set(map(os.path.normpath, given))
    return frozenset(
        file for file in files if os.path.normpath(file) in names and not is_loose(file)
    )


def is_loose(path: str) -> bool:
    """Say whether a name promises nothing: a text may be a chat, or a README.

    >>> is_loose("README.txt"), is_loose("chat.log.gz"), is_loose("chat.jsonl")
    (True, True, False)
    """
    return bool(_LOOSE.intersection(_last(Path(path))))


def _is_data(file: Path) -> bool:
    is_named = bool(_SUFFIXES.intersection(_last(file)))
    return is_named and not file.name.startswith(".") and file.is_file()


def _last(file: Path) -> list[str]:
    """Give the last suffix of a name, that of its packing aside."""
    suffixes = [suffix.lower() for suffix in file.suffixes]
    return suffixes[-2:-1] if suffixes and suffixes[-1] in _PACKED else suffixes[-1:]


def shown(path: str, called: str | None = None) -> str:
    """Name a file in what is said of it, as it is called where that is told."""
    if called:
        return called
    return "<stdin>" if path == STDIN else os.fsencode(path).decode(errors="replace")
