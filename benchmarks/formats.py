"""How fast each shape of a platform is read and scored, beside our own format.

`python -m benchmarks.formats`. The same conversations in each shape, in turn; CPU time.
As in real files, the bot says the same again and again, and people do not: their words
differ from one conversation to the next, and nothing is remembered of the run before.
The ratio is of conversations per second of the whole path, from the file to the score;
it says nothing of reading alone. A conversation without a score costs less, so the
ratio flatters a shape with many of them. With `--alike`, four conversations are
repeated: scoring costs least, and the share of reading is as large as it can be.
"""

from __future__ import annotations

import argparse
import functools
import tempfile
import time
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import jauge
from benchmarks.chats import print_table, sample_chats, varied, words_of
from benchmarks.speed import forget_texts, medians
from jauge.model.conversation import encode_conversation
from jauge.scorers import build_scorer
from jauge.sources import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_CONVERSATIONS = 2_000
_RUNS = 3
_BY_PEOPLE = frozenset({"user", "agent", "rating"})


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--alike", action="store_true", help="repeat four conversations"
    )
    alike = parser.parse_args().alike
    which = "four, repeated" if alike else "no two alike"
    with tempfile.TemporaryDirectory() as folder:
        print_table(
            f"{_CONVERSATIONS:,} conversations ({which}) read and scored, "
            f"median of {_RUNS} runs",
            "shape | conversations/s | beside jsonl | reach",
            rows(Path(folder), alike=alike),
        )


def rows(folder: Path, *, alike: bool) -> Iterator[Sequence[str]]:
    """Write each shape to a file, and measure them in turn."""
    told: Any = import_module("tests.formats.scenarios")
    shapes: Any = import_module("tests.formats.shapes_found").SHAPES
    chats = list(_chats(told.SCENARIOS, alike=alike))
    ours = [encode_conversation(told.expected(one, told.ALL)) for one in chats]
    files = {"jsonl": b"\n".join(ours)}
    files |= {shape.name: shape.render(chats) for shape in shapes}
    works: dict[str, Callable[[], object]] = {}
    for name, data in files.items():
        path = folder / name.replace(" ", "_")
        path.write_bytes(data)
        works[name] = functools.partial(_scored, path)
    _scored(folder / "jsonl")
    took = medians(works, _RUNS, _cpu if alike else _cpu_of_new)
    for name, seconds in took.items():
        ratio = took["jsonl"] / seconds
        yield name, f"{_CONVERSATIONS / seconds:,.0f}", f"{ratio:.2f} ×", "0.5 ×"


def _chats(scenarios: Sequence[Any], *, alike: bool) -> Iterator[Any]:
    """Repeat scenarios, with other words of people each time unless all are alike."""
    random, words = Random(1), words_of(sample_chats())
    for number in range(_CONVERSATIONS):
        one = scenarios[number % len(scenarios)]
        other = functools.partial(varied, words=words[one.language], random=random)
        steps = one.steps
        if not alike:
            steps = tuple(
                step._replace(text=other(step.text))
                if step.kind in _BY_PEOPLE
                else step
                for step in steps
            )
        start = one.start + timedelta(minutes=number)
        yield one._replace(id=str(100_000 + number), start=start, steps=steps)


def _scored(path: Path) -> None:
    for _ in jauge.score_many(read(path), scorer=build_scorer()):
        pass


def _cpu_of_new(work: Callable[[], object]) -> float:
    """Time something as if no text had been seen before."""
    forget_texts()
    return _cpu(work)


def _cpu(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
