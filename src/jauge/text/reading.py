"""A reading: a conversation with what was read in it, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.model.conversation import BOT, USER, Action, Handoff, Message, Role
from jauge.model.turns import Turn, turns_of
from jauge.text.contents import Contents, said_before
from jauge.text.echoes import Echo, echoes_of
from jauge.text.fold import fold
from jauge.text.language import READ
from jauge.text.lazy import lazy
from jauge.text.moves import OBJECTIONS, Move, moves_of
from jauge.text.phrases import ANY
from jauge.text.reader import Reader, Said, TextReading, plain
from jauge.text.steps import leanings_of
from jauge.text.telling import language_of, languages_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jauge.model.conversation import Conversation
    from jauge.model.signal import Signal
    from jauge.text.leanings import Leanings
    from jauge.text.phrases import Side

_TROUBLE, _REFUSALS = ("bot_fallback", "bot_fails"), "bot_refuses_person"
_GOODBYES = ("user_thanks", "user_closes", "user_says_goodbye")
_SIDES: Mapping[Role, Side] = {USER: "user", BOT: "bot"}
# An emoji and marks around a choice; the rest must read the same.
_DECOR = 6
_ECHO_SHARE = 0.5
_NOWHERE: frozenset[int] = frozenset()
_BUTTONS = ("quick_reply", "click", "link")


class Reading:
    """A conversation with what was read in it: turns, language, phrases, facts.

    Detectors ask it and read nothing themselves. Everything is worked out once, when
    it is first asked for; what still stands of `last`, an earlier reading of the same
    conversation, is kept. The first `kept` turns are those of that reading.
    """

    def __init__(
        self, conversation: Conversation, reader: Reader, last: Reading | None = None
    ) -> None:
        self.conversation = conversation
        self.last = last
        self.events = conversation.events
        self.reader = reader
        self.kept = 0
        self._said_at: dict[tuple[str, ...], frozenset[int]] = {}
        self.shown: dict[str, list[tuple[Signal, ...]]] = {}
        known: tuple[Turn, ...] = ()
        if last is not None:
            # What came before the last one is of no more use.
            last.last = None
            if self.events[: len(last.events)] == last.events:
                # Its last turn may have grown.
                known = last.turns[:-1]
                self.kept = len(known)
        self.turns: tuple[Turn, ...] = turns_of(self.events, known)

    @lazy
    def language(self) -> str | None:
        """The language of the customer's side, as declared, else as told, if it is."""
        return language_of(self.conversation, self.reader)

    @lazy
    def is_read(self) -> bool:
        """Whether the words of this language are read at all."""
        return self.language is None or self.language in READ

    @lazy
    def texts(self) -> Mapping[int, TextReading]:
        """The messages of both sides, read, by event."""
        read = self.reader.text
        texts = dict(self.last.texts) if self.last and self.kept else {}
        for turn in self.turns[self.kept :]:
            side = _SIDES.get(turn.role)
            if side is not None:
                for index, message in turn.messages:
                    texts[index] = read(message.text, side)
        return texts

    @lazy
    def languages(self) -> tuple[str, ...]:
        """The language of each turn: the conversation's, unless its words say other."""
        if not self.is_read:
            return (ANY,) * len(self.turns)
        known: tuple[str, ...] = ()
        if self.last and self.last.language == self.language:
            known = self.last.languages[: self.kept]
        tables, rest = self.reader.tables, self.turns[len(known) :]
        return known + languages_of(rest, self.texts, self.language, tables)

    @lazy
    def said(self) -> Mapping[str, tuple[Said, ...]]:
        """What each list found, by the name of the list, in the order of events."""
        said = said_before(self)
        phrases, texts = self.reader.phrases, self.texts
        first = self.kept if said else 0
        for turn, language in zip(
            self.turns[first:], self.languages[first:], strict=True
        ):
            side = _SIDES.get(turn.role)
            if side is None:
                continue
            for index, _ in turn.messages:
                for one in phrases(texts[index], language, side):
                    found = Said(
                        one.list, index, one.words, one.start, one.end, one.strength
                    )
                    said.setdefault(one.list, []).append(found)
        return {name: tuple(found) for name, found in said.items()}

    @lazy
    def turn_at(self) -> Mapping[int, int]:
        """The index into `turns` of each event that belongs to one."""
        return {
            event: at for at, turn in enumerate(self.turns) for event in turn.events
        }

    @lazy
    def actions(self) -> Mapping[str, tuple[tuple[int, Action], ...]]:
        """What the customer did, by action, in the order of events."""
        actions: dict[str, list[tuple[int, Action]]] = {}
        for index, event in enumerate(self.events):
            if isinstance(event, Action) and event.role is USER:
                actions.setdefault(event.action, []).append((index, event))
        return {name: tuple(found) for name, found in actions.items()}

    @lazy
    def handoffs(self) -> tuple[tuple[int, Handoff], ...]:
        """The hand-offs, in the order of events."""
        events = enumerate(self.events)
        return tuple([(at, one) for at, one in events if type(one) is Handoff])

    @lazy
    def requests(self) -> Mapping[int, Said | str]:
        """The events at which the customer asks for a person: words, or a button."""
        asked: dict[int, Said | str] = {}
        for said in self.said.get("user_asks_for_person", ()):
            held = asked.get(said.event)
            if held is None or (
                isinstance(held, Said) and held.strength < said.strength
            ):
                asked[said.event] = said
        for action in _BUTTONS:
            for index, click in self.actions.get(action, ()):
                if click.target and self.asks_for_person(click.target):
                    asked[index] = click.target
        return dict(sorted(asked.items())) if len(asked) > 1 else asked

    @lazy
    def trouble(self) -> frozenset[int]:
        """The turns, by index, in which the bot did not take or meet the need.

        Words are none before the customer has spoken; before a person was asked for,
        "we are open from nine" refuses none.
        """
        flagged = [
            at
            for at, turn in enumerate(self.turns)
            if turn.role is BOT
            for _, message in turn.messages
            if message.fallback
        ]
        asked = next((at for at, one in enumerate(self.turns) if one.role is USER), 0)
        first = next(iter(self.requests), len(self.events))
        refused = [one for one in self.said_at(_REFUSALS) if one > first]
        spoken = [self.turn_at[one] for one in (*self.said_at(*_TROUBLE), *refused)]
        return frozenset(flagged + [at for at in spoken if at > asked])

    @lazy
    def refusals(self) -> frozenset[int]:
        """The turns, by index, that follow a hand-off that was refused."""
        after = [event + 1 for event, one in self.handoffs if one.state == "refused"]
        return frozenset(self.turn_at[one] for one in after if one in self.turn_at)

    def after_trouble(self, event: int) -> bool:
        """Say whether an event answers a bot turn in trouble, or after a refusal."""
        at = self.turn_at.get(event)
        return at is not None and (at - 1 in self.trouble or at - 1 in self.refusals)

    def said_at(self, *names: str) -> frozenset[int]:
        """Give the events at which phrases of these lists were said."""
        known = self._said_at.get(names)
        if known is None:
            said = self.said
            found = [one.event for name in names for one in said.get(name, ())]
            known = self._said_at[names] = frozenset(found) if found else _NOWHERE
        return known

    def is_closing(self, at: int) -> bool:
        """Say whether turn `at` is the customer's and only thanks, praises or ends."""
        if at < 0 or self.turns[at].role is not USER:
            return False
        messages = self.turns[at].messages
        return bool(messages) and all(
            index in self.closings and "?" not in message.text
            for index, message in messages
        )

    @lazy
    def echoes(self) -> tuple[Echo, ...]:
        """The bot turns that say mostly what the bot said before; closings aside."""
        turns = [turn for turn in self.turns if turn.role is BOT]
        closings = {fold(said.words).text for said in self.said.get("bot_closes", ())}
        return tuple(echoes_of(turns, self.texts, closings, _ECHO_SHARE))

    @lazy
    def closings(self) -> frozenset[int]:
        """The events at which the customer thanks, praises or ends."""
        return self.said_at(*_GOODBYES, "user_praises")

    @lazy
    def goodbyes(self) -> frozenset[int]:
        """The events at which the customer thanks or ends: they wait for nothing."""
        return self.said_at(*_GOODBYES)

    @lazy
    def objections(self) -> frozenset[int]:
        """The events at which the customer doubts, corrects or complains."""
        return self.said_at(*OBJECTIONS)

    @lazy
    def moves(self) -> Mapping[int, Move]:
        """The turns, by index, in which an answered customer goes on to more."""
        return dict(moves_of(self))

    @lazy
    def choices(self) -> Mapping[int, tuple[str, ...]]:
        """The choices that the bot turn before offers to turn `at`, as written."""
        offered: dict[int, tuple[str, ...]] = {}
        for at, turn in enumerate(self.turns):
            if turn.role is BOT:
                for _, message in turn.messages:
                    if message.choices:
                        offered[at + 1] = offered.get(at + 1, ()) + message.choices
        return offered

    @lazy
    def leanings(self) -> Leanings:
        """What the linear heads make of each message."""
        return leanings_of([self], self.reader.tables.heads)[0]

    def takes_choice(self, index: int) -> bool:
        """Say whether a customer message reads exactly as a choice just offered."""
        if not self.choices:
            return False
        text = self.text_of(index)
        return bool(text) and any(
            choice == text
            or (abs(len(choice) - len(text)) <= _DECOR and plain(choice) == plain(text))
            for choice in self.choices.get(self.turn_at.get(index, -1), ())
        )

    def asks_for_person(self, text: str) -> bool:
        """Say whether a text, of a button for instance, asks for a person."""
        language = self.language if self.is_read and self.language else ANY
        read = self.reader.text(text, "user")
        found = self.reader.phrases(read, language, "user")
        return any(said.list == "user_asks_for_person" for said in found)

    def text_of(self, index: int) -> str:
        """Give the text of a message; empty for any other event."""
        event = self.events[index]
        return event.text if isinstance(event, Message) else ""

    def content_words(self, text: str) -> frozenset[str]:
        """Give the stems of the words of a customer's text that carry a need."""
        return self.reader.content_words(self.reader.text(text, "user"))

    def words_of(self, turn: Turn) -> frozenset[str]:
        """Give the words of a customer's turn but function words and choices taken."""
        said = [self.texts[index].words for index in self.needs(turn)]
        return frozenset().union(*said) - self.reader.tables.function_words

    def content_of(self, turn: Turn) -> frozenset[str]:
        """Give the stems of the words of a customer's turn that carry a need.

        Words of mood carry none: thanks, praise, goodbyes.
        """
        return self.contents.of(turn, self)

    def needs(self, turn: Turn) -> list[int]:
        """Give the events at which a turn says something that is no choice taken."""
        indexes = [index for index, _ in turn.messages]
        if not self.choices:
            return indexes
        return [index for index in indexes if not self.takes_choice(index)]

    @lazy
    def contents(self) -> Contents:
        """The stems that carry a need, of the customer's turns."""
        return Contents(self, self.last.contents if self.last else None)
