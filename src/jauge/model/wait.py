"""Waits of the customer: what waits for an answer, and how long in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.model.conversation import Action, Message, Role

if TYPE_CHECKING:
    from jauge.model.conversation import Event


def asks(event: Event) -> bool:
    """Say whether the customer waits for an answer to this event.

    A message does, and a tap on a quick reply; a click on a card or a link does not.
    """
    if type(event) is Message:
        return event.role is Role.USER
    return (
        type(event) is Action
        and event.action == "quick_reply"
        and event.role is Role.USER
    )


def wait_in_words(seconds: float) -> str:
    """Write a wait in the shortest unit that reads well.

    >>> wait_in_words(42.4), wait_in_words(150), wait_in_words(7300)
    ('42 s', '2 min 30 s', '2 h 01 min')
    """
    whole = int(seconds + 0.5)
    if whole < 100:  # noqa: PLR2004 - as people say it
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:  # noqa: PLR2004 - an hour
        return f"{minutes} min {rest:02} s" if rest else f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60:02} min"
