"""What each message leans to: the facts that the linear heads weigh, step by step.

First the bot's turns by their words (`beside`: reads like an answer beside the
question); then the customer's messages, whose facts tell how the answer before them
reads; then the bot's turns once more, with its flags and with what the customer made of
them (`misses`; `unreplied` while an open conversation waits). A turn of
the bot is one whole, in however many bubbles it comes.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from jauge.model.conversation import Role
from jauge.text.nearness import Nearness

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jauge.model.conversation import Message
    from jauge.model.turns import Turn
    from jauge.text.heads import Heads
    from jauge.text.reading import Reading

Facts = dict[str, int]
BESIDE, MISSES, UNREPLIED = "beside", "misses", "unreplied"
FULL = 1000
# How far back a turn may come back to what its side said.
_REACH = 6
_FEW_WORDS, _MANY_WORDS = 2, 30
# A long text says what it is about in its first words.
_MOST_WORDS = 200
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
        self._lists = _strengths(reading)
        self._content = [_content_of(turn, reading) for turn in turns]
        self.words = [_words_of(turn.messages, reading) for turn in turns]
        self.near = Nearness(self.words).between
        self._echoing = {reading.turn_at[echo.event] for echo in reading.echoes}
        self._sides: dict[Role, list[int]] = {role: [] for role in Role}
        self._needs: list[int | None] = []
        self._new: list[bool] = []
        heard: frozenset[str] = frozenset()
        needs = self._sides[Role.USER]
        for at, turn in enumerate(turns):
            self._needs.append(needs[-1] if needs else None)
            self._sides[turn.role].append(at)
            # Mostly nothing comes again, and there is nothing to compare.
            self._new.append(heard.isdisjoint(self._content[at]))
            if turn.role is Role.USER:
                heard |= self._content[at]

    def work_out(self) -> Leanings:
        """Ask all heads about all messages."""
        heads = self.heads
        for at, turn in enumerate(self.reading.turns):
            if turn.role is Role.USER:
                known = self.user_facts(at)
                for index, message in turn.messages:
                    words = self.reading.texts[index].words
                    facts = known | self.message_facts([(index, message)], words)
                    found = heads.leanings("user", words, facts)
                    for name, leaning in found.items():
                        self.put(name, at, index, leaning)
            elif turn.role is Role.BOT:
                found = heads.leanings("bot", self.words[at], self.bot_facts(at))
                self.put(BESIDE, at, turn.events[0], found[BESIDE])
        closed = self.reading.conversation.closed
        for at in self._sides[Role.BOT]:
            waits = at + 1 == len(self.reading.turns) and not closed
            name = UNREPLIED if waits else MISSES
            facts = self.unreplied_facts(at) if waits else self.miss_facts(at)
            leaning = heads.heads[name].leaning(facts)
            self.put(name, at, self.reading.turns[at].events[0], leaning)
        return self

    def put(self, head: str, at: int, index: int, leaning: int) -> None:
        """Keep a leaning of the message at event `index` in turn `at`."""
        self.at_event[head][index] = leaning
        highest = self.at_turn[head]
        highest[at] = max(leaning, highest.get(at, leaning))

    def message_facts(
        self, messages: Iterable[tuple[int, Message]], words: Sequence[str]
    ) -> Facts:
        """Say what messages hold: phrases of lists, marks, how long they are."""
        facts: Facts = {"length": FULL * min(len(words), _MANY_WORDS) // _MANY_WORDS}
        if len(words) <= _FEW_WORDS:
            facts["short"] = FULL
        for index, message in messages:
            for name, strength in self._lists.get(index, {}).items():
                facts[name] = max(strength, facts.get(name, 0))
            text = message.text
            if "?" in text:
                facts["asks"] = FULL
                if "??" in text:
                    facts["insists"] = FULL
            if "..." in text or "…" in text:
                facts["trails off"] = FULL
            if message.choices:
                facts["offers"] = FULL
        return facts

    def bot_facts(self, at: int) -> Facts:
        """Say what a turn of the bot holds, and how it stands to those before it."""
        turn = self.reading.turns[at]
        facts = self.message_facts(turn.messages, self.words[at])
        last = self._needs[at]
        if last is None:
            facts["opening"] = FULL
            return facts
        need = self._content[last]
        facts["near"] = self.near(at, last)
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
        facts["near answer"] = self.near(at, at - 1)
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


def _content_of(turn: Turn, reading: Reading) -> frozenset[str]:
    """Give the stems of a turn that carry a need, or meet one."""
    if turn.role is Role.USER:
        return reading.content_of(turn)
    content, texts = reading.reader.content_words, reading.texts
    said = [content(texts[index]) for index, _ in turn.messages if index in texts]
    return frozenset().union(*said)


def _words_of(messages: Sequence[tuple[int, Message]], reading: Reading) -> list[str]:
    texts = reading.texts
    if len(messages) == 1 and messages[0][0] in texts:
        return texts[messages[0][0]].words[:_MOST_WORDS]
    said = (texts[index].words for index, _ in messages if index in texts)
    return list(itertools.islice(itertools.chain.from_iterable(said), _MOST_WORDS))


def _strengths(reading: Reading) -> Mapping[int, Mapping[str, int]]:
    """Give the strongest phrase of each list at each event, in thousandths."""
    found: dict[int, dict[str, int]] = {}
    for name, said in reading.said.items():
        for one in said:
            here = found.setdefault(one.event, {})
            here[name] = max(here.get(name, 0), round(FULL * one.strength))
    return found
