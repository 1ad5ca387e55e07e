"""What becomes of hostile input, and how long it takes.

`python -m benchmarks.hostile`. Every file is scored by the program in a process of its
own, with an ordinary conversation beside: that one must always come out.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from benchmarks.chats import JAUGE, print_table
from benchmarks.worst_cases import growth, patterns, search_all, shapes_for
from jauge.scorers import build_scorer
from jauge.testing import conversation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from benchmarks.worst_cases import AnyPattern, Growth, Shape

_PATIENCE_SECONDS = 60
_ORDINARY = (
    '{"id":"ordinary","events":['
    '{"type":"message","role":"user","text":"where is my parcel?"},'
    '{"type":"message","role":"bot","text":"It arrives today."}]}'
)
_ORDINARY_ROWS = (
    "id,role,text,at\n"
    "ordinary,user,where is my parcel?,\n"
    "ordinary,bot,It arrives today.,\n"
)


# What stands before and after what is hostile.
_BESIDE = {
    ".jsonl": ("", f"\n{_ORDINARY}\n"),
    ".json": ("", f"\n{_ORDINARY}]\n"),
    ".csv": (_ORDINARY_ROWS, ""),
}


class _Score(msgspec.Struct):
    conversation_id: str
    reason: str | None


class _Refused(msgspec.Struct):
    reason: str


class Case(NamedTuple):
    """A file with something hostile in it."""

    name: str
    data: str | bytes
    suffix: str = ".jsonl"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="texts of 25 KB, not 100")
    size = 25_000 if parser.parse_args().quick else 100_000
    print_table(
        "Hostile files",
        "file | size, MB | what came out | s | beside an ordinary file",
        file_rows(),
    )
    print_table(
        f"A message of {size:,} characters, read and scored: the worst of many shapes",
        "who | shape | ms | beside half the length | linear",
        message_rows(size),
    )
    print_table(
        f"Every regular expression on {size:,} characters: the worst of many shapes",
        "expression | shape | ms | beside half the length | linear",
        pattern_rows(size),
    )


def cases() -> Iterator[Case]:
    """Make the files."""
    yield Case("an ordinary one", "")
    yield Case("100,000 messages", _record(events=_talk(50_000)))
    yield Case("210,000 messages", _record(events=_talk(105_000)))
    yield Case("one message of 10 MB", _said("où est mon colis ? " * 550_000))
    yield Case("one word of 10 MB", _said("a" * 10_000_000 + "b"))
    yield Case("one message of 10 MB of emoji", _said("😡🤬" * 1_250_000))
    yield Case("one message of 70 MB", _said("a " * 35_000_000))
    yield Case("10,000 emoji, 10,000 quotes", _said("😡" * 10_000 + "\\" * 20_000))
    deep = "[" * 10_000 + "]" * 10_000
    yield Case("10,000 levels, in metadata", _record(metadata=deep))
    yield Case("10,000 levels, in an unknown field", _record(unknown=deep))
    yield Case("10,000 levels, never closed", '{"id":' + "[" * 10_000)
    yield Case("10,000 levels, one JSON array", f"[{_record(unknown=deep)},", ".json")
    yield Case("confidence NaN", _bot("confidence", "NaN"))
    yield Case("confidence 1e999", _bot("confidence", "1e999"))
    yield Case("half a character, escaped", _said("\\ud83d"))
    halved = _said("X").encode().replace(b"X", b"\xed\xa0\x80")
    yield Case("half a character, in bytes", halved)
    number = "9" * 5_000
    rating = f'[{{"type":"rating","value":{number}}}]'
    yield Case("a rating of 5,000 digits", _record(events=rating))
    yield Case("a confidence of 5,000 digits", _bot("confidence", f"0.{number}"))
    yield Case("5,000 digits, in metadata", _record(metadata=f'{{"n":{number}}}'))
    yield from tables()


def tables() -> Iterator[Case]:
    """Make the tables."""
    many = "c,user,hello,\nc,bot,hi,\n" * 50_000
    yield Case("100,000 rows of one conversation", many, ".csv")
    yield Case("a cell of 10 MB", f"c,user,{'é ' * 3_333_333},\n", ".csv")
    yield Case("a time of 100 KB", f"c,user,hi,1{' ' * 100_000}1\n", ".csv")
    open_quote = 'c,user,"hi,\n' + "c,bot,hi,\n" * 100_000
    yield Case("a quote never closed", open_quote, ".csv")
    yield Case("NUL bytes", f"c,user,{chr(0) * 10_000},\n", ".csv")


def _record(**fields: str) -> str:
    fields = {"id": '"hostile"', "events": "[]"} | fields
    return "{" + ",".join(f'"{name}":{value}' for name, value in fields.items()) + "}"


def _message(role: str, text: str, more: str = "") -> str:
    return f'{{"type":"message","role":"{role}","text":"{text}"{more}}}'


def _said(text: str) -> str:
    said = [_message("user", text), _message("bot", "ok")]
    return _record(events=f"[{','.join(said)}]")


def _bot(field: str, value: str) -> str:
    said = [_message("user", "hi"), _message("bot", "ok", f',"{field}":{value}')]
    return _record(events=f"[{','.join(said)}]")


def _talk(pairs: int) -> str:
    said = (
        _message("user", f"merci {n}") + "," + _message("bot", f"pardon, quoi {n} ?")
        for n in range(pairs)
    )
    return f"[{','.join(said)}]"


def file_rows() -> Iterator[Sequence[str]]:
    """Score each file by the program."""
    ordinary = 0.0
    for case in cases():
        data = case.data if isinstance(case.data, bytes) else case.data.encode()
        came_out, seconds = _score(data, case.suffix)
        ordinary = ordinary or seconds
        size = f"{len(data) / 1e6:.2f}"
        yield case.name, size, came_out, f"{seconds:.1f}", f"{seconds / ordinary:.1f} ×"


def _score(data: bytes, suffix: str) -> tuple[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"hostile{suffix}")
        before, after = _BESIDE[suffix]
        path.write_bytes(before.encode() + data + after.encode())
        command = [*JAUGE, "score", str(path), "--rejected", "no", "-o", "scores"]
        started = time.perf_counter()
        try:
            done = subprocess.run(
                command,
                check=False,
                cwd=folder,
                capture_output=True,
                timeout=_PATIENCE_SECONDS,
            )
        except subprocess.TimeoutExpired:
            return "**HANGS**", float(_PATIENCE_SECONDS)
        seconds = time.perf_counter() - started
        if done.returncode:
            said = done.stderr[-200:].decode()
            return f"**STATUS {done.returncode}** {said!r}", seconds
        return _came_out(Path(folder)), seconds


def _came_out(folder: Path) -> str:
    scores = folder.joinpath("scores").read_bytes().splitlines()
    refused = folder.joinpath("no").read_bytes().splitlines()
    made = [msgspec.json.decode(line, type=_Score) for line in scores]
    found = [
        f"refused: {msgspec.json.decode(line, type=_Refused).reason[:90]}"
        for line in refused[:1]
    ]
    found += [
        "scored" if one.reason is None else f"not scored: {one.reason}"
        for one in made
        if one.conversation_id != "ordinary"
    ]
    if "ordinary" not in {one.conversation_id for one in made}:
        found.append("**THE ORDINARY ONE IS LOST**")
    return "; ".join(found) or "scored"


def message_rows(size: int) -> Iterator[Sequence[str]]:
    """Score messages of each shape, by the customer and by the bot."""
    scorer = build_scorer()
    scorer.prepare()
    shapes = list(shapes_for("mercn't\n>--", drawn=0))
    for role in ("user", "bot"):

        def score(text: str, role: str = role) -> None:
            # A copy has a reader of its own, which has not read this text yet.
            chat = conversation("user: hi", {role: text}, f"{role}: ok")
            replace(scorer).score(chat)

        yield role, *_worst(score, shapes, size)


def pattern_rows(size: int) -> Iterator[Sequence[str]]:
    """Search with each expression."""
    for place, pattern in patterns().items():
        source = pattern.pattern
        text = source if isinstance(source, str) else source.decode("latin-1")

        def search(text: str, pattern: AnyPattern = pattern) -> None:
            search_all(pattern, text)

        yield f"`{place}`", *_worst(search, list(shapes_for(text)), size)


def _worst(
    work: Callable[[str], object], shapes: Sequence[Shape], size: int
) -> tuple[str, ...]:
    grown: Mapping[Shape, Growth] = {
        shape: growth(work, shape, size) for shape in shapes
    }
    # One that got out of hand was not tried at full length: it comes before all others.
    shape, found = max(
        grown.items(), key=lambda item: (not item[1].is_linear, item[1].seconds)
    )
    factor = f"{found.factor:.1f} ×" if found.factor != 1 else ""
    linear = "yes" if found.is_linear else f"**NO**, at {found.size:,}"
    return (
        f"`{shape}`".replace("|", "\\|"),
        f"{found.seconds * 1e3:.0f}",
        factor,
        linear,
    )


if __name__ == "__main__":
    main()
