"""Sources: files, folders, globs, standard input, compressed or not → records."""

from __future__ import annotations

import glob
import io
import itertools
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec
from msgspec.structs import replace

from jauge import plugins
from jauge.errors import InputError, UnknownFormatError, UsageError
from jauge.importers import BUILTIN
from jauge.importers.native import reject
from jauge.model.rejected import Rejected
from jauge.settings import ReadOptions
from jauge.unpacked import HEAD, Unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from jauge.importers.protocol import Importer, Record
    from jauge.model.conversation import Conversation

STDIN = "-"
_SUFFIXES = frozenset({".jsonl", ".ndjson", ".json", ".csv", ".tsv"})
_PACKED = frozenset({".gz", ".zst"})


def importers() -> tuple[Importer, ...]:
    """Give all importers: those of other packages first, then the built-in ones."""
    return (*plugins.importers(), *BUILTIN)


def importer_named(name: str) -> Importer:
    """Find an importer by the name that `--from` takes.

    Raises:
        UnknownFormatError: there is none of that name.
    """
    for importer in importers():
        if importer.name == name:
            return importer
    known = ", ".join(importer.name for importer in importers())
    msg = f"{name}: no such format. Known formats: {known}"
    raise UnknownFormatError(msg)


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
        problem = "no .jsonl, .json, .csv or .tsv file in this folder"
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


@contextmanager
def opened(
    path: str, on_bytes: Callable[[int], None] | None = None
) -> Iterator[io.BufferedReader]:
    """Open a file or standard input, unpacked if it is gzip or zstd, whatever its name.

    `on_bytes` is told how many bytes were read.

    Raises:
        InputError: it cannot be read.
    """
    if path == STDIN and sys.stdin is None:
        msg = "-: standard input is closed. Name a file."
        raise InputError(msg)
    try:
        # Closed below, unless it is standard input.
        plain = sys.stdin.buffer if path == STDIN else Path(path).open("rb")  # noqa: SIM115
    except OSError as error:
        msg = f"{path}: cannot be read ({error.strerror}). Check the file."
        raise InputError(msg) from error
    try:
        raw = Unpacked(cast("io.BufferedReader", plain), on_bytes)
        yield io.BufferedReader(raw, HEAD)
    finally:
        if path != STDIN:
            plain.close()


def importer_of(head: bytes, path: str, options: ReadOptions) -> Importer:
    """Choose the importer of a file by its first bytes, or by `--from`.

    Raises:
        UnknownFormatError: none recognises it.
    """
    if options.format:
        return importer_named(options.format)
    for importer in importers():
        if importer.recognizes(head):
            return importer
    if options.columns:
        return importer_named("csv")
    known = ", ".join(importer.name for importer in importers())
    msg = (
        f"{path}: format not recognised. Known formats: {known} (--from FORMAT;"
        " for a table with other column names: --columns id=…,role=…,text=…)"
    )
    raise UnknownFormatError(msg)


def records(
    paths: Iterable[str], options: ReadOptions
) -> Iterator[tuple[Importer, Record] | Rejected]:
    """Give the records of all files, each with its importer.

    Raises:
        InputError: a file cannot be read, or its format is not known.
    """
    found = (record for path in files_of(paths) for record in _records(path, options))
    return itertools.islice(found, options.limit)


def _records(
    path: str, options: ReadOptions
) -> Iterator[tuple[Importer, Record] | Rejected]:
    name = options.called or _name_of(path)
    with opened(path, options.on_bytes) as stream:
        head = stream.peek(HEAD)[:HEAD]
        if head.strip() or len(head) == HEAD:
            importer = importer_of(head, name, options)
            for record in importer.split(stream, name, options):
                yield record if isinstance(record, Rejected) else (importer, record)
        damage = cast("Unpacked", stream.raw).damage
        if damage:
            reason = f"the file is damaged or ends early: {damage}"
            yield Rejected(name, None, "$", reason, "")


def _name_of(path: str) -> str:
    return "<stdin>" if path == STDIN else os.fsencode(path).decode(errors="replace")


def parse(
    importer: Importer, record: Record, options: ReadOptions
) -> Conversation | Rejected:
    """Make a conversation of a record, with what the options add and limit."""
    made = importer.parse(record)
    if isinstance(made, Rejected):
        return made
    if len(made.events) > options.limits.events:
        reason = f"more than {options.limits.events} events (limit: events)"
        return reject(record, reason, "$.events")
    return _with_facts(made, options.set) if options.set else made


def _with_facts(made: Conversation, facts: Mapping[str, str]) -> Conversation:
    """Set facts, in the source bytes too, where they replace what is said there."""
    changed = replace(made, **facts)
    if made.source is None:
        return changed
    fields = msgspec.json.decode(made.source, type=dict[str, msgspec.Raw])
    return changed.with_source(msgspec.json.encode({**fields, **facts}))


def read(
    path: str | Path, options: ReadOptions | None = None
) -> Iterator[Conversation | Rejected]:
    """Read conversations from a file, a folder, a glob or `-`, one at a time.

    Raises:
        InputError: nothing is there, or its format is not known.

    >>> from jauge import samples
    >>> from pathlib import Path
    >>> next(read(Path(samples.__file__).with_name("conversations.jsonl"))).id
    's-001'
    """
    chosen = options or ReadOptions()
    return read_all([str(path)], chosen)


def read_all(
    paths: Iterable[str], options: ReadOptions
) -> Iterator[Conversation | Rejected]:
    """Read conversations from several places, in order.

    Raises:
        InputError: nothing is there, or its format is not known.
    """
    for found in records(paths, options):
        yield found if isinstance(found, Rejected) else parse(*found, options)


def find(paths: Sequence[str], options: ReadOptions, id_: str) -> Conversation:
    """Find the first conversation of an id.

    Raises:
        UsageError: there is none, or it was rejected.
        InputError: nothing is there, or its format is not known.
    """
    seen, refused = 0, None
    for found in read_all(paths, options):
        seen += 1
        if isinstance(found, Rejected):
            if refused is None and found.claimed_id == id_:
                refused = found
        elif found.id == id_:
            return found
    if refused is not None:
        msg = f"{id_}: was rejected: {refused.fault} ({refused.place})"
        raise UsageError(msg)
    msg = f"{id_}: no such conversation among {seen} in {', '.join(paths)}. Check --id."
    raise UsageError(msg)
