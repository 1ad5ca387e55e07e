"""How fast Parquet is read and scored, beside the same conversations as JSON Lines.

`python -m benchmarks.columnar`. All are gone through at once, some conversations of
each in turn, so that a machine that slows down slows all alike; by the clock. Each
ratio is the median of those of the runs, beside the least and the largest. It is of the
whole path, from the file to the scores as JSON: for JSON Lines, reading is a hundredth
of it, so that no reader can be much above 1.0 ×. `--read`: of reading alone. Parquet
needs a second core that is free.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import deque
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import duckdb
import msgspec
from msgspec.structs import replace

import jauge
from benchmarks.chats import many_chats, print_table, write_lines
from jauge.model.conversation import Conversation, Message
from jauge.model.rejected import Rejected
from jauge.pipeline import CHUNK
from jauge.sources import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Work = Callable[[Path], Iterator[object]]

_COLUMNS = """{'id': 'VARCHAR', 'channel': 'VARCHAR', 'language': 'VARCHAR', 'events':
'STRUCT("type" VARCHAR, "role" VARCHAR, "at" TIMESTAMPTZ, "text" VARCHAR, choices
VARCHAR[], intent VARCHAR, confidence DOUBLE, fallback BOOLEAN)[]'}"""
_NESTED = "COPY (FROM read_json('{0}', columns = {2})) TO '{1}'"
_FLAT = """COPY (SELECT id AS conversation_id, channel, language, e.role, e."at",
e."text", e.choices, e.intent, e.confidence, e.fallback FROM (SELECT *,
unnest(events) AS e FROM read_json('{0}', columns = {2}))) TO '{1}'"""


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
        "form | conversations/s | beside JSON Lines | least | largest | reach",
        rows(options.conversations, options.runs, work),
    )


def rows(count: int, runs: int, work: Work) -> Iterator[Sequence[str]]:
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
            deque(work(file), 0)
        took = [
            _in_turn({name: work(file) for name, file in files.items()})
            for _ in range(runs)
        ]
        for name in files:
            seconds = median(run[name] for run in took)
            ratios = sorted(run["JSON Lines"] / run[name] for run in took)
            shown = [f"{one:.3f} ×" for one in (median(ratios), ratios[0], ratios[-1])]
            reach = "" if name == "JSON Lines" else "1.0 ×"
            yield name, f"{count / seconds:,.0f}", *shown, reach


def _in_turn(works: dict[str, Iterator[object]]) -> dict[str, float]:
    """Give the seconds that each took, some items of each at a time."""
    took = dict.fromkeys(works, 0.0)
    # Who comes first reads texts that the others then know: each does as often.
    order = deque(works)
    while works:
        for name in [one for one in order if one in works]:
            started = time.perf_counter()
            got = len(list(islice(works[name], CHUNK)))
            took[name] += time.perf_counter() - started
            if got < CHUNK:
                del works[name]
        order.rotate()
    return took


def _messages(count: int) -> Iterator[Conversation]:
    """Keep of each conversation what both forms can hold: its messages."""
    for chat in islice(many_chats(count), count):
        said = tuple(one for one in chat.events if isinstance(one, Message))
        bare = tuple(replace(one, media=(), id=None, flow=None) for one in said)
        yield Conversation(
            id=chat.id, channel=chat.channel, language=chat.language, events=bare
        )


def _scored(file: Path) -> Iterator[object]:
    return map(msgspec.json.encode, _good(jauge.score_many(read(file))))


def _read(file: Path) -> Iterator[object]:
    return _good(read(file))


def _good(found: Iterable[object]) -> Iterator[object]:
    for one in found:
        if isinstance(one, Rejected):
            raise SystemExit(str(one))
        yield one


if __name__ == "__main__":
    main()
