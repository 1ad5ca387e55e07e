"""Waits of the customer: what waits for an answer, and how long in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.model.conversation import BOT, SYSTEM, USER, Action, Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jauge.model.conversation import Event

SHOWN_WAIT = 10
# Fewer times may all stand on a minute by chance.
_FEWEST_TIMES = 3
_MINUTE = 60.0


def doubt_of(events: Iterable[Event]) -> float:
    """Give how many seconds of a wait are not sure: 60 where no time has seconds.

    Spreadsheets and some exports tell times to the minute: from 10:01 to 10:02 somebody
    waited a second, or two minutes. Only what is sure is called a wait.
    """
    times = [event.at for event in events if event.at is not None]
    told = len(times) < _FEWEST_TIMES or any(
        at.second or at.microsecond for at in times
    )
    return 0.0 if told else _MINUTE


def asks(event: Event) -> bool:
    """Say whether the customer waits for an answer to this event.

    A message does, and a tap on a quick reply; a click on a card or a link does not.
    """
    if type(event) is Message:
        return event.role is USER
    return (
        type(event) is Action and event.action == "quick_reply" and event.role is USER
    )


def waits(events: Sequence[Event]) -> dict[int, float]:
    """Give how many seconds the customer had waited, by the index of the answer.

    What is not sure of them is left out.
    """
    found: dict[int, float] = {}
    doubt = doubt_of(events)
    asked = None
    for index, event in enumerate(events):
        if asks(event):
            asked = event.at
        elif type(event) is Message and event.role is not SYSTEM:
            answers = event.role is BOT and event.flow_type != "campaign"
            if answers and asked is not None and event.at is not None:
                found[index] = max(0.0, (event.at - asked).total_seconds() - doubt)
            asked = None
    return found


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
