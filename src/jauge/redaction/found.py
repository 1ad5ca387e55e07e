"""What was found in a text: of which kind, and where."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator


class Kind(StrEnum):
    """A kind of personal data."""

    EMAIL = "email"
    IBAN = "iban"
    NIR = "nir"
    CARD = "card"
    PHONE = "phone"
    REFERENCE = "reference"
    NAME = "name"


class Found(NamedTuple):
    """Personal data in a text, from `start` to before `end`."""

    kind: Kind
    start: int
    end: int


def accept_all(_: re.Match[str]) -> bool:
    """Accept whatever has the shape."""
    return True


def matches(
    pattern: re.Pattern[str],
    text: str,
    kind: Kind,
    is_accepted: Callable[[re.Match[str]], bool] = accept_all,
) -> Iterator[Found]:
    """Find what has a shape and is accepted; a pattern may name its part `it`."""
    part = "it" if "it" in pattern.groupindex else 0
    at = 0
    while match := pattern.search(text, at):
        start, end = match.span(part)
        if end - start > 1 and is_accepted(match):
            yield Found(kind, start, end)
            at = max(end, match.start() + 1)
        else:
            # Another may begin inside what was refused.
            at = match.start() + 1


def merged(taken: list[Found], others: Iterable[Found]) -> list[Found]:
    """Add what overlaps nothing taken; both are in their order, and so is the result.

    >>> merged([Found(Kind.CARD, 3, 9)],
    ...        [Found(Kind.PHONE, 0, 3), Found(Kind.PHONE, 8, 12)])
    [Found(kind=<Kind.PHONE: 'phone'>, start=0, end=3),
     Found(kind=<Kind.CARD: 'card'>, start=3, end=9)]
    """
    result: list[Found] = []
    waiting = 0
    for other in others:
        while waiting < len(taken) and taken[waiting].end <= other.start:
            result.append(taken[waiting])
            waiting += 1
        is_free = waiting == len(taken) or other.end <= taken[waiting].start
        if is_free and (not result or result[-1].end <= other.start):
            result.append(other)
    return result + taken[waiting:]
