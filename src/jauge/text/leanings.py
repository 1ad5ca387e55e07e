"""What each message leans to: the facts that the linear heads weigh, step by step.

First the bot's turns by their words (`beside`: reads like an answer beside the
question); then the customer's messages, whose facts tell how the answer before them
reads; then the bot's turns once more, with its flags and with what the customer made of
them (`misses`; `unreplied` while an open conversation waits). A turn of the bot is one
whole, in however many bubbles it comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.model.conversation import Role
from jauge.text.contents import content_of, facts_of, strengths_in, words_of
from jauge.text.heads import FULL
from jauge.text.nearness import nearness, vectors_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jauge.model.conversation import Message
    from jauge.model.turns import Turn
    from jauge.text.heads import Heads
    from jauge.text.reading import Reading

Facts = dict[str, int]
BESIDE, MISSES, UNREPLIED = "beside", "misses", "unreplied"
# How far back a turn may come back to what its side said.
_REACH = 6
# Below this confidence an engine is unsure of the intent.
_SURE = 0.7
_MOST = 3 * FULL


class Leanings:
    """The leanings of the messages of one conversation, by head, then by event.

    Those of a bot's turn stand at its first message. `at_turn` has the highest of each
    turn. Training fills them in by itself, to see the facts of a step with the leanings
    of the steps before.
    """

    def __init__(self, reading: Reading, heads: Heads) -> None:
        self.reading = reading
        self.heads = heads
        self.at_event: dict[str, dict[int, int]] = {name: {} for name in heads.heads}
        self.at_turn: dict[str, dict[int, int]] = {name: {} for name in heads.heads}
        turns = reading.turns
        self._lists = strengths_in(reading)
        self._content = [content_of(turn, reading) for turn in turns]
        self.words = [words_of(turn.messages, reading) for turn in turns]
        self._echoing = {reading.turn_at[echo.event] for echo in reading.echoes}
        self._sides: dict[Role, list[int]] = {role: [] for role in Role}
        self._needs: list[int | None] = []
        self._new: list[bool] = []
        heard: set[str] = set()
        needs = self._sides[Role.USER]
        for at, turn in enumerate(turns):
            self._needs.append(needs[-1] if needs else None)
            self._sides[turn.role].append(at)
            # Mostly nothing comes again, and there is nothing to compare.
            self._new.append(heard.isdisjoint(self._content[at]))
            if turn.role is Role.USER:
                heard |= self._content[at]
        self._near = self._compared() if needs else {}

    def _compared(self) -> Mapping[tuple[int, int], int]:
        """Compare each turn of the customer with the last ones before it."""
        texts, turns = self.reading.texts, self.reading.turns
        mine = self._sides[Role.USER]
        alone = [
            texts[turns[at].messages[0][0]] if len(turns[at].messages) == 1 else None
            for at in mine
        ]
        vectors = vectors_of([self.words[at] for at in mine], alone)
        pairs = [
            (place, one)
            for place in range(len(mine))
            for one in range(max(0, place - _REACH), place)
        ]
        near = nearness(vectors, pairs)
        return {(mine[at], mine[one]): found for (at, one), found in near.items()}

    def near(self, at: int, other: int) -> int:
        """Give how near a turn of the customer is to one of the last before it."""
        return self._near[at, other]

    def work_out(self, before: Leanings | None = None) -> Leanings:
        """Ask all heads about all messages; what still stands from `before` is kept."""
        heads = self.heads
        done = self._keep(before) if before else 0
        for at, turn in enumerate(self.reading.turns[done:], done):
            if turn.role is Role.USER:
                known = self.user_facts(at)
                for index, message in turn.messages:
                    read = self.reading.texts[index]
                    facts = known | self.holds([(index, message)], read.words)
                    grams = self.reading.reader.grams(read, "user")
                    found = heads.leanings("user", grams, facts)
                    for name, leaning in found.items():
                        self.put(name, at, index, leaning)
            elif turn.role is Role.BOT:
                found = heads.leanings("bot", self._grams(at), self.bot_facts(at))
                self.put(BESIDE, at, turn.events[0], found[BESIDE])
        closed = self.reading.conversation.closed
        for at in self._sides[Role.BOT]:
            if at in self.at_turn[MISSES]:
                continue
            waits = at + 1 == len(self.reading.turns) and not closed
            name = UNREPLIED if waits else MISSES
            facts = self.unreplied_facts(at) if waits else self.miss_facts(at)
            leaning = heads.heads[name].leaning(facts)
            self.put(name, at, self.reading.turns[at].events[0], leaning)
        return self

    def _keep(self, before: Leanings) -> int:
        """Keep the leanings of an earlier reading of this conversation; say how far.

        Those of its last turn may have changed, and misses before a last reply. Where
        the same turns are read otherwise now, nothing stands.
        """
        done = min(len(before.reading.turns), len(self.reading.turns)) - 1
        if done <= 0 or before.read_up_to(done) != self.read_up_to(done):
            return 0
        for name, leanings in before.at_turn.items():
            last = done - 1 if name == MISSES else 0 if name == UNREPLIED else done
            self.at_turn[name] = {at: one for at, one in leanings.items() if at < last}
            end = self.reading.turns[last].events[0]
            self.at_event[name] = {
                event: one
                for event, one in before.at_event[name].items()
                if event < end
            }
        return done

    def read_up_to(self, end: int) -> tuple[object, ...]:
        """Give all that the leanings of the first turns are made of."""
        reading = self.reading
        return (
            reading.turns[:end],
            reading.languages[:end],
            self._content[:end],
            {at for at in reading.trouble if at < end},
            {at for at in self._echoing if at < end},
        )

    def _grams(self, at: int) -> Sequence[int]:
        """Give what the words of a bot's turn weigh; several bubbles are one text."""
        messages = self.reading.turns[at].messages
        if len(messages) == 1:
            read = self.reading.texts[messages[0][0]]
            return self.reading.reader.grams(read, "bot")
        return self.heads.grams_in(self.words[at], "bot")

    def put(self, head: str, at: int, index: int, leaning: int) -> None:
        """Keep a leaning of the message at event `index` in turn `at`."""
        self.at_event[head][index] = leaning
        highest = self.at_turn[head]
        highest[at] = max(leaning, highest.get(at, leaning))

    def holds(
        self, messages: Iterable[tuple[int, Message]], words: Sequence[str]
    ) -> Facts:
        """Say what messages hold by themselves."""
        return facts_of(messages, words, self._lists)

    def bot_facts(self, at: int) -> Facts:
        """Say what a turn of the bot holds, and how it stands to those before it."""
        turn = self.reading.turns[at]
        facts = self.holds(turn.messages, self.words[at])
        last = self._needs[at]
        if last is None:
            facts["opening"] = FULL
            return facts
        need = self._content[last]
        if need:
            facts["taken"] = FULL * len(need & self._content[at]) // len(need)
        else:
            facts["no need"] = FULL
        earlier = self.earlier(turn)
        if earlier:
            facts["again"] = max([self._share(at, one) for one in earlier])
        if at in self._echoing:
            facts["echo"] = FULL
        return facts

    def user_facts(self, at: int) -> Facts:
        """Say how a turn of the customer stands to earlier ones and to the answer."""
        earlier = self.earlier(self.reading.turns[at])
        facts: Facts = {}
        if not earlier:
            facts["first"] = FULL
        doubt = self._answer_facts(at, facts)
        if earlier:
            near = [self.near(at, one) for one in earlier]
            nearest = facts["near"] = max(near)
            facts["near last"] = near[-1]
            facts["doubted near"] = doubt * nearest // FULL
            if not self._new[at]:
                share = facts["share"] = max([self._share(at, one) for one in earlier])
                facts["back"] = max([self._share(one, at) for one in earlier])
                facts["doubted share"] = doubt * share // FULL
        return facts

    def _answer_facts(self, at: int, facts: Facts) -> int:
        """Add how the answer before a turn reads; give how doubtful it is."""
        turns = self.reading.turns
        if not at or turns[at - 1].role is not Role.BOT:
            facts["unanswered"] = FULL
            return 0
        beside = self.at_turn[BESIDE].get(at - 1, 0)
        facts[BESIDE] = max(-_MOST, min(_MOST, beside))
        doubt = facts["doubt"] = risen(beside)
        facts["in answer"] = self._share(at, at - 1)
        if any("?" in message.text for _, message in turns[at - 1].messages):
            facts["asked"] = FULL
        if at - 1 in self.reading.trouble:
            facts["trouble"] = FULL
        return doubt

    def unreplied_facts(self, at: int) -> Facts:
        """Say how a turn of the bot reads, and what its engine says of it."""
        beside = self.at_turn[BESIDE].get(at, 0)
        facts = {BESIDE: max(-_MOST, min(_MOST, beside)), "doubt": risen(beside)}
        if at in self._echoing:
            facts["echo"] = FULL
        if at == 0:
            facts["opening"] = FULL
        self._flag_facts(self.reading.turns[at], facts)
        return facts

    def miss_facts(self, at: int) -> Facts:
        """Say how a turn of the bot reads, what its engine says and what comes back."""
        facts, turns = self.unreplied_facts(at), self.reading.turns
        if at + 1 < len(turns) and turns[at + 1].role is Role.USER:
            self._reply_facts(at + 1, facts)
        else:
            facts["no reply"] = FULL
        return facts

    def _flag_facts(self, turn: Turn, facts: Facts) -> None:
        sure = [
            message.confidence
            for _, message in turn.messages
            if message.confidence is not None
        ]
        if any(message.fallback for _, message in turn.messages):
            facts["fallback"] = FULL
        if sure and min(sure) < _SURE:
            facts["unsure"] = round(2 * FULL * (_SURE - min(sure)))
        elif sure:
            facts["sure"] = FULL

    def _reply_facts(self, reply: int, facts: Facts) -> None:
        turn = self.reading.turns[reply]
        for name in self.heads.names["user"]:
            leaning = self.at_turn[name].get(reply)
            if leaning is not None:
                facts[f"reply {name}"] = max(-_MOST, min(_MOST, leaning))
                facts[f"reply {name} risen"] = risen(leaning)
        for index, message in turn.messages:
            for name in self._lists.get(index, ()):
                facts[f"reply {name}"] = FULL
            if "?" in message.text:
                facts["reply asks"] = FULL
                if "??" in message.text:
                    facts["reply insists"] = FULL
        if len(turn.events) > len(turn.messages):
            facts["reply acts"] = FULL

    def again(self, at: int) -> frozenset[str]:
        """Give the stems of a turn that came in one earlier turn of its side."""
        mine = self._content[at]
        return max(
            (mine & self._content[one] for one in self.earlier(self.reading.turns[at])),
            key=len,
            default=frozenset(),
        )

    def earlier(self, turn: Turn) -> list[int]:
        """Give the last turns of a side before one of its turns."""
        return self._sides[turn.role][max(0, turn.number - _REACH) : turn.number]

    def _share(self, at: int, other: int) -> int:
        """Give the share of the words of one turn that stand in another."""
        words = self._content[at]
        return FULL * len(words & self._content[other]) // len(words) if words else 0


def risen(leaning: int) -> int:
    """Bring a leaning between 0 and 1000: half at 0, full at two units of log-odds."""
    return max(0, min(FULL, (leaning + 2 * FULL) // 4))
