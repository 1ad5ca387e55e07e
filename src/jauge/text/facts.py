"""Facts about the messages of a conversation, for the linear heads to weigh.

First the bot's turns by their words (`beside`: reads like an answer beside the
question); then the customer's messages, whose facts tell how the answer before them
reads; then the bot's turns once more, with its flags and with what the customer made of
them (`misses`; `unreplied` while an open conversation waits). A turn of the bot is one
whole, in however many bubbles it comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.model.conversation import BOT, USER
from jauge.text.contents import facts_of, strengths_in
from jauge.text.fact_table import FULL
from jauge.text.nearness import REACH
from jauge.text.numbers import has_number, number_facts
from jauge.text.stress import stress_facts, stressed_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jauge.model.conversation import Message
    from jauge.model.turns import Turn
    from jauge.text.leanings import Leanings
    from jauge.text.reading import Reading

BESIDE = "beside"
# Below this confidence an engine is unsure of the intent.
_SURE = 0.7
_MOST = 3 * FULL


class Facts:
    """The facts of one conversation; those of a step see the leanings before it.

    `names` are the heads of the customer's side.
    """

    def __init__(
        self, reading: Reading, leanings: Leanings, names: Iterable[str]
    ) -> None:
        self.reading = reading
        self.leanings = leanings
        self._names = [(name, f"reply {name}", f"reply {name} risen") for name in names]
        # Of the turns whose leanings are known, only the last is asked about again.
        first = max(0, leanings.done - 1)
        since = reading.turns[first].events[0] if reading.turns else 0
        self._lists = strengths_in(reading, since)
        self._needs: list[int | None] = []
        self._new: list[bool] = []
        heard: set[str] = set()
        need = None
        for at, turn in enumerate(reading.turns):
            mine = leanings.content[at]
            self._needs.append(need)
            # Mostly nothing comes again, and there is nothing to compare.
            self._new.append(heard.isdisjoint(mine))
            if turn.role is USER:
                heard |= mine
                need = at

    def holds(
        self, messages: Iterable[tuple[int, Message]], words: Sequence[str]
    ) -> dict[str, int]:
        """Say what messages hold by themselves."""
        return facts_of(messages, words, self._lists)

    def message_facts(self, at: int, index: int, message: Message) -> dict[str, int]:
        """Say what a message of a customer in turn `at` holds, stresses, counts."""
        words = self.reading.texts[index].words
        facts = self.holds([(index, message)], words)
        stressed, numbers = stressed_in(message.text), has_number(message.text)
        if stressed or numbers:
            turns, said = self.reading.turns, self.leanings.words
            ours = [said[one] for one in self.leanings.earlier(turns[at])]
            last = range(max(0, at - REACH), at)
            if numbers:
                theirs = [said[one] for one in last if turns[one].role is BOT]
                facts |= number_facts(words, ours, theirs)
            if stressed:
                heard = [text for one in last for text in self._texts(one)]
                facts |= stress_facts(message.text, heard, ours)
        return facts

    def _texts(self, at: int) -> list[str]:
        return [message.text for _, message in self.reading.turns[at].messages]

    def bot_facts(self, at: int) -> dict[str, int]:
        """Say what a turn of the bot holds, and how it stands to those before it."""
        turn, content = self.reading.turns[at], self.leanings.content
        facts = self.holds(turn.messages, self.leanings.words[at])
        last = self._needs[at]
        if last is None:
            facts["opening"] = FULL
            return facts
        need = content[last]
        if need:
            facts["taken"] = FULL * len(need & content[at]) // len(need)
        else:
            facts["no need"] = FULL
        earlier = self.leanings.earlier(turn)
        if earlier:
            facts["again"] = max([self._share(at, one) for one in earlier])
        if at in self.leanings.echoing:
            facts["echo"] = FULL
        return facts

    def user_facts(self, at: int) -> dict[str, int]:
        """Say how a turn of the customer stands to earlier ones and to the answer."""
        turn = self.reading.turns[at]
        facts: dict[str, int] = {}
        if not turn.number:
            facts["first"] = FULL
        doubt = self._answer_facts(at, facts)
        if turn.number:
            near = self.leanings.near(turn)
            nearest = facts["near"] = max(near)
            facts["near last"] = near[0]
            facts["doubted near"] = doubt * nearest // FULL
            if not self._new[at]:
                earlier = self.leanings.earlier(turn)
                share = facts["share"] = max([self._share(at, one) for one in earlier])
                facts["back"] = max([self._share(one, at) for one in earlier])
                facts["doubted share"] = doubt * share // FULL
        return facts

    def _answer_facts(self, at: int, facts: dict[str, int]) -> int:
        """Add how the answer before a turn reads; give how doubtful it is."""
        turns = self.reading.turns
        if not at or turns[at - 1].role is not BOT:
            facts["unanswered"] = FULL
            return 0
        beside = self.leanings.at_turn[BESIDE].get(at - 1, 0)
        facts[BESIDE] = bounded(beside)
        doubt = facts["doubt"] = risen(beside)
        facts["in answer"] = self._share(at, at - 1)
        for _, message in turns[at - 1].messages:
            if "?" in message.text:
                facts["asked"] = FULL
        if at - 1 in self.reading.trouble:
            facts["trouble"] = FULL
        if at - 1 in self.leanings.echoing:
            facts["echoed"] = FULL
        self._flag_facts(turns[at - 1], facts)
        return doubt

    def unreplied_facts(self, at: int) -> dict[str, int]:
        """Say how a turn of the bot reads, and what its engine says of it."""
        beside = self.leanings.at_turn[BESIDE].get(at, 0)
        facts = {BESIDE: bounded(beside), "doubt": risen(beside)}
        if at in self.leanings.echoing:
            facts["echo"] = FULL
        if at == 0:
            facts["opening"] = FULL
        self._flag_facts(self.reading.turns[at], facts)
        return facts

    def miss_facts(self, at: int) -> dict[str, int]:
        """Say how a turn of the bot reads, what its engine says and what comes back."""
        facts, turns = self.unreplied_facts(at), self.reading.turns
        if at + 1 < len(turns) and turns[at + 1].role is USER:
            self._reply_facts(at + 1, facts)
        else:
            facts["no reply"] = FULL
        return facts

    def _flag_facts(self, turn: Turn, facts: dict[str, int]) -> None:
        sure = []
        for _, message in turn.messages:
            if message.fallback:
                facts["fallback"] = FULL
            if message.confidence is not None:
                sure.append(message.confidence)
        if sure and min(sure) < _SURE:
            facts["unsure"] = round(2 * FULL * (_SURE - min(sure)))
        elif sure:
            facts["sure"] = FULL

    def _reply_facts(self, reply: int, facts: dict[str, int]) -> None:
        turn, at_turn = self.reading.turns[reply], self.leanings.at_turn
        for name, told, told_risen in self._names:
            leaning = at_turn[name].get(reply)
            if leaning is not None:
                facts[told] = bounded(leaning)
                facts[told_risen] = risen(leaning)
        for index, message in turn.messages:
            for name in self._lists.get(index, ()):
                facts[f"reply {name}"] = FULL
            if "?" in message.text:
                facts["reply asks"] = FULL
                if "??" in message.text:
                    facts["reply insists"] = FULL
        if len(turn.events) > len(turn.messages):
            facts["reply acts"] = FULL

    def _share(self, at: int, other: int) -> int:
        """Give the share of the words of one turn that stand in another."""
        words = self.leanings.content[at]
        if not words:
            return 0
        return FULL * len(words & self.leanings.content[other]) // len(words)


def bounded(leaning: int) -> int:
    """Keep a leaning within three units of log-odds."""
    return -_MOST if leaning < -_MOST else _MOST if leaning > _MOST else leaning


def risen(leaning: int) -> int:
    """Bring a leaning between 0 and 1000: half at 0, full at two units of log-odds."""
    half = (leaning + 2 * FULL) // 4
    return 0 if half < 0 else FULL if half > FULL else half
