"""Make a conversation of what a platform told, held to the rules of the contract."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import msgspec

from jauge.model.conversation import Action, Conversation, Handoff, Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jauge.model.conversation import Event


def made(facts: Mapping[str, object], events: Sequence[Event]) -> Conversation:
    """Make a conversation of its fields and its events.

    Raises:
        msgspec.ValidationError: one is not as the contract has it; the path says which.

    >>> made({"id": "c-1", "channel": "sms"}, []).channel
    'sms'
    """
    try:
        sound = [event if _is_sound(event) else _checked(event) for event in events]
        return msgspec.convert({**facts, "events": sound}, Conversation)
    except msgspec.ValidationError:
        # Looked at once more as a whole: then the place of the fault is known.
        whole = msgspec.to_builtins({**facts, "events": events})
        return msgspec.convert(whole, Conversation)


def _is_sound(event: Event) -> bool:
    """Say whether all is well with an event, as with most: no number, its time in UTC.

    The types see to the rest.
    """
    if event.at is not None and event.at.tzinfo is not UTC:
        return False
    if isinstance(event, Message):
        sure = event.confidence
        is_share = sure is None or (type(sure) is float and 0 <= sure <= 1)
        return is_share and event.product is None
    if isinstance(event, Action):
        return event.value is None and event.product is None
    return isinstance(event, Handoff)


def _checked(event: Event) -> Event:
    return msgspec.convert(msgspec.to_builtins(event), type(event))
