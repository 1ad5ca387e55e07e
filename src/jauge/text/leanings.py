"""What each message of a conversation leans to, and how its turns stand together.

`steps` works it out from `facts`, step by step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.model.conversation import BOT, USER, Role
from jauge.text.contents import content_of, words_of
from jauge.text.nearness import REACH
from jauge.text.similarity import alike

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jauge.model.turns import Turn
    from jauge.text.reading import Reading
    from jauge.text.tables import TextTables

MISSES, UNREPLIED = "misses", "unreplied"
_ROLES = tuple(Role)


class Leanings:
    """The leanings of the messages of one conversation, by head, then by event.

    Those of a bot's turn stand at its first message. `at_turn` has the highest of each
    turn; `content` has the stems of each turn that carry a need, or meet one. What
    still stands of `before`, those of an earlier reading, is kept: all of the first
    `done` turns, but for the last answer among them.
    """

    # It knows nothing of its reading, which holds it: both go when they are done with,
    # and no collector has to look for them.
    def __init__(
        self, reading: Reading, heads: Iterable[str], before: Leanings | None = None
    ) -> None:
        self.turns = turns = reading.turns
        self.at_event: dict[str, dict[int, int]] = {name: {} for name in heads}
        self.at_turn: dict[str, dict[int, int]] = {name: {} for name in self.at_event}
        known = before.content if before and reading.contents.stand else []
        known = known[: reading.kept]
        rest = [content_of(turn, reading) for turn in turns[len(known) :]]
        self.content: list[frozenset[str]] = known + rest
        kept = before.words[: reading.kept] if before else []
        new = [words_of(turn.messages, reading) for turn in turns[len(kept) :]]
        self.words: list[list[str]] = kept + new
        self.echoing = {reading.turn_at[echo.event] for echo in reading.echoes}
        self._languages, self._trouble = reading.languages, reading.trouble
        self._sides: dict[Role, list[int]] = {role: [] for role in _ROLES}
        for at, turn in enumerate(turns):
            self._sides[turn.role].append(at)
        self._near: list[list[int]] = []
        self._alike: dict[tuple[int, int], int] = {}
        self._again: dict[int, frozenset[str]] = {}
        self.done = self._keep(before) if before else 0

    def _keep(self, before: Leanings) -> int:
        """Keep the leanings of an earlier reading of this conversation; say how far.

        Those of its last turn may have changed, and misses before a last reply. Where
        the same turns are read otherwise now, nothing stands.
        """
        done = min(len(before.turns), len(self.turns)) - 1
        if done <= 0 or before.read_up_to(done) != self.read_up_to(done):
            return 0
        kept = sum([at < done for at in self._sides[USER]])
        self._near = before._near[:kept]
        self._alike = {
            turns: one for turns, one in before._alike.items() if max(turns) < done
        }
        self._again = {at: one for at, one in before._again.items() if at < done}
        for name, leanings in before.at_turn.items():
            last = done - 1 if name == MISSES else 0 if name == UNREPLIED else done
            self.at_turn[name] = {at: one for at, one in leanings.items() if at < last}
            end = self.turns[last].events[0]
            self.at_event[name] = {
                event: one
                for event, one in before.at_event[name].items()
                if event < end
            }
        return done

    def read_up_to(self, end: int) -> tuple[object, ...]:
        """Give all that the leanings of the first turns are made of."""
        return (
            self.turns[:end],
            self._languages[:end],
            self.content[:end],
            {at for at in self._trouble if at < end},
            {at for at in self.echoing if at < end},
        )

    def put(self, head: str, at: int, index: int, leaning: int) -> None:
        """Keep a leaning of the message at event `index` in turn `at`."""
        self.at_event[head][index] = leaning
        highest = self.at_turn[head]
        if at not in highest or highest[at] < leaning:
            highest[at] = leaning

    def turns_of(self, role: Role) -> Iterator[tuple[int, Turn]]:
        """Give the turns of a role, with their indexes, that nothing was kept of."""
        for at in self._sides[role]:
            if at >= self.done:
                yield at, self.turns[at]

    def unjudged(self) -> list[int]:
        """Give the turns of the bot, by index, of which nothing says if they miss."""
        judged = self.at_turn[MISSES]
        return [at for at in self._sides[BOT] if at not in judged]

    def earlier(self, turn: Turn) -> list[int]:
        """Give the last turns of a side before one of its turns."""
        return self._sides[turn.role][max(0, turn.number - REACH) : turn.number]

    def again(self, at: int) -> frozenset[str]:
        """Give the stems of a turn that came in one earlier turn of its side."""
        known = self._again.get(at)
        if known is None:
            mine = self.content[at]
            known = self._again[at] = max(
                [mine & self.content[one] for one in self.earlier(self.turns[at])],
                key=len,
                default=frozenset(),
            )
        return known

    def uncompared(self) -> list[list[str]]:
        """Give the words of the customer's turns to compare, after those before them.

        A turn alone is compared with nothing.
        """
        mine = self._sides[USER]
        if len(self._near) == len(mine):
            return []
        first = max(0, len(self._near) - REACH)
        return [self.words[at] for at in mine[first:]] if len(mine) > 1 else []

    def compared(self, near: Sequence[list[int]]) -> None:
        """Keep how near the turns are that were `uncompared`."""
        known = len(self._near)
        new = near[min(known, REACH) :]
        self._near += [row[:number] for number, row in enumerate(new, known)]

    def near(self, turn: Turn) -> list[int]:
        """Give how near a turn of the customer is to those before it, the last first.

        In thousandths; there are as many as `earlier` gives.
        """
        return self._near[turn.number] if turn.number else []

    def alike(self, at: int, other: int, tables: TextTables) -> int:
        """Give the leaning that two turns of the customer ask for the same thing."""
        known = self._alike.get((at, other))
        if known is None:
            known = alike(self.words[at], self.words[other], tables)
            self._alike[at, other] = known
        return known
