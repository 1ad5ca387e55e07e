"""Open ZIP and tar archives member by member, within limits; nothing is extracted."""

from __future__ import annotations

import io
import stat
import tarfile
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import PurePosixPath
from shutil import copyfileobj
from typing import IO, TYPE_CHECKING, BinaryIO, Literal, NamedTuple, cast

from jauge.model.rejected import Rejected
from jauge.unpacked import HEAD, Unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.settings import Limits

Kind = Literal["zip", "tar"]
_ZIP, _TAR, _TAR_AT = b"PK\x03\x04", b"ustar", 257
# Workbooks and documents are ZIP files too, and are no archives to a user.
_OFFICE = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/", b"mimetype")
_NAME_AT = 30
# A ratio says something only of what is large.
_LARGE = 1 << 20
# What a tar file may say of one member before its bytes come.
_LONGEST_HEADER = 4 << 20
_DAMAGE = (
    OSError, EOFError, zlib.error, zipfile.BadZipFile, tarfile.TarError,
    NotImplementedError, RuntimeError, ValueError, KeyError,
)  # fmt: skip


class Member(NamedTuple):
    """A file inside an archive: its name, and its bytes, unpacked once more."""

    name: str
    stream: io.BufferedReader


def kind_of(head: bytes) -> Kind | None:
    r"""Say which archive starts with these bytes; None for what is none.

    >>> kind_of(b"PK\x03\x04" + bytes(26) + b"chats.jsonl"), kind_of(b'{"id": 1}')
    ('zip', None)
    """
    if head.startswith(_ZIP) and not is_office(head):
        return "zip"
    return "tar" if head[_TAR_AT:].startswith(_TAR) else None


def is_office(head: bytes) -> bool:
    """Say whether a ZIP file is a workbook or a document."""
    return head.startswith(_ZIP) and head[_NAME_AT:].startswith(_OFFICE)


def members(stream: BinaryIO, file: str, limits: Limits) -> Iterator[Member | Rejected]:
    """Give the files of an archive; each is read before the next is asked for.

    Folders, hidden files and what systems leave beside them are passed over; a link, a
    path outside, an archive inside and what is over a limit is refused in words.
    """
    budget = _Budget(limits.archive_bytes)
    kind = kind_of(cast("io.BufferedReader", stream).peek(HEAD)[:HEAD])
    found = _of_zip if kind == "zip" else _of_tar
    try:
        for number, one in enumerate(found(stream, file, limits, budget)):
            if number >= limits.archive_files:
                reason = f"more than {limits.archive_files} files"
                yield _refused(file, f"{reason} (limit: archive_files)")
                return
            yield one
            if budget.left <= 0:
                reason = f"more than {limits.archive_bytes} bytes"
                yield _refused(file, f"{reason} (limit: archive_bytes)")
                return
    except _DAMAGE as error:
        yield _refused(file, f"the archive is damaged or ends early: {error}")


def _refused(file: str, reason: str) -> Rejected:
    return Rejected(file, None, "$", reason, "")


class _Budget:
    """How many bytes may still come out of an archive."""

    def __init__(self, left: int) -> None:
        self.left = left


class _Metered(io.RawIOBase):
    """The bytes of a member, up to the budget; every damage is an `OSError`."""

    def __init__(self, source: IO[bytes], budget: _Budget) -> None:
        self.source, self.budget = source, budget

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer; 0 at the end."""
        if self.budget.left <= 0:
            msg = "over the limit (limit: archive_bytes)"
            raise OSError(msg)
        try:
            data = self.source.read(min(len(buffer), HEAD))
        except _DAMAGE as error:
            raise OSError(str(error)) from error
        self.budget.left -= len(data)
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def _opened(
    source: IO[bytes], name: str, file: str, budget: _Budget
) -> Iterator[Member | Rejected]:
    unpacked = Unpacked(io.BufferedReader(_Metered(source, budget), HEAD))
    stream = cast("io.BufferedReader", io.BufferedReader(unpacked, HEAD))
    shown = f"{file}/{name}"
    if kind_of(stream.peek(HEAD)[:HEAD]):
        reason = "an archive inside an archive is not opened; unpack it first"
        yield _refused(shown, reason)
    else:
        yield Member(shown, stream)


def _of_zip(
    stream: BinaryIO, file: str, limits: Limits, budget: _Budget
) -> Iterator[Member | Rejected]:
    # The list of a ZIP file stands at its end: a pipe is kept on disk first.
    with tempfile.TemporaryFile() as kept:
        copyfileobj(stream, kept)
        with zipfile.ZipFile(kept) as archive:
            for info in archive.infolist():
                # Not `is_dir`: it fails at a name that is cut off before it begins.
                if info.filename.endswith("/") or _is_hidden(info.filename):
                    continue
                reason = _fault_of_zip(info, limits) or _outside(info.filename)
                if reason:
                    yield _refused(f"{file}/{info.filename}", reason)
                    continue
                try:
                    source = archive.open(info)
                except _DAMAGE as error:
                    yield _refused(f"{file}/{info.filename}", f"damaged: {error}")
                    continue
                with source, _opened(source, info.filename, file, budget) as member:
                    yield member


def _fault_of_zip(info: zipfile.ZipInfo, limits: Limits) -> str:
    if info.flag_bits & 1:
        return "encrypted; unpack it first"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link, which is not followed"
    ratio = info.file_size / max(info.compress_size, 1)
    if info.file_size > _LARGE and ratio > limits.archive_ratio:
        return f"packed more than {limits.archive_ratio} to 1 (limit: archive_ratio)"
    return ""


class _Source:
    """The bytes of a tar file; what it says of one member is bounded."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.allowed = stream, _LONGEST_HEADER

    def read(self, size: int) -> bytes:
        """Give the next bytes."""
        data = self.stream.read(size)
        self.allowed -= len(data)
        if self.allowed < 0:
            msg = f"more than {_LONGEST_HEADER} bytes about one file"
            raise tarfile.ReadError(msg)
        return data


def _of_tar(
    stream: BinaryIO, file: str, _limits: Limits, budget: _Budget
) -> Iterator[Member | Rejected]:
    source = _Source(stream)
    opened = tarfile.open(fileobj=cast("BinaryIO", source), mode="r|")  # noqa: SIM115
    with opened as archive:
        while True:
            source.allowed = _LONGEST_HEADER
            info = archive.next()
            if info is None:
                return
            # The library remembers each member; a stream needs none of them.
            archive.members = []  # type: ignore[attr-defined]
            reason = _fault_of_tar(info)
            source.allowed += info.size + 2 * HEAD
            if reason:
                yield _refused(f"{file}/{info.name}", reason)
            data = archive.extractfile(info) if info.isreg() else None
            if data is None:
                continue
            if not reason and not _is_hidden(info.name):
                with _opened(data, info.name, file, budget) as member:
                    yield member
            # What was not read is passed over here, where bytes are counted.
            while data.read(HEAD):
                pass


def _fault_of_tar(info: tarfile.TarInfo) -> str:
    if info.isdir() or _is_hidden(info.name):
        return ""
    if not info.isreg():
        return "a link or device, which is not followed"
    return _outside(info.name)


def _is_hidden(name: str) -> bool:
    return any(
        step.startswith((".", "__MACOSX")) and step not in (".", "..")
        for step in PurePosixPath(name).parts
    )


def _outside(name: str) -> str:
    if not name:
        return "a file without a name in the archive"
    path = PurePosixPath(name.replace("\\", "/"))
    is_outside = path.is_absolute() or ".." in path.parts or ":" in path.parts[:1]
    return "a path outside the archive" if is_outside else ""
