"""How fast Parquet is read and scored, beside the same conversations as JSON Lines.

`python -m benchmarks.columnar`. All are measured in turn, in one run, in this process,
by the clock and by the time of the processor. Each ratio is the median of those of the
runs. It is of the whole path, from the file to the scores written: for JSON Lines,
reading is a hundredth of it, so that no reader can be much above 1.0 ×. `--read`: of
reading alone. By the clock, Parquet needs a second core that is free.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import duckdb
from msgspec.structs import replace

from benchmarks.chats import many_chats, print_table, write_lines
from jauge.batch import Plan, score_files
from jauge.model.conversation import Conversation, Message
from jauge.model.rejected import Rejected
from jauge.settings import ReadOptions
from jauge.sources import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_COLUMNS = """{'id': 'VARCHAR', 'channel': 'VARCHAR', 'language': 'VARCHAR', 'events':
'STRUCT("type" VARCHAR, "role" VARCHAR, "at" TIMESTAMPTZ, "text" VARCHAR, choices
VARCHAR[], intent VARCHAR, confidence DOUBLE, fallback BOOLEAN)[]'}"""
_NESTED = "COPY (FROM read_json('{0}', columns = {2})) TO '{1}'"
_FLAT = """COPY (SELECT id AS conversation_id, channel, language, e.role, e."at",
e."text", e.choices, e.intent, e.confidence, e.fallback FROM (SELECT *,
unnest(events) AS e FROM read_json('{0}', columns = {2}))) TO '{1}'"""


class Times(NamedTuple):
    """Seconds that work took; or how many times as fast it was as other work."""

    clock: float
    cpu: float


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=4_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--read", action="store_true", help="read only")
    options = parser.parse_args()
    work = _read if options.read else _scored
    print_table(
        f"{options.conversations:,} conversations, median of {options.runs} runs",
        "form | conversations/s | beside JSON Lines, clock | CPU | reach, clock",
        rows(options.conversations, options.runs, work),
    )


def rows(
    count: int, runs: int, work: Callable[[Path], None]
) -> Iterator[Sequence[str]]:
    """Do the same work with the same messages in each form."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "chats.jsonl"
        write_lines(lines, _messages(count))
        files = {"JSON Lines": lines}
        shapes = {"one message a row": _FLAT, "one conversation a row": _NESTED}
        for name, sql in shapes.items():
            files[name] = lines.with_name(f"{name}.parquet")
            duckdb.execute(sql.format(lines, files[name], _COLUMNS))
        for file in files.values():
            work(file)
        took = [
            {name: _timed(work, files[name]) for name in _turned(list(files), run)}
            for run in range(runs)
        ]
        for name in files:
            clock = median(run[name].clock for run in took)
            ratios = [_beside(run["JSON Lines"], run[name]) for run in took]
            by_clock = median(ratio.clock for ratio in ratios)
            by_cpu = median(ratio.cpu for ratio in ratios)
            reach = "" if name == "JSON Lines" else "1.0 ×"
            shown = f"{by_clock:.3f} ×", f"{by_cpu:.3f} ×"
            yield name, f"{count / clock:,.0f}", *shown, reach


def _turned(names: list[str], run: int) -> list[str]:
    """Begin with another at each run: what comes first may be hit by something."""
    first = run % len(names)
    return names[first:] + names[:first]


def _timed(work: Callable[[Path], None], file: Path) -> Times:
    clock, cpu = time.perf_counter(), time.process_time()
    work(file)
    return Times(time.perf_counter() - clock, time.process_time() - cpu)


def _beside(first: Times, second: Times) -> Times:
    return Times(first.clock / second.clock, first.cpu / second.cpu)


def _messages(count: int) -> Iterator[Conversation]:
    """Keep of each conversation what both forms can hold: its messages."""
    for chat in islice(many_chats(count), count):
        said = tuple(one for one in chat.events if isinstance(one, Message))
        bare = tuple(replace(one, media=(), id=None, flow=None) for one in said)
        yield Conversation(
            id=chat.id, channel=chat.channel, language=chat.language, events=bare
        )


def _scored(file: Path) -> None:
    counts = score_files([str(file)], Plan(ReadOptions()), out=f"{file}.scores")
    if counts.rejected:
        raise SystemExit(str(counts))


def _read(file: Path) -> None:
    if any(isinstance(one, Rejected) for one in read(file)):
        msg = f"{file}: not all were read"
        raise SystemExit(msg)


if __name__ == "__main__":
    main()
