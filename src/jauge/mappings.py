"""Mapping files: where the facts stand in JSON of any shape, as a user writes it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from jauge.errors import UsageError

Place = str | list[str]
"""A path into the JSON, `sender.type`; of several, the first that leads somewhere."""

Told = Literal[
    "channel", "language", "department", "bot", "bot_version", "user_id", "url"
]
Number = Annotated[float, Meta(ge=-1e15, le=1e15)]


class Said(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a message says its facts."""

    text: Place
    role: Place
    at: Place | None = None
    id: Place | None = None
    choices: Place | None = None
    intent: Place | None = None
    confidence: Place | None = None
    fallback: Place | None = None
    flow: Place | None = None


class Other(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that is no message: when it is one, and what it is.

    `when` is path → the values it has. An action has a `target`, a hand-off a `state`,
    a rating a `value`.
    """

    when: Annotated[dict[str, str | list[str]], Meta(min_length=1)]
    type: Literal["action", "handoff", "rating", "close"]
    action: str = "quick_reply"
    target: Place | None = None
    state: Literal["requested", "refused", "accepted"] = "requested"
    value: Place | None = None
    comment: Place | None = None
    best: Number | None = None
    worst: Number | None = None


class Rated(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a conversation has its rating."""

    value: Place
    comment: Place | None = None
    at: Place | None = None
    best: Number | None = None
    worst: Number | None = None


class Mapping(Struct, frozen=True, forbid_unknown_fields=True):
    """What a mapping file says; see docs/mapping.md.

    `conversations` is where the records stand inside one object, `messages` where a
    record has its list of messages; without it each record is a message.
    """

    id: Place
    message: Said
    conversations: str | None = None
    messages: str | None = None
    conversation: dict[Told, Place] = {}
    roles: dict[str, Literal["user", "bot", "agent", "system"]] = {}
    skip: dict[str, str | list[str]] = {}
    events: list[Other] = []
    rating: Rated | None = None
    closed: dict[str, str | list[str]] = {}
    markup: Literal["plain", "html", "markdown"] = "plain"


def load_mapping(path: str | None) -> Mapping | None:
    """Read a mapping file; None where none is named.

    Raises:
        UsageError: it cannot be read, or says something that is no mapping.
    """
    if path is None:
        return None
    try:
        return msgspec.toml.decode(Path(path).read_bytes(), type=Mapping)
    except UnicodeDecodeError as error:
        msg = f"{path}: byte {error.start} is not UTF-8. Save it as UTF-8."
        raise UsageError(msg) from error
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None)
        if told or not isinstance(error, msgspec.MsgspecError):
            msg = f"{path}: cannot be read ({told or error}). Name a mapping file."
            raise UsageError(msg) from error
        msg = f"{path}: {error}. See docs/mapping.md for what it may hold."
        raise UsageError(msg) from error
