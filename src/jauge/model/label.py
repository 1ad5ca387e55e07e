"""Labels and objections: what people say who read a conversation and its score."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

Stars = Literal[1, 2, 3, 4, 5]
STARS: tuple[Stars, ...] = (1, 2, 3, 4, 5)
State = Literal["read", "follow_up", "settled"]
STATES: tuple[State, ...] = ("read", "follow_up", "settled")


class Label(Struct, frozen=True, kw_only=True):
    """How happy a person who read the conversation thinks the customer was at its end.

    `stars` is None for "cannot tell". `content` is the SHA-256 of the version that was
    judged; left empty, it is the one that is kept. `scorer` and `value` are the score
    that the person saw; None where none was shown. `sampled`: drawn at random. Times
    are in UTC.
    """

    stars: Stars | None
    who: str
    at: datetime
    reason: str = ""
    blind: bool = False
    sampled: bool = False
    content: bytes = b""
    scorer: str | None = None
    value: int | None = None


class Objection(Struct, frozen=True, kw_only=True):
    """« Ce point est faux »: a person says that a point is wrong. No score changes.

    `signal`, `event` and `span` name the point, as its contribution does, and `tenths`
    says what it was worth by `scorer`. `number` is given by the store.
    """

    signal: str
    who: str
    at: datetime
    scorer: str
    tenths: int
    event: int | None = None
    span: tuple[int, int] | None = None
    why: str = ""
    content: bytes = b""
    withdrawn_at: datetime | None = None
    number: int = 0


def newest(labels: Iterable[Label]) -> tuple[Label, ...]:
    """Give the labels that count: the last one of each person, in the order given.

    >>> at = datetime(2026, 11, 2)
    >>> told = [Label(stars=stars, who=who, at=at)
    ...         for stars, who in ((1, "ann"), (4, "bob"), (5, "ann"))]
    >>> [(label.who, label.stars) for label in newest(told)]
    [('bob', 4), ('ann', 5)]
    """
    last: dict[str, Label] = {}
    for label in labels:
        last.pop(label.who, None)
        last[label.who] = label
    return tuple(last.values())
