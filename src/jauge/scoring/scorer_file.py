"""The file of a scorer: name, version, base, weights with their reasons, ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from jauge.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

LogOdds = Annotated[float, Meta(ge=0, le=100)]


class WeightRow(Struct, frozen=True, forbid_unknown_fields=True):
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
    """All of a scorer that is not code or word list."""

    name: str
    version: str
    base: Annotated[int, Meta(ge=1, le=99)]
    judge: Literal["reader", "customer"]
    signals: dict[str, WeightRow]
    ranges: tuple[RangeRow, ...]


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
