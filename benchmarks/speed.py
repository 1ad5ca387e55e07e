"""How fast jauge is, beside vaderSentiment, itself, and the imports of other packages.

`python -m benchmarks.speed`. Every ratio is of two things measured in turn in this run:
the machine is another one tomorrow. CPU time, but for `--jobs`, which is on the clock.
"""

from __future__ import annotations

import argparse
import functools
import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from benchmarks.chats import (
    JAUGE,
    many_chats,
    print_table,
    real_chats,
    sample_chats,
    texts_of,
    write_lines,
)
from jauge.importers import native
from jauge.importers.protocol import Record
from jauge.model.conversation import Conversation, encode_conversation
from jauge.pipeline import CHUNK
from jauge.report.export import json_line
from jauge.scorers import build_scorer
from jauge.text.vectors import load_vectors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from jauge.scorer import Scorer

_ONE_CHAT = (
    "import jauge; jauge.score(jauge.Conversation.of([('user', 'Where is my parcel?'),"
    " ('bot', 'Sorry, I did not understand.'), ('user', 'thanks anyway')]))"
)
_IMPORTS = "import msgspec, numpy, rapidfuzz"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and smaller runs")
    parser.add_argument(
        "--conversations", type=int, help="for --jobs: 20,000, quick 4,000"
    )
    options = parser.parse_args()
    quick = options.quick
    count = options.conversations or (4_000 if quick else 20_000)
    print_table(
        f"The whole path on one core, median of {_runs(quick, 7)} runs",
        "texts | jauge, messages/s | vaderSentiment, messages/s | ratio | reach",
        path_rows(_runs(quick, 7)),
    )
    print_table(
        f"`jauge score` of {count:,} conversations, median of {_runs(quick, 3)} runs",
        "one job, s | two jobs, s | ratio | reach",
        jobs_rows(count, _runs(quick, 3)),
    )
    print_table(
        f"Start-up, CPU, median of {_runs(quick, 21)} runs",
        "command | ms | beside | ms | ratio | reach",
        start_rows(_runs(quick, 21)),
    )


def _runs(quick: bool, full: int) -> int:  # noqa: FBT001 - one option, passed on
    return max(1, full // 3) if quick else full


def path_rows(runs: int) -> Iterator[Sequence[str]]:
    """Measure decode, score and encode beside the polarity of the same texts."""
    scorer = build_scorer()
    started = time.process_time()
    scorer.prepare()
    compiled = time.process_time() - started
    vader = SentimentIntensityAnalyzer()
    for name, found in (("samples", sample_chats()), ("all", real_chats())):
        # What gets no score costs nothing: it must not make us look fast.
        chats = [chat for chat in found if scorer.score(chat).status == "scored"]
        texts = texts_of(chats)
        lines = [encode_conversation(chat) for chat in chats]
        took = medians(
            {
                "jauge": functools.partial(_whole_path, scorer, lines),
                "vader": lambda texts=texts: [vader.polarity_scores(t) for t in texts],  # type: ignore[misc]
            },
            runs,
            _cpu,
        )
        ours, theirs = (len(texts) / took[which] for which in ("jauge", "vader"))
        yield (
            f"{name}: {len(texts)}, of them {len(set(texts))} different",
            f"{ours:,.0f}",
            f"{theirs:,.0f}",
            f"{ours / theirs:.2f} ×",
            "1.0 ×, aim 2",
        )
    yield f"compiling the phrases, once: {compiled * 1e3:.0f} ms", "", "", "", ""


def _whole_path(scorer: Scorer, lines: Sequence[bytes]) -> None:
    """Score with nothing remembered of earlier texts but the tables, once loaded."""
    fresh = replace(scorer)
    forget_texts()
    for start in range(0, len(lines), CHUNK):
        records = [Record(line, "-", 1) for line in lines[start : start + CHUNK]]
        made = [native.decode(record) for record in records]
        chats = [chat for chat in made if isinstance(chat, Conversation)]
        for score in fresh.score_all(chats):
            json_line(score)


def forget_texts() -> None:
    """Forget what is remembered of earlier texts, but not the tables, once loaded."""
    for module, held in list(sys.modules.items()):
        if module.startswith(("jauge.text.", "jauge.scoring.")):
            for name, known in vars(held).items():
                if hasattr(known, "cache_clear") and not name.startswith("load_"):
                    known.cache_clear()
    load_vectors().forget()


def _cpu(work: Callable[[], object]) -> float:
    gc.collect()
    started = time.process_time()
    work()
    return time.process_time() - started


def medians(
    works: Mapping[str, Callable[[], object]],
    runs: int,
    clock: Callable[[Callable[[], object]], float],
) -> dict[str, float]:
    """Time several things in turn, so that a busy moment hits them alike."""
    took: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name, work in works.items():
            took[name].append(clock(work))
    return {name: median(times) for name, times in took.items()}


def jobs_rows(count: int, runs: int) -> Iterator[Sequence[str]]:
    """Measure the program with one job and with two, on the clock."""
    with tempfile.TemporaryDirectory() as folder:
        chats = Path(folder, "chats.jsonl")
        write_lines(chats, many_chats(count))
        command = [*JAUGE, "score", str(chats), "-o", f"{folder}/scores.jsonl"]
        works = {
            jobs: functools.partial(_run, [*command, "--jobs", jobs], folder)
            for jobs in ("1", "2")
        }
        took = medians(works, runs, _clock)
    ratio = f"{took['1'] / took['2']:.2f} ×"
    yield f"{took['1']:.1f}", f"{took['2']:.1f}", ratio, "1.7 ×"


def _clock(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _run(command: Sequence[str], folder: str) -> None:
    # As installed: modules compiled once stay so, whatever this shell says of it.
    kept = {
        name: value
        for name, value in os.environ.items()
        if name != "PYTHONDONTWRITEBYTECODE"
    }
    subprocess.run(command, check=True, cwd=folder, capture_output=True, env=kept)


def start_rows(runs: int) -> Iterator[Sequence[str]]:
    """Measure what a process costs from its start to its end."""
    python = [sys.executable, "-c"]
    with tempfile.TemporaryDirectory() as folder:
        write_lines(Path(folder, "one.jsonl"), many_chats(1))
        program = str(Path(sys.executable).with_name("jauge"))
        commands = {
            "`jauge --version`": [program, "--version"],
            "`import typer`": [*python, "import typer"],
            "`jauge score` of one conversation": [program, "score", "one.jsonl"],
            "`jauge.score` of one conversation": [*python, _ONE_CHAT],
            f"`{_IMPORTS}`": [*python, _IMPORTS],
        }  # fmt: skip
        works = {
            name: functools.partial(_run, command, folder)
            for name, command in commands.items()
        }
        for compile_modules in works.values():
            compile_modules()
        took = medians(works, runs, children_cpu)
    version, typer, *scores, imports = took
    compared = [(version, typer, "≤ 1.5 ×"), *((s, imports, "≤ 2 ×") for s in scores)]
    for ours, theirs, reach in compared:
        mine, other = took[ours] * 1e3, took[theirs] * 1e3
        yield (
            ours,
            f"{mine:.0f}",
            theirs,
            f"{other:.0f}",
            f"{mine / other:.2f} ×",
            reach,
        )


def children_cpu(work: Callable[[], object]) -> float:
    """Give the CPU time of the processes that are started and end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
