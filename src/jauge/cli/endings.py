"""How a run ends: what it found is told, and its counts become an exit status."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

from jauge.cli.options import DONE, FAILED, UNUSABLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Protocol

    from jauge.batch import Counts
    from jauge.report.wording import Lang

    class Refusing(Protocol):
        """What was read, and how much of it was refused."""

        rejected: int
        refused_before: int

        @property
        def read(self) -> int:
            """How many records were read."""
            ...


def tell(counts: Counts, lang: Lang, *, scored: bool = True) -> None:
    """Write the counts of a run to standard error."""
    from jauge.report import summary

    for line in summary.count_lines(counts, lang, scored=scored):
        sys.stderr.write(line + "\n")


def status_of(counts: Refusing, *, strict: bool = False) -> int:
    """Choose the exit status of a run."""
    if counts.rejected and counts.rejected == counts.read:
        return UNUSABLE
    return FAILED if strict and counts.rejected + counts.refused_before else DONE


def say(lines: Iterable[str], stream: TextIO | None = None) -> None:
    """Write lines to standard error, or to a stream."""
    taken = stream or sys.stderr
    taken.writelines(line + "\n" for line in lines)
    # What is told on both comes in its order.
    taken.flush()


def put(data: bytes, stream: TextIO | None = None) -> None:
    """Write what programs read to standard output, or to a stream."""
    say([data.decode().removesuffix("\n")], stream or sys.stdout)
