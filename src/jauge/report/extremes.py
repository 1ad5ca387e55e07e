"""Keep the worst and the best of many scored conversations, and drop the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jauge.model.conversation import Conversation
    from jauge.model.score import Score

    Scored = tuple[Conversation, Score]

_SLACK = 4


class Extremes:
    """The `most` worst and the `most` best of what was taken; memory does not grow."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.taken = 0
        self._low: list[tuple[Scored, int]] = []
        self._high: list[tuple[Scored, int]] = []

    def take(self, conversation: Conversation, score: Score) -> None:
        """Take one; it is kept while it is among the extremes."""
        entry = ((conversation, score), self.taken)
        self.taken += 1
        for kept, key in ((self._low, _rising), (self._high, _falling)):
            kept.append(entry)
            if len(kept) > _SLACK * (self.most + 1):
                kept.sort(key=key)
                del kept[self.most :]

    def rising(self) -> tuple[list[Scored], int]:
        """Give what is kept, worst first; and how many of them are of the low end."""
        low = sorted(self._low, key=_rising)[: self.most]
        held = {number for _, number in low}
        high = [
            entry
            for entry in sorted(self._high, key=_falling)[: self.most]
            if entry[1] not in held
        ]
        shown = [*low, *sorted(high, key=_rising)]
        return [scored for scored, _ in shown], len(low)


def _rising(entry: tuple[Scored, int]) -> tuple[int, int, int]:
    (_, score), number = entry
    return score.value or 0, score.logit or 0, number


def _falling(entry: tuple[Scored, int]) -> tuple[int, int, int]:
    value, logit, number = _rising(entry)
    return -value, -logit, -number
