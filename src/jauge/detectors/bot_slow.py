"""Signal: the longest wait of the customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import Action, Message, Role
from jauge.model.signal import Dimension, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jauge.text.reading import Reading


@dataclass(frozen=True, slots=True)
class BotSlow:
    """Only the longest wait counts: nothing up to `patience`, full at `worn_out`.

    Seconds, from `accuracy-shop.md` section 2: shorter waits have no effect. A thank-you
    waits for nothing, and a campaign message answers nobody.
    """

    patience: float = 10.0
    worn_out: float = 120.0

    name: ClassVar[str] = "bot_slow"
    dimension: ClassVar[Dimension] = Dimension.RESPONSE_TIME
    sign: ClassVar[Literal[-1]] = -1
    needs: ClassVar[frozenset[Need]] = frozenset({"times"})
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words("lent", "La plus longue attente du client."),
        "en": Words("slow", "The customer's longest wait."),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give the answer that came after the longest wait."""
        longest, answer = max(_waits(reading), key=_seconds, default=(0.0, -1))
        strength = min(1.0, (longest - self.patience) / (self.worn_out - self.patience))
        if strength > 0:
            yield Signal(self.name, answer, in_words(longest), None, strength)


def in_words(seconds: float) -> str:
    """Write a wait in the shortest unit that reads well.

    >>> in_words(42.4), in_words(150), in_words(7300)
    ('42 s', '2 min 30 s', '2 h 01 min')
    """
    whole = int(seconds + 0.5)
    if whole < 100:  # noqa: PLR2004
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:  # noqa: PLR2004
        return f"{minutes} min {rest:02} s" if rest else f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60:02} min"


def _seconds(wait: tuple[float, int]) -> float:
    return wait[0]


def _waits(reading: Reading) -> Iterator[tuple[float, int]]:
    """Give each wait in seconds with the message that ended it."""
    waiting = reading.said_at("user_waits")
    closing = reading.said_at("user_thanks", "user_closes")
    for asked, answered in zip(reading.turns, reading.turns[1:], strict=False):
        if asked.role is not Role.USER or answered.role is not Role.BOT:
            continue
        answer = reading.events[answered.events[0]]
        needs = [index for index in asked.events if _asks(reading, index)]
        if not needs or answer.flow_type == "campaign" or needs[-1] in closing:
            continue
        # Who writes "still there?" has been waiting since the question before.
        since = needs[0] if waiting.intersection(needs) else needs[-1]
        start, end = reading.events[since].at, answer.at
        if start is not None and end is not None and end > start:
            yield (end - start).total_seconds(), answered.events[0]


def _asks(reading: Reading, index: int) -> bool:
    event = reading.events[index]
    return isinstance(event, Message) or (
        isinstance(event, Action) and event.action == "quick_reply"
    )
