"""Make a conversation of what a platform told, held to the rules of the contract."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import msgspec

from jauge.model.conversation import Action, Conversation, Handoff, Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jauge.model.conversation import Event

_ALL_WELL = frozenset({Message, Action, Handoff})


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
    if type(event) not in _ALL_WELL or not (event.at is None or event.at.tzinfo is UTC):
        return False
    if isinstance(event, Message):
        return event.product is None and _is_share(event.confidence)
    return isinstance(event, Handoff) or (
        event.value is None and event.product is None
    )


def _is_share(number: float | None) -> bool:
    return number is None or (type(number) is float and 0 <= number <= 1)


def _checked(event: Event) -> Event:
    return msgspec.convert(msgspec.to_builtins(event), type(event))
