"""A conversation: all events between one customer and the bot, in order."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal, Self

import msgspec
from msgspec import Meta, Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

# Values like these hold no cycles, so the collector need not look at them (gc=False):
# reading and scoring make many of them.
Time = Annotated[datetime, Meta(tz=True)]
# JSON knows no infinity, but a reader may make one of 1e999.
Number = Annotated[float, Meta(ge=-1e15, le=1e15)]
FlowType = Literal["campaign", "transfer", "sales", "support", "other"]
Medium = Literal["image", "audio", "video", "file", "location", "card"]


class Role(StrEnum):
    """Who did it. `USER` is the customer; `UNKNOWN` is never guessed to be one."""

    USER = "user"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"
    UNKNOWN = "unknown"


# Asked for each event many times: a class of names takes long to give one.
USER, BOT, SYSTEM = Role.USER, Role.BOT, Role.SYSTEM


class Product(Struct, frozen=True, omit_defaults=True, gc=False):
    """The product that an action or a message is about."""

    id: str | None = None
    name: str | None = None
    price: Number | None = None
    currency: str | None = None


class _Event(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What every event may say of itself."""

    at: Time | None = None
    id: str | None = None
    flow: str | None = None
    flow_type: FlowType | None = None
    dialog: str | None = None


class Message(_Event, frozen=True, kw_only=True, gc=False, tag="message"):
    """Something written, or shown, by one role."""

    role: Role
    text: str = ""
    media: tuple[Medium, ...] = ()
    choices: tuple[str, ...] = ()
    intent: str | None = None
    confidence: Annotated[float, Meta(ge=0, le=1)] | None = None
    fallback: bool | None = None
    product: Product | None = None


class Action(_Event, frozen=True, kw_only=True, gc=False, tag="action"):
    """Something done without words: a click, a purchase, a thumb."""

    role: Role
    action: str
    target: str | None = None
    of: str | None = None
    value: Number | None = None
    currency: str | None = None
    product: Product | None = None


class Handoff(_Event, frozen=True, kw_only=True, gc=False, tag="handoff"):
    """A human teammate was requested, refused, or took the conversation."""

    state: Literal["requested", "refused", "accepted"]


class Rating(_Event, frozen=True, kw_only=True, gc=False, tag="rating"):
    """A survey answer of the customer; shown beside the score, never an input to it."""

    role: Role = Role.USER
    value: Number
    best: Number | None = None
    worst: Number | None = None
    comment: str | None = None


class Close(_Event, frozen=True, kw_only=True, gc=False, tag="close"):
    """The end of the conversation."""


Event = Message | Action | Handoff | Rating | Close


class Conversation(Struct, frozen=True, kw_only=True, omit_defaults=True, dict=True):
    """All events between one customer and the bot, as the source tells them.

    Events are taken in the order given. Fields that jauge does not know stay in
    `source`, the bytes that the record was read from.

    >>> chat = Conversation.of([("user", "Where is my parcel?"), ("bot", "Hello!")])
    >>> chat.events[0].role, len(chat.events)
    (<Role.USER: 'user'>, 2)
    """

    id: Annotated[str, Meta(min_length=1)]
    events: tuple[Event, ...]
    channel: str = "unknown"
    language: str | None = None
    department: str | None = None
    bot: str | None = None
    bot_version: str | None = None
    user_id: str | None = None
    url: str | None = None
    closed: bool = True
    unavailable: tuple[str, ...] = ()
    metadata: dict[str, object] = {}

    @classmethod
    def of(cls, said: Iterable[tuple[str, str]], *, id: str = "-") -> Self:  # noqa: A002 - the contract's name
        """Make a conversation of (role, text) pairs, for a quick try.

        Raises:
            ValueError: a role is none of `Role`.
        """
        events = tuple(Message(role=Role(role), text=text) for role, text in said)
        return cls(id=id, events=events)

    @property
    def source(self) -> bytes | None:
        """The bytes that this record was read from; None when made in Python."""
        source = self.__dict__.get("_source")
        return source if isinstance(source, bytes) else None

    def with_source(self, source: bytes) -> Self:
        """Keep the source bytes beside the decoded value; equality ignores them."""
        self.__dict__["_source"] = source
        return self


_ENCODER = msgspec.json.Encoder()


def encode_conversation(conversation: Conversation) -> bytes:
    """Write a conversation as one JSON object; the source's unknown fields come along.

    >>> encode_conversation(Conversation.of([("user", "hi")], id="c-1"))
    b'{"id":"c-1","events":[{"type":"message","role":"user","text":"hi"}]}'
    """
    if conversation.source is not None:
        return conversation.source
    return _ENCODER.encode(conversation)
