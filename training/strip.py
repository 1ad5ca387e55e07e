"""Conversations with less to see: text alone, or only their beginning."""

from __future__ import annotations

from msgspec.structs import replace

from jauge.model.conversation import Conversation, Message, Role


def text_alone(conversation: Conversation) -> Conversation:
    """Take away flags, confidence, intents, times, and all that is no message.

    What is no message becomes an empty one of the system, so that indexes stay.
    """
    blank = Message(role=Role.SYSTEM, text="")
    events = tuple(
        replace(event, at=None, fallback=None, confidence=None, intent=None)
        if isinstance(event, Message)
        else blank
        for event in conversation.events
    )
    return replace(conversation, events=events)


def up_to(conversation: Conversation, event: int) -> Conversation:
    """Give a conversation that is open after an event."""
    return replace(conversation, events=conversation.events[: event + 1], closed=False)
