"""How fast conversations are kept, beside scoring alone, on the same file.

`python -m benchmarks.store`. One core; each is the program as a whole, in turn: the
ratio holds on another machine, the rates do not. CPU time is what a busy machine
changes least; the clock, of the same runs, has the waits for the disk in it.
"""

from __future__ import annotations

import argparse
import functools
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.chats import JAUGE, many_chats, print_table, write_lines
from benchmarks.speed import children_cpu, medians

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    print_table(
        f"{options.conversations:,} conversations, median of {options.runs} runs",
        "what | CPU, s | conversations/s | of scoring | clock, s | of scoring",
        rows(options.conversations, options.runs),
    )


def rows(count: int, runs: int) -> Iterator[Sequence[str]]:
    """Measure scoring alone, loading, loading again, and what the file weighs."""
    with tempfile.TemporaryDirectory() as folder:
        chats = Path(folder, "chats.jsonl")
        write_lines(chats, many_chats(count))
        load = [*JAUGE, "load", str(chats), "--db", "kept.db"]
        database = Path(folder, "kept.db")
        works = {
            "score": functools.partial(
                _run, [*JAUGE, "score", str(chats), "-o", "scores.jsonl"], folder
            ),
            "load": functools.partial(_load_anew, load, database),
            "load again": functools.partial(_run, load, folder),
        }
        clock: dict[str, list[float]] = {name: [] for name in works}
        took = medians(works, runs, functools.partial(_both, clock, works))
        for name, seconds in took.items():
            elapsed = median(clock[name])
            yield (
                f"`jauge {name}`",
                f"{seconds:.1f}",
                f"{count / seconds:,.0f}",
                f"{took['score'] / seconds:.2f} ×",
                f"{elapsed:.1f}",
                f"{median(clock['score']) / elapsed:.2f} ×",
            )
        ratio = database.stat().st_size / chats.stat().st_size
        yield f"the database is {ratio:.2f} × its file", "", "", "", "", ""


def _load_anew(command: Sequence[str], database: Path) -> None:
    for old in database.parent.glob(f"{database.name}*"):
        old.unlink()
    _run(command, str(database.parent))


def _run(command: Sequence[str], folder: str) -> None:
    subprocess.run(command, check=True, cwd=folder, capture_output=True)


def _both(
    clock: Mapping[str, list[float]],
    works: Mapping[str, Callable[[], object]],
    work: Callable[[], object],
) -> float:
    """Take the CPU time of a run; note what the clock says."""
    started = time.perf_counter()
    used = children_cpu(work)
    name = next(name for name, one in works.items() if one is work)
    clock[name].append(time.perf_counter() - started)
    return used


if __name__ == "__main__":
    main()
