"""How fast conversations are kept, beside scoring alone, on the same file.

`python -m benchmarks.store`. One core; each is the program as a whole, on the clock and
in turn, so the ratio holds on another machine and the rates do not.
"""

from __future__ import annotations

import argparse
import functools
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.chats import JAUGE, many_chats, print_table, write_lines
from benchmarks.speed import medians

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    print_table(
        f"{options.conversations:,} conversations, median of {options.runs} runs",
        "what | seconds | conversations/s | of scoring alone | reach",
        rows(options.conversations, options.runs),
    )


def rows(count: int, runs: int) -> Iterator[Sequence[str]]:
    """Measure scoring alone, loading, loading again, and what the file weighs."""
    with tempfile.TemporaryDirectory() as folder:
        chats = Path(folder, "chats.jsonl")
        write_lines(chats, many_chats(count))
        load = [*JAUGE, "load", str(chats), "--db", "kept.db"]
        database = Path(folder, "kept.db")
        took = medians(
            {
                "score": functools.partial(
                    _run, [*JAUGE, "score", str(chats), "-o", "scores.jsonl"], folder
                ),
                "load": functools.partial(_load_anew, load, database),
                "load again": functools.partial(_run, load, folder),
            },
            runs,
            _clock,
        )
        for name, seconds in took.items():
            yield (
                f"`jauge {name}`",
                f"{seconds:.1f}",
                f"{count / seconds:,.0f}",
                f"{took['score'] / seconds:.2f} ×",
                "1,000/s at 100,000" if name == "load" else "",
            )
        ratio = database.stat().st_size / chats.stat().st_size
        yield "size of the database, of its file", "", "", f"{ratio:.2f} ×", ""


def _load_anew(command: Sequence[str], database: Path) -> None:
    for old in database.parent.glob(f"{database.name}*"):
        old.unlink()
    _run(command, str(database.parent))


def _run(command: Sequence[str], folder: str) -> None:
    subprocess.run(command, check=True, cwd=folder, capture_output=True)


def _clock(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
