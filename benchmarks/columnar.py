"""How fast Parquet is read and scored, beside the same conversations as JSON Lines.

`python -m benchmarks.columnar`. All are measured in turn, in one run, in this process.
The ratio is of the whole path, from the file to the scores written. Reading is a few
hundredths of it for JSON Lines, so that no reader can be much above 1.0 ×.
"""

from __future__ import annotations

import argparse
import functools
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from msgspec.structs import replace

from benchmarks.chats import many_chats, print_table, write_lines
from benchmarks.speed import medians
from jauge.batch import Plan, score_files
from jauge.model.conversation import Conversation, Message
from jauge.settings import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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
    options = parser.parse_args()
    print_table(
        f"{options.conversations:,} conversations, median of {options.runs} runs, CPU",
        "form | conversations/s | beside JSON Lines | reach",
        rows(options.conversations, options.runs),
    )


def rows(count: int, runs: int) -> Iterator[Sequence[str]]:
    """Score the same messages in each form."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "chats.jsonl"
        write_lines(lines, _messages(count))
        files = {"JSON Lines": lines}
        shapes = {"one message a row": _FLAT, "one conversation a row": _NESTED}
        for name, sql in shapes.items():
            files[name] = lines.with_name(f"{name}.parquet")
            duckdb.execute(sql.format(lines, files[name], _COLUMNS))
        works: dict[str, Callable[[], object]] = {
            name: functools.partial(_scored, file) for name, file in files.items()
        }
        works["JSON Lines"]()
        took = medians(works, runs, _cpu)
        for name, seconds in took.items():
            ratio = took["JSON Lines"] / seconds
            reach = "" if name == "JSON Lines" else "1.0 ×"
            yield name, f"{count / seconds:,.0f}", f"{ratio:.2f} ×", reach


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


def _cpu(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
