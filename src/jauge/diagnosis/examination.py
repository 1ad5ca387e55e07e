"""Count what streams by: fields, names, refusals, signals that cannot be."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import fields, replace

from jauge.diagnosis.findings import REST, Cause, Diagnosis, Refusal, Unavailable
from jauge.diagnosis.suspects import Suspects
from jauge.importers.columns import NAMES, role_of
from jauge.importers.finished import conversations
from jauge.importers.platform import Platform
from jauge.importers.speakers import EVERYBODY, role_told
from jauge.importers.table import speakers_of
from jauge.model.conversation import (
    Action,
    Close,
    Conversation,
    Handoff,
    Message,
    Rating,
    Role,
)
from jauge.model.rejected import Rejected, without_values
from jauge.scoring.status import reason_not_scored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from msgspec.structs import FieldInfo

    from jauge.importers.protocol import Importer, Record
    from jauge.scorer import Scorer
    from jauge.settings import ReadOptions
    from jauge.text.reading import Reading

_NATIVE = frozenset({"jsonl", "json"})
_TABLES = frozenset({"csv", "xlsx"})
# A hostile file may bring a new name with every record: only so many are told apart.
_DISTINCT = 500
_LONGEST_NAME = 80
_TYPES = {
    kind: str(kind.__struct_config__.tag)
    for kind in (Message, Action, Handoff, Rating, Close)
}
_OF_CONVERSATION = tuple(
    one
    for one in fields(Conversation)
    if one.name not in ("id", "events", "closed", "unavailable")
)
_OF_MESSAGE = tuple(
    one for one in fields(Message) if one.name not in ("id", "role", "text")
)
_HAPPENED = ("action", "handoff", "rating")
FIELDS = (*(one.name for one in (*_OF_CONVERSATION, *_OF_MESSAGE)), *_HAPPENED)
"""The fields that a source may show, in the order in which they are told."""

_KNOWN = frozenset(one.encode_name for one in fields(Conversation))
_KNOWN_OF = {
    name: frozenset({"type", *(one.encode_name for one in fields(kind))})
    for kind, name in _TYPES.items()
}
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_OBJECTS = msgspec.json.Decoder(list[dict[str, msgspec.Raw]])


class Examination:
    """Counts of a file so far; bounded, however long the file."""

    def __init__(self, scorer: Scorer, options: ReadOptions) -> None:
        self.scorer = scorer
        self.left_out: Counter[str] = Counter()
        self.columns: dict[str, str | None] = {}
        self.options = replace(
            options,
            on_left_out=self._leave_out,
            on_unknown=self._not_know,
            on_speaker=self._hear,
            on_columns=self.columns.update,
        )
        self.heard: set[str] = set()
        self.speakers: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self.conversations = self.rejected = 0
        self.events: Counter[str] = Counter()
        self.roles: Counter[str] = Counter()
        self.channels: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.span: tuple[datetime, datetime] | None = None
        self.found: Counter[str] = Counter()
        self.ignored: Counter[str] = Counter()
        self.hidden: Counter[tuple[Cause, str]] = Counter()
        self.causes: Counter[Cause] = Counter()
        self.not_scored: Counter[str] = Counter()
        self.refusals: dict[str, Refusal] = {}
        self.suspects = Suspects()

    def take(self, item: tuple[Importer, Record] | Rejected) -> None:
        """Count one record."""
        if isinstance(item, Rejected):
            self._refuse(item)
            return
        importer, record = item
        for made in conversations(importer, record, self.options):
            if isinstance(made, Rejected):
                self._refuse(made)
                continue
            if importer.name in _NATIVE:
                _count(self.ignored, set(unknown_keys(record.data)))
            before = self.roles[Role.UNKNOWN]
            self._hold(made)
            if importer.name in _TABLES and self.roles[Role.UNKNOWN] > before:
                self._not_know_any(record)
            if importer.name in _TABLES and self.options.roles:
                for name in filter(None, speakers_of(record)):
                    self._hear(name)
            self._read(self.scorer.read(made))

    def _leave_out(self, kind: str) -> None:
        _count(self.left_out, [kind])

    def _not_know(self, name: str) -> None:
        _count(self.unknown, [name])

    def _hear(self, name: str) -> None:
        if name in self.options.roles:
            self.heard.add(name)
        _count(self.speakers, [name])

    def _unheard(self, importer: Importer | None) -> dict[str, str]:
        """Give the names that were told a role and that nobody has, with the role.

        Of other importers, as those of packages, it is not known who was heard.
        """
        if not isinstance(importer, Platform) and (
            importer is None or importer.name not in _TABLES | _NATIVE
        ):
            return {}
        told = self.options.roles.items()
        missing = {name: role for name, role in told if name not in self.heard}
        missing.pop(EVERYBODY, None)
        return missing

    def _not_know_any(self, record: Record) -> None:
        """Note who speaks in a table without a role that is known."""
        for name in filter(None, speakers_of(record)):
            if role_told(name, role_of(name), self.options.roles) == Role.UNKNOWN:
                self._not_know(name)

    def _refuse(self, rejected: Rejected) -> None:
        self.rejected += 1
        kind = without_values(f"{rejected.path}: {rejected.reason}")
        held = self.refusals.get(kind)
        if held is not None:
            self.refusals[kind] = Refusal(held.first, held.count + 1)
        elif len(self.refusals) < _DISTINCT:
            self.refusals[kind] = Refusal(rejected, 1)

    def _hold(self, conversation: Conversation) -> None:
        self.conversations += 1
        _count(self.channels, [conversation.channel])
        shown = set(_shown(conversation, _OF_CONVERSATION))
        for event in conversation.events:
            kind = _TYPES[type(event)]
            self.events[kind] += 1
            if isinstance(event, Message):
                self.roles[event.role] += 1
                shown.update(_shown(event, _OF_MESSAGE))
            elif kind in _HAPPENED:
                shown.add(kind)
            if event.at is not None:
                shown.add("at")
                first, last = self.span or (event.at, event.at)
                self.span = min(first, event.at), max(last, event.at)
        self.found.update(shown)

    def _read(self, reading: Reading) -> None:
        conversation = reading.conversation
        _count(self.languages, [conversation.language or reading.language or "?"])
        reason = reason_not_scored(conversation)
        if reason is not None:
            self.not_scored[reason] += 1
            return
        unavailable = self.scorer.unavailable(reading)
        causes = {name: self._cause(name, reading) for name in unavailable}
        self.hidden.update((cause, name) for name, cause in causes.items())
        self.causes.update(set(causes.values()))
        self.suspects.take(reading, self.scorer.signals(reading, unavailable))

    def _cause(self, signal: str, reading: Reading) -> Cause:
        """Say why a signal that is unavailable is so."""
        if signal in reading.conversation.unavailable:
            return "listed"
        needs = next(one.needs for one in self.scorer.detectors if one.name == signal)
        if "words" in needs and not reading.is_read:
            return "words"
        return "confidence" if "confidence" in needs else "times"

    def _unavailable(self) -> Iterator[Unavailable]:
        for cause, count in self.causes.most_common():
            names = tuple(
                one.name
                for one in self.scorer.detectors
                if self.hidden[cause, one.name]
            )
            yield Unavailable(cause, names, count)

    def diagnosis(self, file: str, importer: Importer | None) -> Diagnosis:
        """Give the counts as they stand."""
        columns = self.columns
        possible = {*NAMES, *_HAPPENED} if columns else frozenset(FIELDS)
        ignored: dict[str, int | None] = dict(self.ignored.most_common())
        ignored |= {name: None for name, meant in columns.items() if meant is None}
        return Diagnosis(
            file=file,
            format=importer.name if importer else None,
            format_words=dict(importer.words) if importer else {},
            format_lacks=(
                importer.form.page.lacks._asdict()
                if isinstance(importer, Platform)
                else {}
            ),
            conversations=self.conversations,
            scorable=self.conversations - self.not_scored.total(),
            events={name: self.events[name] for name in _TYPES.values()},
            roles=dict((+self.roles).most_common()),
            unknown=dict(self.unknown.most_common()),
            unheard=self._unheard(importer),
            speakers=tuple(name for name, _ in self.speakers.most_common()),
            channels=dict(self.channels.most_common()),
            languages=dict(self.languages.most_common()),
            span=self.span,
            found={name: self.found[name] for name in FIELDS if self.found[name]},
            missing=tuple(
                name for name in FIELDS if name in possible and not self.found[name]
            ),
            columns={
                name: meant for name, meant in columns.items() if meant is not None
            },
            ignored=ignored,
            left_out=dict(self.left_out.most_common()),
            unavailable=tuple(self._unavailable()),
            not_scored=dict(self.not_scored.most_common()),
            rejected=self.rejected,
            refusals=tuple(self.refusals.values()),
            suspects=self.suspects.proposed(self.conversations),
        )


def unknown_keys(data: bytes) -> Iterator[str]:
    """Name the fields of a record that jauge does not know, its events' as `events.x`.

    >>> list(unknown_keys(b'{"id":"a","shop":1,"events":[{"type":"close","why":"x"}]}'))
    ['shop', 'events.why']
    """
    record = _OBJECT.decode(data)
    yield from (name for name in record if name not in _KNOWN)
    for event in _OBJECTS.decode(record["events"]):
        known = _KNOWN_OF[msgspec.json.decode(event["type"], type=str)]
        yield from (f"events.{name}" for name in event if name not in known)


def _shown(
    value: Conversation | Message, declared: tuple[FieldInfo, ...]
) -> Iterator[str]:
    """Name the fields that say more than their default."""
    return (one.name for one in declared if getattr(value, one.name) != _default(one))


def _default(declared: FieldInfo) -> object:
    made = declared.default_factory
    return declared.default if made is msgspec.NODEFAULT else made()


def _count(counter: Counter[str], names: Iterable[str]) -> None:
    """Count names, the rest of them as one when there are too many."""
    for name in names:
        short = name[:_LONGEST_NAME]
        counter[short if short in counter or len(counter) < _DISTINCT else REST] += 1
