"""A signal: something noticed at one event, with what shows it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Dimension(StrEnum):
    """The five dimensions, in the order they are shown."""

    ENGAGEMENT = "engagement"
    SENTIMENT = "sentiment"
    UNDERSTANDING = "understanding"
    EASE = "ease"
    RESPONSE_TIME = "response_time"


class Signal(Struct, frozen=True, gc=False):
    """Something noticed at one event, with the words, action or wait that show it.

    `event` indexes the conversation's events; None speaks of the whole conversation.
    `span` is `[start, end)` in code points of the event's text, where words show it:
    `text[start:end] == evidence`. `strength` is in (0, 1], or in
    [-1, 0) where a signal of either sign lowers.
    """

    name: str
    event: int | None
    evidence: str
    span: tuple[int, int] | None = None
    strength: float = 1.0
