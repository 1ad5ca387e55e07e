"""Texts made to be slow, and how the time of some work grows with their length."""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import re
import time
from random import Random
from typing import TYPE_CHECKING, AnyStr, NamedTuple, TypeAlias

import jauge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Short ones first, in small steps: an exponential never comes back from a long one.
_SIZES = (16, 20, 24, 28)
_LEAST_SECONDS = 0.02
_MOST_GROWTH = 3
_COMMON = (
    "a",
    "a ",
    " ",
    "1",
    "\n",
    '"',
    "'",
    "(",
    "[",
    "{",
    ".",
    "-",
    "\\",
    "é",
    "😡",
)
_TOKEN = re.compile(r'"\w+"|[A-Za-z]{2,}|.', re.DOTALL)
AnyPattern: TypeAlias = "re.Pattern[str] | re.Pattern[bytes]"
_TAILS = ("", "!", "b")


class Shape(NamedTuple):
    """A text as long as asked for: a start, one or two things repeated, an end."""

    start: str = ""
    first: str = "a"
    second: str = ""
    end: str = ""

    def text(self, size: int) -> str:
        """Write the shape out in about `size` characters."""
        if not self.second:
            return self.start + self.first * (size // len(self.first)) + self.end
        half = size // 2
        first = self.first * (half // len(self.first))
        return self.start + first + self.second * (half // len(self.second)) + self.end

    def __str__(self) -> str:
        """Show the shape as an expression."""
        repeated = [f"{part!r} * n" for part in (self.first, self.second) if part]
        ends = [repr(part) if part else "" for part in (self.start, self.end)]
        return " + ".join(filter(None, (ends[0], *repeated, ends[1])))


class Growth(NamedTuple):
    """How long work takes at the last size tried, and beside the size before."""

    size: int
    seconds: float
    factor: float

    @property
    def is_linear(self) -> bool:
        """Whether twice the length took less than three times as long."""
        return self.seconds < _LEAST_SECONDS or self.factor < _MOST_GROWTH


def patterns() -> dict[str, AnyPattern]:
    """Find every regular expression at the top of a module of jauge, by its place."""
    found = {}
    for info in pkgutil.walk_packages(jauge.__path__, "jauge."):
        if not info.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(info.name)).items():
                if isinstance(value, re.Pattern):
                    found[f"{info.name}.{name}"] = value
    return found


def shapes_for(source: str = "", *, drawn: int = 40) -> Iterator[Shape]:
    """Make shapes of what is often slow, and of pieces of an expression."""
    pieces = tuple(dict.fromkeys((*_COMMON, *_TOKEN.findall(source))))
    for piece, end in itertools.product(pieces, _TAILS):
        yield Shape(first=piece, end=end)
    yield Shape("{", '"events"', "}", "x")
    random = Random(source)
    for _ in range(drawn):
        start, first, second = random.choices(pieces, k=3)
        yield Shape(random.choice((start, "")), first, second, random.choice(_TAILS))


def search_all(pattern: AnyPattern, text: str) -> None:
    """Find all matches, and try the whole text, with an expression of either kind."""
    if isinstance(pattern.pattern, bytes):
        _use(pattern, text.encode())
    else:
        _use(pattern, text)


def _use(pattern: re.Pattern[AnyStr], text: AnyStr) -> None:
    pattern.fullmatch(text)
    for _ in pattern.finditer(text):
        pass


def growth(work: Callable[[str], object], shape: Shape, most: int) -> Growth:
    """Time work on ever longer texts, up to `most` or to where it gets out of hand."""
    grown = Growth(0, 0.0, 1.0)
    sizes = (*_SIZES, *_doubled(_SIZES[-1] * 2, most))
    for size in sizes:
        seconds = _timed(work, shape.text(size))
        if seconds >= _LEAST_SECONDS:
            # A busy moment is not the work's fault: what grows too fast does so twice.
            grown = _grown(work, shape, size)
            if not grown.is_linear:
                grown = _grown(work, shape, size)
            if not grown.is_linear:
                return grown
        else:
            grown = Growth(size, seconds, 1.0)
    return grown


def _grown(work: Callable[[str], object], shape: Shape, size: int) -> Growth:
    """Time work on a text and on one of half its size, each at its best of three."""
    before = min(_timed(work, shape.text(size // 2)) for _ in range(3))
    seconds = min(_timed(work, shape.text(size)) for _ in range(3))
    return Growth(size, seconds, seconds / max(before, 1e-9))


def _doubled(size: int, most: int) -> Iterator[int]:
    while size < most:
        yield size
        size *= 2
    yield most


def _timed(work: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    work(text)
    return time.process_time() - started
