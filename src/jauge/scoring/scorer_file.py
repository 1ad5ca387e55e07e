"""The file of a scorer: name, version, base, weights with their reasons, ranges."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from jauge.errors import UsageError
from jauge.scoring.card import Card

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

LogOdds = Annotated[float, Meta(ge=0, le=100)]
# A stem, and how far it raises or lowers a turn, in thousandths of a full hit.
Stem = Annotated[str, Meta(pattern=r"^[a-z]{2,64}\Z")]
Thousandths = Annotated[int, Meta(ge=-100_000, le=100_000)]


class WeightRow(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The weight of a signal without its sign, which the detector has."""

    reason: str
    rate: LogOdds = 0.0
    end: LogOdds = 0.0
    fact: LogOdds = 0.0
    mean: Annotated[float, Meta(ge=-100, le=100)] = 0.0


class RangeRow(Struct, frozen=True, forbid_unknown_fields=True):
    """How far the range reaches below and above values up to `value`, in points.

    Counts for conversations of up to `turns` customer turns.
    """

    turns: int
    value: int
    below: Annotated[int, Meta(ge=0, le=100)]
    above: Annotated[int, Meta(ge=0, le=100)]


class ScorerFile(Struct, frozen=True, forbid_unknown_fields=True):
    """All of a scorer that is not code or shipped word list.

    `own_words` has what was learnt of single words, by who says them.
    """

    name: str
    version: str
    base: Annotated[int, Meta(ge=1, le=99)]
    judge: Literal["reader", "customer"]
    signals: dict[str, WeightRow]
    ranges: tuple[RangeRow, ...]
    card: Card | None = None
    own_words: dict[Literal["user", "bot"], dict[Stem, Thousandths]] = {}


def read_scorer_file(path: Path) -> tuple[ScorerFile, bytes]:
    """Read a scorer file; give it with its bytes, which are part of the scorer's hash.

    Raises:
        UsageError: it is missing, or not a scorer file.
    """
    try:
        source = path.read_bytes()
    except OSError as error:
        msg = f"{path}: no such scorer. Use `default`, or the path of a scorer file."
        raise UsageError(msg) from error
    try:
        return msgspec.toml.decode(source, type=ScorerFile), source
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        msg = f"{path}: not a scorer file: {error}."
        raise UsageError(msg) from error


def written(file: ScorerFile, comments: Iterable[str] = ()) -> str:
    """Write a scorer file for people to read: what is read back is the same."""
    fields: dict[str, object] = msgspec.to_builtins(file)
    names = ("card", "signals", "ranges", "own_words")
    parts = {name: fields.pop(name) for name in names}
    lines = [*(f"# {comment}" for comment in comments), *_table((), fields)]
    for name, part in parts.items():
        if name == "ranges":
            for row in file.ranges:
                lines += ["", "[[ranges]]", *_pairs(msgspec.to_builtins(row))]
        elif isinstance(part, dict) and (part or name != "own_words"):
            lines += _table((name,), part)
    return "\n".join(lines) + "\n"


def _table(names: tuple[str, ...], fields: Mapping[str, object]) -> Iterator[str]:
    """Write what has no fields of its own, then each that has, as a table."""
    inside = {name: one for name, one in fields.items() if isinstance(one, dict)}
    plain = {name: one for name, one in fields.items() if name not in inside}
    if names and (plain or not inside):
        yield ""
        yield f"[{'.'.join(map(_key, names))}]"
    yield from _pairs(plain)
    for name, one in inside.items():
        yield from _table((*names, name), one)


def _pairs(fields: Mapping[str, object]) -> Iterator[str]:
    for name, value in fields.items():
        if isinstance(value, list | tuple):
            yield f"{_key(name)} = ["
            yield from (f"  {_value(one)}," for one in value)
            yield "]"
        elif value is not None:
            yield f"{_key(name)} = {_value(value)}"


def _key(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else _value(name)


def _value(value: object) -> str:
    # JSON writes text and numbers as TOML reads them, but for one control character.
    import json

    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


_PLAIN = re.compile(r"[A-Za-z0-9_-]+")
