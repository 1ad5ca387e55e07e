"""What a source can show, told from the events alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.model.conversation import BOT, Message, Rating

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jauge.model.conversation import Event


def has_times(events: Iterable[Event]) -> bool:
    """Say whether any event comes with its time; a rating is no input, nor its time."""
    return any(
        event.at is not None and not isinstance(event, Rating) for event in events
    )


def has_confidence(events: Iterable[Event]) -> bool:
    """Say whether any message of the bot comes with its confidence."""
    return any(
        isinstance(event, Message)
        and event.confidence is not None
        and event.role is BOT
        for event in events
    )
