"""Which conversations are scored, and why the others are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from jauge.model.conversation import (
    BOT,
    USER,
    Action,
    Conversation,
    Handoff,
    Message,
    Role,
)
from jauge.model.turns import WIDGET

if TYPE_CHECKING:
    from jauge.model.score import Reason

_ACTS = (Message, Action)


def first_agent_event(conversation: Conversation) -> int | None:
    """Give the index of the first event of a human teammate, or None."""
    for index, event in enumerate(conversation.events):
        if type(event) is Handoff:
            if event.state == "accepted":
                return index
        elif isinstance(event, _ACTS) and event.role is Role.AGENT:
            return index
    return None


def before_handoff(conversation: Conversation) -> Conversation | None:
    """Give the part before an agent took over, left open; None if none did."""
    index = first_agent_event(conversation)
    if index is None:
        return None
    return replace(conversation, events=conversation.events[:index], closed=False)


def reason_not_scored(conversation: Conversation) -> Reason | None:
    """Say why a conversation is not scored: the first reason that holds, or None.

    >>> reason_not_scored(Conversation.of([("bot", "Hello! How can I help?")]))
    'not_engaged'
    """
    if conversation.channel == "email":
        return "email"
    if first_agent_event(conversation) is not None:
        return "agent"
    roles = {event.role for event in conversation.events if isinstance(event, Message)}
    if Role.UNKNOWN in roles and not {USER, BOT} <= roles:
        return "unknown_roles"
    if BOT not in roles:
        return "no_bot_message"
    engaged = USER in roles or any(
        isinstance(event, Action) and event.role is USER and event.action not in WIDGET
        for event in conversation.events
    )
    return None if engaged else "not_engaged"
