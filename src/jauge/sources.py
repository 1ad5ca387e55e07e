"""Sources: files, folders, globs, standard input, compressed or not → records."""

from __future__ import annotations

import io
import itertools
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from jauge import archives, plugins
from jauge.errors import InputError, UnknownFormatError, UsageError
from jauge.importers import BUILTIN, envelopes
from jauge.importers.columnar import Columnar
from jauge.importers.finished import conversations
from jauge.importers.mapped import mapped
from jauge.importers.pieces import Joined
from jauge.importers.platform import Platform
from jauge.importers.platforms import platforms
from jauge.importers.protocol import Importer
from jauge.importers.recognition import recognised
from jauge.importers.unrecognised import error_for, rejected
from jauge.model.rejected import Rejected
from jauge.places import STDIN, Place, files_of, needed_of, shown
from jauge.settings import ReadOptions
from jauge.unpacked import HEAD, Unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence

    from jauge.importers.protocol import Record
    from jauge.model.conversation import Conversation

__all__ = [
    "STDIN",
    "files_of",
    "find",
    "importer_named",
    "importer_of",
    "importers",
    "look",
    "needed_of",
    "opened",
    "read",
    "read_all",
    "records",
    "records_of",
]


def importers() -> tuple[Importer, ...]:
    """Give all importers: those of packages, the platforms', then the built-in ones."""
    return (*plugins.importers(), *platforms(), *BUILTIN)


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
    """Choose the importer of a file: by `--mapping`, `--from`, or its first bytes.

    Raises:
        UnknownFormatError: none recognises it.
        ReportError: it is a report without messages.
    """
    if options.mapping is not None:
        return mapped(options.mapping)
    if options.format:
        return importer_named(options.format)
    for importer in plugins.importers():
        if importer.recognizes(head):
            return importer
    if (found := recognised(head, path)) is not None:
        return found
    if options.columns:
        return importer_named("csv")
    raise error_for(head, path)


def records(
    paths: Iterable[str], options: ReadOptions, needed: Container[str] | None = None
) -> Iterator[tuple[Importer, Record] | Rejected]:
    """Give the records of all files, each with its importer.

    `needed` are the files that must be of a known format, as `needed_of` says of paths
    that were written out; without it, as it says of these.

    Raises:
        InputError: a file cannot be read, or the format of a needed one is not known.
    """
    given = list(paths)
    if needed is None:
        needed = needed_of(given)
    return itertools.islice(_records(given, options, needed), options.limit)


def _records(
    paths: Sequence[str], options: ReadOptions, needed: Container[str]
) -> Iterator[tuple[Importer, Record] | Rejected]:
    with closing(Joined()) as joined:
        for path in (files := files_of(paths)):
            place = Place(path, is_alone=len(files) == 1, is_needed=path in needed)
            yield from records_of(place, options, joined)
        for _, found in joined.records(options.limits.record_bytes):
            yield found


def records_of(
    place: Place, options: ReadOptions, joined: Joined
) -> Iterator[tuple[Importer, Record] | Rejected]:
    """Give the records of one file; pieces of conversations go to `joined`.

    Raises:
        InputError: it cannot be read, or its format is not known and it is needed.
    """
    own = shown(place.path, options.called)
    for name, stream in _streams(place.path, options):
        is_alone = place.is_alone and name == own
        try:
            yield from _of_stream(stream, name, options, joined, is_alone=is_alone)
        except UnknownFormatError as error:
            # One file of an archive or a folder must not cost the others.
            if name == own and place.is_needed:
                raise
            yield rejected(name, error)


def _streams(
    path: str, options: ReadOptions
) -> Iterator[tuple[str, io.BufferedReader | Rejected]]:
    """Open a file, or the files of an archive one after the other."""
    name = shown(path, options.called)
    with opened(path, options.on_bytes) as stream:
        if not archives.kind_of(stream.peek(HEAD)[:HEAD]):
            yield name, stream
            return
        for member in archives.members(stream, name, options.limits):
            if isinstance(member, Rejected):
                yield member.file, member
            else:
                yield member.name, member.stream


def _of_stream(
    stream: io.BufferedReader | Rejected,
    name: str,
    options: ReadOptions,
    joined: Joined,
    *,
    is_alone: bool,
) -> Iterator[tuple[Importer, Record] | Rejected]:
    if isinstance(stream, Rejected):
        yield stream
        return
    told = envelopes.taken_off(stream, name, options)
    head = told.peek(HEAD)[:HEAD]
    if head.strip() or len(head) == HEAD:
        importer = importer_of(head, name, options)
        # A table alone needs no other file: its conversations come at once.
        in_pieces = Platform if is_alone else Platform | Columnar
        found = importer.split(told, name, options)  # nothing is read yet
        if isinstance(importer, in_pieces) and importer.joins:
            found = importer.keep(told, name, options, joined.of(importer))
        for record in found:
            yield record if isinstance(record, Rejected) else (importer, record)
    if damage := cast("Unpacked", stream.raw).damage:
        reason = f"the file is damaged or ends early: {damage}"
        yield Rejected(name, None, "$", reason, "")


class Looked(NamedTuple):
    """What a first look finds: an importer, the first bytes that it reads.

    `is_enveloped`: they stood in CloudEvents envelopes.
    """

    importer: Importer | None
    head: bytes
    is_enveloped: bool = False


def look(path: str, options: ReadOptions) -> Looked:
    """Look at the first bytes of a file, or of the first file of an archive.

    Raises:
        InputError: the file cannot be read, or its format is not known.
    """
    for name, stream in _streams(path, options):
        if isinstance(stream, Rejected):
            continue
        inner = envelopes.taken_off(stream, name, options)
        head = inner.peek(HEAD)[:HEAD]
        if not head.strip():
            continue
        try:
            found = importer_of(head, name, options)
            return Looked(found, head, is_enveloped=inner is not stream)
        except UnknownFormatError:
            # In an archive, a file beside the data must not hide it.
            if name == shown(path, options.called):
                raise
    return Looked(None, b"")


def read(
    path: str | Path, options: ReadOptions | None = None
) -> Iterator[Conversation | Rejected]:
    """Read conversations from a file, a folder, a glob or `-`, one at a time.

    Raises:
        InputError: nothing is there, or its format is not known.

    >>> from jauge import samples
    >>> next(read(Path(samples.__file__).with_name("conversations.jsonl"))).id
    's-001'
    """
    return read_all([str(path)], options or ReadOptions())


def read_all(
    paths: Iterable[str], options: ReadOptions
) -> Iterator[Conversation | Rejected]:
    """Read conversations from several places, in order.

    Raises:
        InputError: nothing is there, or its format is not known.
    """
    for found in records(paths, options):
        if isinstance(found, Rejected):
            yield found
        else:
            yield from conversations(*found, options)


def find(paths: Sequence[str], options: ReadOptions, id_: str) -> Conversation:
    """Find the first conversation of an id.

    Raises:
        UsageError: there is none, or it was rejected.
        InputError: nothing is there, or its format is not known.
    """
    seen, refused = 0, None
    for seen, found in enumerate(read_all(paths, options), 1):  # noqa: B007
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
