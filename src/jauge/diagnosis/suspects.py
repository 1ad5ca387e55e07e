"""Notice bot phrases that look like a fallback which no list knows.

Such a phrase comes in many conversations, and the customer insists or leaves after it
markedly more often than after the bot's other messages.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jauge.diagnosis.findings import Suspect
from jauge.model.conversation import Close, Message, Role
from jauge.text.language import READ

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jauge.model.signal import Signal
    from jauge.text.reading import Reading

_INSISTING = frozenset(
    {
        "user_repeats",
        "user_corrects",
        "user_complains",
        "user_angry",
        "user_asks_for_person",
    }
)
_TOLD = ("bot_fallback", "bot_fails", "bot_refuses_person", "bot_closes")
_LONGEST_KEY = 500
_LONGEST_PHRASE = 100
# Brackets and bars are alternatives in a phrase list; a phrase stands on one line.
_PIECES = re.compile(r"[()|\r\n]+")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_EDGES = " \t.,;:!?…\u00a0\u202f"
_LEAST_WORDS = 2


@dataclass(slots=True)
class _Said:
    """How often a phrase was said, by conversation, and what came after it."""

    text: str
    language: str
    conversations: int = 0
    insisted: int = 0
    left: int = 0


@dataclass
class Suspects:
    """Counts the bot's phrases; only the most recent distinct ones are kept."""

    least_share: float = 0.03
    least_conversations: int = 3
    least_insisted: int = 2
    least_followed: float = 0.3
    times_the_others: float = 2.0
    most_kept: int = 10_000
    most_shown: int = 3

    def __post_init__(self) -> None:
        self._said: OrderedDict[str, _Said] = OrderedDict()
        self._total = self._followed = 0

    def __len__(self) -> int:
        """Say how many distinct phrases are kept."""
        return len(self._said)

    def take(self, reading: Reading, signals: Iterable[Signal]) -> None:
        """Count the bot's phrases of a conversation and how the customer took them."""
        insisting = {
            reading.turn_at.get(signal.event)
            for signal in signals
            if signal.name in _INSISTING and signal.event is not None
        }
        after: dict[str, tuple[_Said, bool, bool]] = {}
        for at, message in _answers(reading):
            folded = reading.reader.text(message.text, "bot").folded.text[:_LONGEST_KEY]
            said = self._kept(folded, message.text, reading.languages[at])
            _, insisted, left = after.get(folded, (said, False, False))
            after[folded] = (
                said,
                insisted or at + 1 in insisting,
                left or _leaves(reading, at),
            )
        for said, insisted, left in after.values():
            said.conversations += 1
            said.insisted += insisted
            said.left += left and not insisted
            self._total += 1
            self._followed += insisted or left

    def _kept(self, folded: str, text: str, language: str) -> _Said:
        said = self._said.get(folded)
        if said is None:
            said = self._said[folded] = _Said(text[:_LONGEST_KEY], language)
            if len(self._said) > self.most_kept:
                self._said.popitem(last=False)
        self._said.move_to_end(folded)
        return said

    def proposed(self, conversations: int) -> tuple[Suspect, ...]:
        """Give the phrases that look most like a fallback, the most frequent first."""
        found = [self._suspect(said, conversations) for said in self._said.values()]
        suspects = [suspect for suspect in found if suspect is not None]
        ranked = sorted(
            suspects, key=lambda one: (-one.share * one.followed, one.phrase)
        )
        return tuple(ranked[: self.most_shown])

    def _suspect(self, said: _Said, conversations: int) -> Suspect | None:
        count, followed = said.conversations, said.insisted + said.left
        # Leaving alone proves nothing: people also leave when they have what they need.
        if count < max(self.least_conversations, self.least_share * conversations):
            return None
        if said.language not in READ or said.insisted < self.least_insisted:
            return None
        rate = followed / count
        rest = self._total - count
        others = (self._followed - followed) / rest if rest else 0.0
        # Twice as often; where the others are bad too, half of the way to always.
        markedly = min(self.times_the_others * others, (1 + others) / 2)
        if rate < max(self.least_followed, markedly):
            return None
        phrase = phrase_of(said.text)
        if phrase is None:
            return None
        return Suspect(phrase, said.language, count / conversations, rate, others)


def phrase_of(text: str) -> str | None:
    """Give what of a bot message can stand in a phrase list; None if hardly anything.

    >>> phrase_of("Hum (désolé)… je sèche complètement !")
    'je sèche complètement'
    """
    piece = max(_PIECES.split(text), key=len)
    if len(piece) > _LONGEST_PHRASE:
        piece = max(_SENTENCE.split(piece), key=len)
    if len(piece) > _LONGEST_PHRASE:
        piece = piece[:_LONGEST_PHRASE].rpartition(" ")[0]
    phrase = " ".join(piece.split()).strip(_EDGES)
    return phrase if len(phrase.split()) >= _LEAST_WORDS else None


def _answers(reading: Reading) -> Iterator[tuple[int, Message]]:
    """Give the bot's answers that no list tells, with their turn."""
    told = reading.said_at(*_TOLD)
    for at, turn in enumerate(reading.turns):
        if (
            at == 0
            or turn.role is not Role.BOT
            or reading.turns[at - 1].role is not Role.USER
        ):
            continue
        for index, message in turn.messages:
            if message.text.strip() and not message.fallback and index not in told:
                yield at, message


def _leaves(reading: Reading, at: int) -> bool:
    """Say whether the customer was gone after turn `at`, and not for being content."""
    if at < len(reading.turns) - 1 or not reading.conversation.closed:
        return False
    before, last = reading.turns[at - 1].events, reading.turns[at].events
    if reading.closings.intersection(before) or reading.said_at(
        "bot_closes"
    ).intersection(last):
        return False
    return all(
        isinstance(event, Close | Message) for event in reading.events[before[-1] + 1 :]
    )
