"""Imports under way: what was sent, what it holds, and how far its loading is.

They live in memory, for an hour after their last change: what is kept is in the store.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from jauge.errors import StoppedError
from jauge.keeping.counts import LoadCounts

if TYPE_CHECKING:
    from pathlib import Path

    from jauge.diagnosis.findings import Diagnosis
    from jauge.service.choices import Choice

State = Literal["examining", "ready", "waiting", "loading", "done", "stopped", "failed"]
Fault = Literal["format", "columns", "unreadable", "bomb", "option", "store", "broken"]
AT_WORK = frozenset({"examining", "waiting", "loading"})
OVER = frozenset({"done", "stopped", "failed"})
_BOMB_BYTES = 1024 * 1024 * 1024
_BOMB_RATIO = 200
_BOMB_TIMES_MOST = 10


class Problem(NamedTuple):
    """Why a file cannot be read or kept; `detail` is what the program says itself.

    `columns` are those of a table that lacks the fields of `missing`.
    """

    fault: Fault
    detail: str = ""
    columns: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class BombError(StoppedError):
    """A file unpacks to far more than files of conversations do."""


@dataclass
class Incoming:
    """A file that was sent, and what is known of it so far."""

    name: str
    path: Path
    size: int
    diagnosis: Diagnosis | None = None
    problem: Problem | None = None
    # Bytes, unpacked: all of them are known once the file was examined.
    total: int = 0
    read: int = 0
    # Times without a zone were read in that of the choice.
    is_zoneless: bool = False

    def tell_zoneless(self) -> None:
        """Note that there are times without a zone."""
        self.is_zoneless = True

    @property
    def is_good(self) -> bool:
        """Say whether there is something to keep."""
        found = self.diagnosis
        return self.problem is None and found is not None and found.conversations > 0


@dataclass
class Job:
    """One import: the files of one form, for the person who sent them."""

    owner: str
    files: list[Incoming]
    choice: Choice
    most_bytes: int
    state: State = "examining"
    counts: LoadCounts = field(default_factory=LoadCounts)
    problem: Problem | None = None
    is_stopping: bool = False
    is_example: bool = False
    # What is read otherwise than it is kept takes its place.
    is_replacing: bool = False
    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    touched_at: float = field(default_factory=time.monotonic)

    def watch(self, file: Incoming, count: int) -> None:
        """Count bytes of a file as they are read.

        Raises:
            StoppedError: somebody wants it to end.
            BombError: it unpacks to too much.
        """
        if self.is_stopping:
            raise StoppedError
        file.read += count
        if file.read > self._most(file):
            raise BombError

    def _most(self, file: Incoming) -> int:
        """Give how many bytes a file may unpack to."""
        by_ratio = max(_BOMB_BYTES, _BOMB_RATIO * file.size)
        return max(file.size, min(by_ratio, _BOMB_TIMES_MOST * self.most_bytes))

    @property
    def share(self) -> float | None:
        """Say how much is read, from 0 to 1; None where nobody can tell."""
        files = self.files if self.state == "examining" else self.good
        total = sum(one.total or one.size for one in files)
        read = sum(one.read for one in files)
        # A packed file gives more bytes than it has, until all of them are known.
        return read / total if total and read <= total else None

    @property
    def good(self) -> list[Incoming]:
        """Give the files that can be kept."""
        return [one for one in self.files if one.is_good]

    @property
    def is_at_work(self) -> bool:
        """Say whether something is being done, or waits for it."""
        return self.state in AT_WORK

    @property
    def is_over(self) -> bool:
        """Say whether nothing more will happen."""
        return self.state in OVER
