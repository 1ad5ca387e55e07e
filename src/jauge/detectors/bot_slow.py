"""Signal: the longest wait of the customer."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import BOT, USER
from jauge.model.signal import Dimension, Signal
from jauge.model.wait import asks, doubt_of, wait_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from jauge.model.turns import Turn
    from jauge.text.reading import Reading


class BotSlow(Struct, frozen=True):
    """Only the longest wait counts: nothing up to `patience`, full at `worn_out`.

    Seconds, from `accuracy-shop.md` section 2: shorter waits have no effect. A
    thank-you waits for nothing, and a campaign message answers nobody. Where times are
    told to the minute, the minute that is not sure does not count.
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
        longest, answer = self.patience, -1
        waiting = reading.said_at("user_waits")
        doubt = doubt_of(reading.events)
        for asked, answered in itertools.pairwise(reading.turns):
            if asked.role is USER and answered.role is BOT:
                wait = _wait(reading, asked, answered, waiting)
                if wait - doubt > longest:
                    longest, answer = wait - doubt, answered.events[0]
        if answer >= 0:
            strength = (longest - self.patience) / (self.worn_out - self.patience)
            yield Signal(
                self.name, answer, wait_in_words(longest), None, min(1.0, strength)
            )


def _wait(
    reading: Reading, asked: Turn, answered: Turn, waiting: AbstractSet[int]
) -> float:
    """Give the seconds from what the customer asked to the answer; 0 when not known."""
    answer = reading.events[answered.events[0]]
    needs = [index for index in asked.events if asks(reading.events[index])]
    if not needs or answer.at is None or answer.flow_type == "campaign":
        return 0.0
    # Who writes "still there?" has been waiting since the question before.
    since = reading.events[needs[-1 if waiting.isdisjoint(needs) else 0]].at
    if since is None or answer.at <= since or needs[-1] in reading.goodbyes:
        return 0.0
    return (answer.at - since).total_seconds()
