"""What the customer makes of an answer: objects to it, or goes on from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from jauge.model.conversation import BOT, USER
from jauge.text.fold import fold
from jauge.text.sentences import ends_asking, sentence_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from jauge.model.turns import Turn
    from jauge.text.reader import Said
    from jauge.text.reading import Reading

OBJECTIONS = (
    "user_confused", "user_declines",
    "user_corrects", "user_complains", "user_angry", "user_insults", "user_waits",
    "user_asks_for_person", "user_unhappy_emoji", "user_doubts",
)  # fmt: skip
_OPENERS, _QUESTIONS = "user_moves_on", "user_asks"
_CHECKS = "bot_checks"
# Questions about the customer: what is so, not what is wanted.
_OF_SELF = re.compile(
    r"\b(?:avez vous (?!besoin|trouve|recu)|as tu (?!besoin|trouve|recu)"
    r"|(?:etes vous|es tu) (?!interesse|sur|satisfait|pret|d'accord)"
    r"|do you have|have you (?!found|received|tried)"
    r"|(?:are|were) you (?!interested|sure|ready|happy|satisfied|able|ok))"
)
_FEW_WORDS = 3
# What stands before the no, at most: « euh, ».
_NEAR_START = 6
# A question without an opener: at least so many new words, and worth so much.
_LEAST_NEW = 2
_PLAIN = 0.6
_NEW_SHARE = 0.6


class Move(Struct, frozen=True, gc=False):
    """The words at `place` of an event with which the customer goes on to more."""

    event: int
    place: tuple[int, int]
    strength: float


def moves_of(reading: Reading) -> Iterator[tuple[int, Move]]:
    """Give the turns in which a customer who was answered goes on to something new.

    The words must be mostly new to the customer's side; what comes again, doubts or
    complains was not answered. Whoever is asked answers, and goes on to nothing.
    """
    openers, forms = _by_event(reading, _OPENERS), _by_event(reading, _QUESTIONS)
    heard: set[str] = set()
    for at, turn in enumerate(reading.turns):
        if turn.role is not USER:
            continue
        mine = reading.content_of(turn) if turn.messages else frozenset()
        if at >= 2 and heard:  # noqa: PLR2004 - a need, an answer
            opener, question = _first(turn, openers), _asked(turn, forms)
            # Words are compared only where something goes on: that is rare, they cost.
            if (opener or question) and is_answered(reading, at):
                new = 0 if objects(reading, turn) else _new(mine, heard)
                move = _move(reading, opener, question, new)
                if new and move:
                    yield at, move
        heard |= mine


def is_answered(reading: Reading, at: int) -> bool:
    """Say whether the bot answered just before turn `at`: no trouble, no question."""
    if at < 1 or at - 1 in reading.trouble:
        return False
    turn = reading.turns[at - 1]
    texts = [message.text for _, message in turn.messages if message.text]
    if turn.role is not BOT or not texts:
        return False
    # "Anything else?" asks for nothing.
    return not ends_asking(texts[-1]) or not reading.said_at("bot_closes").isdisjoint(
        turn.events
    )


def objects(reading: Reading, turn: Turn) -> bool:
    """Say whether a customer's turn doubts, corrects, complains or shouts "what??"."""
    return (
        not reading.objections.isdisjoint(turn.events)
        or not reading.requests.keys().isdisjoint(turn.events)
        or any("??" in message.text for _, message in turn.messages)
    )


def says_not_served(reading: Reading, at: int) -> bool:
    """Say whether turn `at` begins with a no to "did that help?", asked just before.

    "Anything else?" after it asks for something else.
    """
    if at < 1 or reading.said_at(_CHECKS).isdisjoint(reading.turns[at - 1].events):
        return False
    asked = max(_places(reading, at - 1, _CHECKS))
    closed = max(_places(reading, at - 1, "bot_closes"), default=asked)
    first = min(reading.turns[at].events)
    return closed <= asked and any(
        said.event == first and said.start <= _NEAR_START
        for said in reading.said.get("user_says_no", ())
    )


def tells_of_self(reading: Reading, at: int) -> bool:
    """Say whether turn `at` answers, in a few words, what the bot asked about a fact.

    A no to "do you have allergies?" refuses nothing.
    """
    if at < 1 or at - 1 in reading.trouble:
        return False
    texts = [one.text for _, one in reading.turns[at - 1].messages if one.text]
    said = [reading.texts[index].words for index, _ in reading.turns[at].messages]
    is_short = sum(map(len, said)) <= _FEW_WORDS
    if not texts or not is_short or not ends_asking(texts[-1]):
        return False
    start, _ = sentence_at(texts[-1], texts[-1].rindex("?"))
    return _OF_SELF.search(fold(texts[-1][start:]).text) is not None


def _places(reading: Reading, at: int, name: str) -> list[tuple[int, int]]:
    events = reading.turns[at].events
    found = reading.said.get(name, ())
    return [(said.event, said.start) for said in found if said.event in events]


def _by_event(reading: Reading, name: str) -> dict[int, Said]:
    """Give the strongest phrase of a list at each event."""
    said = sorted(reading.said.get(name, ()), key=_strength)
    return {one.event: one for one in said}


def _first(turn: Turn, said: Mapping[int, Said]) -> Said | None:
    found = [said[index] for index in turn.events if index in said]
    return max(found, key=_strength) if found else None


def _asked(turn: Turn, forms: Mapping[int, Said]) -> tuple[int, int] | None:
    """Give the event and place of a question mark, else of a question without one."""
    for index, message in turn.messages:
        if "?" in message.text:
            return index, message.text.index("?")
    form = _first(turn, forms)
    return (form.event, form.start) if form else None


def _new(mine: frozenset[str], heard: AbstractSet[str]) -> int:
    """Count the words that were not heard before; 0 where many were."""
    new = mine - heard
    return len(new) if len(new) >= _NEW_SHARE * len(mine) else 0


def _move(
    reading: Reading, opener: Said | None, question: tuple[int, int] | None, new: int
) -> Move | None:
    """Show what goes on: the words of an opener, else those that ask."""
    if opener and (opener.strength == 1 or question):
        event, at, strength = opener.event, opener.start, opener.strength
    elif question and new >= _LEAST_NEW:
        event, at, strength = *question, _PLAIN
    else:
        return None
    return Move(event, sentence_at(reading.text_of(event), at), strength)


def _strength(said: Said) -> float:
    return said.strength
