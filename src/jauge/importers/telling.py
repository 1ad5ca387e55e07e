"""What an importer of a platform tells: events, what is no turn, and new beginnings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

from msgspec import Struct

from jauge.importers.moments import moment
from jauge.importers.speakers import role_told
from jauge.importers.times import zone_named
from jauge.importers.values import Step, id_of
from jauge.model.conversation import Action, Event, Message, Role

if TYPE_CHECKING:
    from jauge.settings import ReadOptions

Kind = Literal[
    "note", "typing", "receipt", "echo", "edit", "deletion", "tool", "system",
    "activity", "status", "reaction", "trace", "duplicate", "empty", "thread", "other",
]  # fmt: skip
"""The kinds of what is no turn of a conversation; `doctor` has words for each."""


class LeftOut(Struct, frozen=True, gc=False):
    """Something that stands in the source and is no turn: a note, a receipt."""

    kind: Kind


class Break(Struct, frozen=True, gc=False):
    """Another conversation of the same customer begins here."""


Told = Event | LeftOut | Break


class Thread(NamedTuple):
    """What a platform tells of one conversation, in the order of the source.

    `facts` are fields of the conversation: `{"channel": "web_chat"}`; empty ones are
    left out.
    """

    id: str
    told: Iterable[Told]
    facts: Mapping[str, object] = {}


class How(NamedTuple):
    """How a source is understood: its zone, and who is who by `--bot-id`.

    `on_unknown` is called with each name of a speaker whose role nobody tells;
    `on_speaker`, where roles are told, with each name, and each id that has one.
    """

    zone: tzinfo
    roles: Mapping[str, str] = {}
    on_unknown: Callable[[str], None] | None = None
    on_speaker: Callable[[str], None] | None = None

    @classmethod
    def of(cls, options: ReadOptions) -> Self:
        """Take from the options of reading what it needs."""
        zone = zone_named(options.timezone)
        return cls(zone, options.roles, options.on_unknown, options.on_speaker)

    def at(self, value: object, *path: Step) -> datetime | None:
        """Read a time; None where there is none.

        Raises:
            FaultError: something is there that is no time.
        """
        return moment(value, *path, zone=self.zone)

    def role(self, known: Role, value: object, *path: Step) -> Role:
        """Give the role of `--bot-id` or `--agent-id` for an id, else the one known."""
        if not self.roles:
            return known
        named = self.roles.get(name := id_of(value, *path))
        if named:
            self._hear(name)
        return Role(named) if named else known

    def speaker(self, known: Role, name: str) -> Role:
        """Give the role of a name, as `role` does; `*` stands for all others.

        Only for sources where whoever speaks has a name and may be the customer.
        """
        self._hear(name)
        role = Role(role_told(name, known, self.roles))
        if role is Role.UNKNOWN and name and self.on_unknown is not None:
            self.on_unknown(name)
        return role

    def _hear(self, name: str) -> None:
        if self.roles and name and self.on_speaker is not None:
            self.on_speaker(name)


def clicked(message: Message) -> Action:
    """Make a click of a customer's message that reads as a choice just offered.

    >>> clicked(Message(role=Role.USER, text="Oui")).target
    'Oui'
    """
    return Action(
        role=message.role,
        action="quick_reply",
        target=message.text or None,
        at=message.at,
        id=message.id,
    )
