"""A reading: a conversation with what was read in its texts, once."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from jauge.model.conversation import Message, Role
from jauge.model.turns import Turn, turns_of
from jauge.text.fold import Folded, fold, unstretch
from jauge.text.language import READ, primary, script_of, tell
from jauge.text.phrases import ANY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jauge.model.conversation import Conversation
    from jauge.text.phrases import Hit, Match, Side
    from jauge.text.tables import TextTables

_WORDS = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_LAST_WORD = re.compile(r"([a-z']+) *$")
# Words in quotes, quoted lines and what follows a signature are not the customer's mood.
_QUOTED = re.compile(r'"[^"\n]{2,400}"|^>[^\n]*$|\n(?:--|_{5,})\s*\n[\s\S]*', re.MULTILINE)
_QUOTING = ('"', ">", "\n--", "\n_____")
# Skin tones and joiners belong to the emoji before them.
_EMOJI_TAIL = frozenset(map(chr, (*range(0x1F3FB, 0x1F400), 0xFE0F, 0x200D, 0x2640, 0x2642)))
_NEGATABLE = frozenset({"user_praises", "user_angry", "user_insults", "bot_succeeds"})
_NEGATION_REACH = 4
_TROUBLE = ("bot_fallback", "bot_fails", "bot_refuses_person")
_CACHE_SIZE = 4096
_UNTOLD = frozenset({"und", "mul", "zxx"})


class TextReading(NamedTuple):
    """One text, read: folded, its phrases of all lists, its words."""

    folded: Folded
    found: tuple[Match, ...]
    words: tuple[str, ...]


class Said(NamedTuple):
    """A phrase of a list, said at an event: `text[start:end] == words`."""

    list: str
    event: int
    words: str
    start: int
    end: int
    strength: float


class Reader:
    """Reads texts with one set of tables; a text that comes again is not read again.

    What is read never depends on what was read before.
    """

    def __init__(self, tables: TextTables) -> None:
        self.tables = tables
        self._texts: dict[str, TextReading] = {}
        self._phrases: dict[tuple[str, str, Side], tuple[Said, ...]] = {}

    def text(self, text: str) -> TextReading:
        """Read one text."""
        known = self._texts.get(text)
        if known is not None:
            return known
        folded = unstretch(fold(text), self.tables.book.words)
        found = self.tables.book.find(folded.text)
        reading = TextReading(folded, found, tuple(_WORDS.findall(folded.text)))
        if len(self._texts) >= _CACHE_SIZE:
            self._texts.clear()
        self._texts[text] = reading
        return reading

    def phrases(self, text: str, language: str, side: Side) -> tuple[Said, ...]:
        """Find what a side says in a text; the events of `Said` are 0 here."""
        key = text, language, side
        known = self._phrases.get(key)
        if known is None:
            if len(self._phrases) >= _CACHE_SIZE:
                self._phrases.clear()
            known = self._phrases[key] = tuple(self._find(text, language, side))
        return known

    def _find(self, text: str, language: str, side: Side) -> Iterable[Said]:
        reading = self.text(text)
        if not reading.found:
            return
        folded = reading.folded
        hits = self.tables.book.hits(reading.found, folded.text, language=language, side=side)
        quoted = _quoted(folded.text) if side == "user" and hits else ()
        for hit in hits:
            if any(start <= hit.start < end for start, end in quoted):
                continue
            if hit.list in _NEGATABLE and self._is_negated(folded.text, hit.start, language):
                continue
            start, end = folded.place(hit.start, hit.end)
            while end < len(text) and text[end] in _EMOJI_TAIL:
                end += 1
            yield Said(hit.list, 0, text[start:end], start, end, hit.strength)

    def _is_negated(self, text: str, start: int, language: str) -> bool:
        negations = self.tables.negations.get(language, ())
        intensifiers = self.tables.intensifiers.get(language, ())
        for _ in range(_NEGATION_REACH):
            match = _LAST_WORD.search(text, max(0, start - 40), start)
            if match is None:
                return False
            word = match.group(1).rsplit("'", 1)[-1] if language == "fr" else match.group(1)
            if word in negations:
                return True
            if word not in intensifiers:
                return False
            start = match.start(1)
        return False

    def conversation(self, conversation: Conversation) -> Reading:
        """Read one conversation."""
        return Reading(conversation, self)


class Reading:
    """A conversation with what was read in it: turns, language, phrases, facts.

    Detectors ask it and read nothing themselves. Everything is worked out once, when
    it is first asked for.
    """

    def __init__(self, conversation: Conversation, reader: Reader) -> None:
        self.conversation = conversation
        self.events = conversation.events
        self.reader = reader
        self.turns: tuple[Turn, ...] = turns_of(conversation.events)

    @cached_property
    def language(self) -> str | None:
        """The language of the customer's side: as declared, else as told; None if neither."""
        declared = primary(self.conversation.language)
        if declared and declared not in _UNTOLD:
            return declared
        for roles in ((Role.USER,), (Role.USER, Role.BOT)):
            texts = [
                event.text
                for event in self.events
                if isinstance(event, Message) and event.role in roles and event.text
            ]
            told = script_of(" ".join(texts)) or tell(
                (word for text in texts for word in self.reader.text(text).words),
                self.reader.tables.languages,
            )
            if told:
                return told
        return None

    @property
    def is_read(self) -> bool:
        """Whether the words of this language are read at all."""
        return self.language is None or self.language in READ

    def language_of(self, turn: Turn) -> str:
        """Tell the language of a turn: the conversation's, unless its words say other."""
        if not self.is_read:
            return ANY
        votes = self.reader.tables.votes
        score = sum(
            votes.get(word, 0)
            for index in turn.events
            if isinstance(event := self.events[index], Message) and event.text
            for word in self.reader.text(event.text).words
        )
        if score:
            return "fr" if score > 0 else "en"
        return self.language or ANY

    @cached_property
    def said(self) -> Mapping[str, tuple[Said, ...]]:
        """What each list found, by the name of the list, in the order of events."""
        said: dict[str, list[Said]] = {}
        for turn in self.turns:
            if turn.role is not Role.USER and turn.role is not Role.BOT:
                continue
            side: Side = "user" if turn.role is Role.USER else "bot"
            language = self.language_of(turn)
            for index in turn.events:
                event = self.events[index]
                if isinstance(event, Message) and event.text:
                    for found in self.reader.phrases(event.text, language, side):
                        said.setdefault(found.list, []).append(found._replace(event=index))
        return {name: tuple(found) for name, found in said.items()}

    @cached_property
    def turn_at(self) -> Mapping[int, int]:
        """The index into `turns` of each event that belongs to one."""
        return {event: at for at, turn in enumerate(self.turns) for event in turn.events}

    def messages(self, turn: Turn) -> list[tuple[int, Message]]:
        """Give the messages of a turn with their indexes."""
        return [
            (index, event)
            for index in turn.events
            if isinstance(event := self.events[index], Message)
        ]

    @cached_property
    def trouble(self) -> frozenset[int]:
        """The turns (indexes into `turns`) in which the bot did not take or meet the need."""
        flagged = {
            self.turn_at[index]
            for index, event in enumerate(self.events)
            if isinstance(event, Message) and event.fallback and event.role is Role.BOT
        }
        spoken = {
            self.turn_at[found.event] for name in _TROUBLE for found in self.said.get(name, ())
        }
        return frozenset(flagged | spoken)

    def after_trouble(self, event: int) -> bool:
        """Say whether an event answers a bot turn that was in trouble."""
        at = self.turn_at.get(event)
        return at is not None and at - 1 in self.trouble

    def choices_before(self, at: int) -> tuple[str, ...]:
        """Give the choices offered by the bot turn just before turn `at`."""
        if at == 0 or self.turns[at - 1].role is not Role.BOT:
            return ()
        return tuple(
            choice
            for _, message in self.messages(self.turns[at - 1])
            for choice in message.choices
        )

    def takes_choice(self, index: int) -> bool:
        """Say whether a customer message reads exactly as a choice just offered."""
        event = self.events[index]
        at = self.turn_at.get(index)
        if at is None or not isinstance(event, Message) or not event.text:
            return False
        choices = self.choices_before(at)
        return bool(choices) and _plain(event.text) in {_plain(choice) for choice in choices}

    def asks_for_person(self, text: str) -> bool:
        """Say whether a text, of a button for instance, asks for a person."""
        language = self.language if self.is_read and self.language else ANY
        found = self.reader.phrases(text, language, "user")
        return any(said.list == "user_asks_for_person" for said in found)

    def messages_text(self, index: int) -> str:
        """Give the text of a message; empty for any other event."""
        event = self.events[index]
        return event.text if isinstance(event, Message) else ""

    def places_of(self, text: str, stems: frozenset[str]) -> list[tuple[int, int]]:
        """Find where words with these stems stand in a text, in order."""
        folded = self.reader.text(text).folded
        return [
            folded.place(*match.span())
            for match in _WORDS.finditer(folded.text)
            if _stem(match.group()) in stems
        ]

    def content_words(self, text: str) -> frozenset[str]:
        """Give the words of a text that carry a need, without endings of number."""
        tables = self.reader.tables
        empty = tables.function_words
        return frozenset(
            _stem(word)
            for word in self.reader.text(text).words
            if word not in empty["fr"] and word not in empty["en"] and len(word) > 1
        )


def _quoted(text: str) -> tuple[tuple[int, int], ...]:
    if not any(mark in text for mark in _QUOTING):
        return ()
    return tuple(match.span() for match in _QUOTED.finditer(text))


def _plain(text: str) -> str:
    return " ".join(_WORDS.findall(fold(text).text)) or text.strip()


def _stem(word: str) -> str:
    """Cut endings of number and gender; long enough words only.

    >>> _stem("commandes"), _stem("parcel"), _stem("retourner")
    ('command', 'parcel', 'retourn')
    """
    for ending in ("ements", "ement", "ing", "ees", "ees", "er", "ed", "ee", "es", "s", "x", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 3:  # noqa: PLR2004
            return word[: -len(ending)]
    return word
