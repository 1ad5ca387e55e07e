"""Outputs: standard output, a file that appears whole or not at all, a folder."""

from __future__ import annotations

import errno
import itertools
import os
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple

from jauge.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

STDOUT = "-"
Form = Literal["jsonl", "csv", "xlsx", "parquet"]
_FORMS: Mapping[str, Form] = {".csv": "csv", ".xlsx": "xlsx", ".parquet": "parquet"}
_LINES = frozenset({"", ".jsonl", ".ndjson", ".json", ".txt"})


class Target(NamedTuple):
    """Where the scores of files go; what is refused of a part goes beside it."""

    files: list[str]
    path: str
    refused: str | None = None

    @property
    def is_finished(self) -> bool:
        """Say whether this is a part that an earlier run has written."""
        return self.refused is not None and Path(self.path).exists()


def targets_of(files: list[str], out: str | None, form: str) -> list[Target]:
    """Choose one output for all files, or one part for each if `out` is a folder."""
    if out is None or not _is_folder(out):
        return [Target(files, out or STDOUT)]
    parts = [str(Path(out) / f"{name}.scores.{form}") for name in part_names(files)]
    return [
        Target([file], part, f"{part}.rejected.jsonl")
        for file, part in zip(files, parts, strict=True)
    ]


def form_of(out: str | None) -> Form:
    """Say by the ending of a file which form is wanted; JSON Lines where none tells.

    Raises:
        UsageError: the ending tells of a form that is not written.

    >>> form_of("scores.XLSX"), form_of("scores.txt"), form_of("parts.csv/")
    ('xlsx', 'jsonl', 'jsonl')
    """
    ending = "" if out is None or _is_folder(out) else Path(out).suffix.lower()
    if ending in _LINES:
        return "jsonl"
    if ending not in _FORMS:
        known = ", ".join(_FORMS)
        msg = f"{out}: {ending} is not written. Name .jsonl, {known}, or say --to FORM."
        raise UsageError(msg)
    return _FORMS[ending]


def check_lines(out: str | None) -> None:
    """Refuse to write JSON Lines into what is named as another form.

    Raises:
        UsageError: its ending tells of one.
    """
    ending = "" if out is None else Path(out).suffix.lower()
    if ending not in _LINES:
        msg = f"{out}: {ending} is not written here. Name a file that ends in .jsonl."
        raise UsageError(msg)


def _is_folder(out: str) -> bool:
    return out.endswith(("/", os.sep)) or Path(out).is_dir()


def part_names(files: Sequence[str]) -> list[str]:
    """Name a part after its file; files of one name also by their folders, or a number.

    >>> part_names(["a/x.csv", "b/x.csv", "y.csv", "-"])
    ['a__x.csv', 'b__x.csv', 'y.csv', 'stdin']
    """
    short = Counter(Path(file).name for file in files)
    names: dict[str, None] = {}
    for file in files:
        name = "stdin" if file == STDOUT else Path(file).name
        if short[Path(file).name] > 1:
            name = "__".join(Path(file).parts).lstrip("/\\_.")
        unique, number = name, itertools.count(2)
        while unique in names:
            unique = f"{name}.{next(number)}"
        names[unique] = None
    return list(names)


def check_distinct(files: Iterable[str], outputs: Iterable[str | None]) -> None:
    """Refuse to write over what is read, or twice to one place.

    Raises:
        UsageError: an output is an input, or another output.
    """
    read = {os.path.realpath(file) for file in files if file != STDOUT}
    written: set[str] = set()
    for output in outputs:
        if output is None or not _is_one_place(output):
            continue
        place = STDOUT if output == STDOUT else os.path.realpath(output)
        if place in read:
            msg = f"{output}: is read and would be written over. Name another output."
            raise UsageError(msg)
        if place in written:
            msg = f"{output}: scores and rejected records cannot share it. Name two."
            raise UsageError(msg)
        written.add(place)


def _is_one_place(path: str) -> bool:
    """Say whether what is written there stands in each other's way; not in a device."""
    return path == STDOUT or Path(path).is_file() or not Path(path).exists()


@contextmanager
def writing(path: str | None, *, empty: bool = True) -> Iterator[BinaryIO]:
    """Open a file that appears whole when all is written, or not at all.

    `-` is standard output; None swallows what is written. Without `empty`, a file with
    nothing in it does not appear, and one of an earlier time goes.

    Raises:
        InputError: the file cannot be written.
    """
    if path == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if path is None:
        with Path(os.devnull).open("wb") as nothing:
            yield nothing
        return
    target = Path(path)
    try:
        # A device or a pipe takes what comes; only a file can appear whole.
        is_file = target.is_file() or not target.exists()
        whole = _whole(target.resolve(), empty=empty)
        with whole if is_file else target.open("wb") as stream:
            yield stream
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise _unwritable(path, error) from error


def check_writable(path: str) -> None:
    """Refuse before long work what could not be written at its end.

    Raises:
        InputError: no file can be made there.
    """
    try:
        if Path(path).is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if path != STDOUT and _is_one_place(path):
            beside = _beside(Path(path).resolve())
            beside.open("xb").close()
            beside.unlink()
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: str, error: OSError) -> InputError:
    msg = f"{path}: cannot be written ({error.strerror}). Check the folder."
    return InputError(msg)


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.{os.urandom(4).hex()}")


@contextmanager
def _whole(target: Path, *, empty: bool) -> Iterator[BinaryIO]:
    """Write beside a file, and take its place when all is written."""
    beside = _beside(target)
    try:
        with beside.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            kept = empty or stream.tell() > 0
        beside.replace(target)
        if not kept:
            target.unlink()
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
