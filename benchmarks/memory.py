"""How much memory `jauge score` takes, of few conversations and of ten times as many.

`python -m benchmarks.memory`. Every 50 ms: what the program and its processes hold
alone, added up, and what they share, once; the peak is shown. (Proportional sizes would
depend on who else runs Python on this machine.)
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.chats import (
    JAUGE,
    SHORT,
    many_chats,
    print_table,
    write_array,
    write_lines,
    write_scattered,
)
from jauge.model.conversation import Conversation

if TYPE_CHECKING:
    from collections.abc import Sequence

_EVERY_SECONDS = 0.05
_MOST_MB = 400
_MOST_GROWTH = 0.10
_TIMES = 10
_HELD = re.compile(rb"^(Private|Shared)_(?:Clean|Dirty):\s+(\d+)", re.MULTILINE)


class Shape(NamedTuple):
    """A form that conversations are read in, and with how many processes."""

    name: str
    file: str
    write: Callable[[Path, Iterator[Conversation]], None]
    jobs: tuple[int, ...] = (1,)


SHAPES = (
    Shape("JSON Lines", "chats.jsonl", write_lines, (1, 2)),
    Shape("one JSON array", "chats.json", write_array),
    Shape("CSV, rows scattered over the file", "chats.csv", write_scattered),
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=5_000)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--full", action="store_true", help="20,000 and 200,000")
    size.add_argument("--quick", action="store_true", help="1,000 and 10,000")
    options = parser.parse_args()
    few = options.conversations
    few = 20_000 if options.full else 1_000 if options.quick else few
    many = few * _TIMES
    print_table(
        f"Peak memory of `jauge score`, {few:,} and {many:,} conversations of {SHORT}"
        f" events{'' if options.full else ' (--full: 20,000 and 200,000)'}",
        f"input | jobs | {few:,}, MB | {many:,}, MB | ratio | reach",
        memory_rows(few, many),
    )


def memory_rows(few: int, many: int) -> Iterator[Sequence[str]]:
    """Measure each form of input."""
    for shape in SHAPES:
        peaks = [_peaks(shape, count) for count in (few, many)]
        for jobs, small, large in zip(shape.jobs, *peaks, strict=True):
            kept = large < _MOST_MB and abs(large / small - 1) <= _MOST_GROWTH
            yield (
                shape.name,
                str(jobs),
                f"{small:.0f}",
                f"{large:.0f}",
                f"{large / small:.2f} ×",
                f"< {_MOST_MB} MB, ± {_MOST_GROWTH:.0%}: {'yes' if kept else 'NO'}",
            )


def _peaks(shape: Shape, count: int) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        chats = Path(folder, shape.file)
        shape.write(chats, many_chats(count, events=SHORT))
        command = [*JAUGE, "score", shape.file, "-o", "scores.jsonl", "--jobs"]
        return [peak_mb([*command, str(jobs)], folder) for jobs in shape.jobs]


def peak_mb(command: Sequence[str], folder: str) -> float:
    """Run a command to its end; give the most that all its processes held together.

    Raises:
        CalledProcessError: the command failed.
    """
    peak = 0
    with subprocess.Popen(
        command, cwd=folder, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        while process.poll() is None:
            held = [_kb_of(place) for place in _session(process.pid)] or [(0, 0)]
            alone, shared = zip(*held, strict=True)
            peak = max(peak, sum(alone) + max(shared))
            time.sleep(_EVERY_SECONDS)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command))
    return peak / 1024


def _session(leader: int) -> Iterator[Path]:
    """Find the processes of a session."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            # After the name, which may hold anything: state, parent, group, session.
            fields = place.joinpath("stat").read_bytes().rpartition(b")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader:
            yield place


def _kb_of(place: Path) -> tuple[int, int]:
    """Give what a process holds alone and what it shares, in KB."""
    try:
        rollup = place.joinpath("smaps_rollup").read_bytes()
    except OSError:  # it has ended
        return 0, 0
    sums = {b"Private": 0, b"Shared": 0}
    for kind, size in _HELD.findall(rollup):
        sums[kind] += int(size)
    return sums[b"Private"], sums[b"Shared"]


if __name__ == "__main__":
    main()
