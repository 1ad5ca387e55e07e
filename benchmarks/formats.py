"""How fast each shape of a platform is read and scored, beside our own format.

`python -m benchmarks.formats`. The same conversations in each shape, in turn; CPU time.
"""

from __future__ import annotations

import functools
import tempfile
import time
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jauge
from benchmarks.chats import print_table
from benchmarks.speed import medians
from jauge.model.conversation import encode_conversation
from jauge.sources import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_CONVERSATIONS = 2_000
_RUNS = 3


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        print_table(
            f"{_CONVERSATIONS:,} conversations read and scored, median of {_RUNS} runs",
            "shape | conversations/s | beside jsonl | reach",
            rows(Path(folder)),
        )


def rows(folder: Path) -> Iterator[Sequence[str]]:
    """Write each shape to a file, and measure them in turn."""
    told: Any = import_module("tests.formats.scenarios")
    shapes: Any = import_module("tests.formats.shapes_found").SHAPES
    known = len(told.SCENARIOS)
    chats = [
        one._replace(
            id=str(100_000 + number), start=one.start + timedelta(minutes=number)
        )
        for number in range(_CONVERSATIONS)
        for one in [told.SCENARIOS[number % known]]
    ]
    ours = [encode_conversation(told.expected(one, told.ALL)) for one in chats]
    files = {"jsonl": b"\n".join(ours)}
    files |= {shape.name: shape.render(chats) for shape in shapes}
    works: dict[str, Callable[[], object]] = {}
    for name, data in files.items():
        path = folder / name.replace(" ", "_")
        path.write_bytes(data)
        works[name] = functools.partial(_scored, path)
    _scored(folder / "jsonl")
    took = medians(works, _RUNS, _cpu)
    for name, seconds in took.items():
        ratio = took["jsonl"] / seconds
        yield name, f"{_CONVERSATIONS / seconds:,.0f}", f"{ratio:.2f} ×", "0.5 ×"


def _scored(path: Path) -> None:
    for _ in jauge.score_many(read(path)):
        pass


def _cpu(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
