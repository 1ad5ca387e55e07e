"""How much memory a very large export takes, in each form that it can come in.

`python -m benchmarks.big`. Makes a file of `--gigabytes` of each form, has `jauge
convert` read all of it (`--score`: `jauge score`), and shows the peak memory of all
processes. One file at a time, in a temporary folder: it needs six times the size on
disk. `--all`: every shape that the tests of formats know. With `--limit`, so many
conversations are made: what must be joined is read whole before the first.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.chats import JAUGE, print_table
from benchmarks.exports import FORMS, every_form
from benchmarks.memory import peak_mb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.exports import Form

_GIGABYTE = 10**9
_MOST_MB = 400
# The file, what is written of it, and what is put aside on disk: most for a CSV.
_TIMES_ON_DISK = 6


class Run(NamedTuple):
    """What is done with each file: size in bytes, command, folder, limit."""

    size: int
    command: str
    folder: str | None
    limit: int | None


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gigabytes", type=float, default=2)
    parser.add_argument("--score", action="store_true", help="score, not convert")
    parser.add_argument("--all", action="store_true", help="every shape of the tests")
    parser.add_argument("--only", default="", help="forms whose name has these words")
    parser.add_argument("--folder", help="where the files are made")
    parser.add_argument("--limit", type=int, help="make so many conversations")
    told = parser.parse_args()
    command = "score" if told.score else "convert"
    run = Run(int(told.gigabytes * _GIGABYTE), command, told.folder, told.limit)
    forms = every_form() if told.all else FORMS
    print_table(
        f"Peak memory of `jauge {command}`, files of {told.gigabytes:g} GB",
        "form | file, MB | conversations | came out | peak, MB | reach | CPU s",
        (row_of(form, run) for form in forms if told.only in form.name),
    )


def row_of(form: Form, run: Run) -> Sequence[str]:
    """Make a file of a form, have it read, and say what it took."""
    with tempfile.TemporaryDirectory(dir=run.folder) as folder:
        free = shutil.disk_usage(folder).free
        if free < run.size * _TIMES_ON_DISK:
            return form.name, "", "", f"only {free / _GIGABYTE:.0f} GB free", "", "", ""
        made = form.write(Path(folder), run.size)
        size = made.path.stat().st_size
        before = _cpu_of_children()
        peak = peak_mb([*_command(run, made.path), "-o", "out.jsonl"], folder)
        took = _cpu_of_children() - before
        came_out = _lines_of(Path(folder, "out.jsonl"))
    wanted = min(made.conversations, run.limit or made.conversations)
    reach = f"< {_MOST_MB} MB: {'yes' if peak < _MOST_MB else '**NO**'}"
    return (
        form.name,
        f"{size / 1e6:,.0f}",
        f"{made.conversations:,}",
        f"{came_out:,}" if came_out == wanted else f"**{came_out:,}**",
        f"{peak:.0f}",
        reach,
        f"{took:,.0f}",
    )


def _command(run: Run, path: Path) -> Iterator[str]:
    yield from JAUGE
    yield from (run.command, path.name)
    if run.limit is not None:
        yield from ("--limit", str(run.limit))


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _lines_of(path: Path) -> int:
    with path.open("rb") as out:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: out.read(1 << 20), b""))


if __name__ == "__main__":
    main()
