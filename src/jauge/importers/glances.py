"""What the `key` of a platform looks at in a piece: the rest need not be decoded yet.

A field that is only asked whether it is there stays as it is written.
"""

from __future__ import annotations

from typing import TypedDict

from msgspec import Raw  # noqa: TC002 - the decoder looks at it


class _Named(TypedDict, total=False):
    id: object


class _OfChatwoot(TypedDict, total=False):
    id: object
    display_id: object


class Chatwoot(TypedDict, total=False):
    """A call of a webhook, a message, or a conversation with its messages."""

    id: object
    display_id: object
    event: Raw
    message_type: Raw
    content: Raw
    conversation: _OfChatwoot
    conversation_id: object
    account: _Named
    account_id: object


class BotFramework(TypedDict, total=False):
    """An activity."""

    conversation: _Named


class _OfIntercom(TypedDict, total=False):
    id: object
    type: object


class _DataOfIntercom(TypedDict, total=False):
    item: _OfIntercom


class Intercom(TypedDict, total=False):
    """A conversation, a page of them, or a call that tells of one."""

    id: object
    type: object
    topic: Raw
    data: _DataOfIntercom
    conversations: object


class KoreAi(TypedDict, total=False):
    """A message."""

    sessionId: object


class _Tracker(TypedDict, total=False):
    sender_id: object


class Rasa(TypedDict, total=False):
    """A tracker, an event, or a row."""

    _id: object
    sender_id: object
    tracker: _Tracker


class BotpressV12(TypedDict, total=False):
    """A row, whose columns may have lost their capitals."""

    threadId: object
    threadid: object
    botId: object
    botid: object


class CopilotStudio(TypedDict, total=False):
    """A row, a session, or a content alone."""

    chattranscript: Raw
    sessionid: object
    name: object
    conversationtranscriptid: object
    activities: list[_Named]
