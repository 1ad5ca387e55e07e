"""A row of the list of conversations: its facts, what counted most, and why."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from jauge.model.conversation import Handoff, Message, Rating, Role
from jauge.report.shown import Piece, pieces, shown_text
from jauge.report.transcript import Marked, marked, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jauge.model.conversation import Conversation, Event
    from jauge.model.score import Contribution, Score

_REASONS = 3
_BEFORE, _LONGEST = 40, 150


class Reasons(Struct, frozen=True):
    """The strongest signals with all their points in tenths, and the others summed."""

    strongest: tuple[tuple[str, int], ...]
    others: int
    rest: int


class Row(Struct, frozen=True, kw_only=True):
    """What the list says of one conversation.

    `told` is the message that counted most, its evidence marked; `first` are the first
    words of the customer, where those are others.
    """

    told: tuple[Marked, ...]
    teller: Role | None
    event: int | None
    first: str
    reasons: Reasons
    started: datetime | None
    from_user: int
    from_bot: int
    rating: Rating | None
    handoff: str | None


def row_of(conversation: Conversation, score: Score) -> Row:
    """Make the row of a conversation."""
    events = conversation.events
    index = most_telling(events, score.contributions)
    roles = [event.role for event in events if isinstance(event, Message)]
    first = next(texts_of(events, Role.USER), None)
    message = events[index] if index is not None else None
    parts = [part for part in score.contributions if part.event == index]
    return Row(
        told=_excerpt(message.text, parts) if isinstance(message, Message) else (),
        teller=message.role if isinstance(message, Message) else None,
        event=index,
        first="" if first is None or first[0] == index else _short(first[1]),
        reasons=reasons_of(score),
        started=started_at(conversation),
        from_user=roles.count(Role.USER),
        from_bot=roles.count(Role.BOT),
        rating=last_rating(conversation),
        handoff=last_handoff(events),
    )


def most_telling(events: Sequence[Event], parts: Sequence[Contribution]) -> int | None:
    """Find the message whose points weigh most; else the customer's first.

    What a bot repeats or a customer clicks has its points, but no words worth reading:
    only messages with a text count.
    """
    tenths: Counter[int] = Counter()
    for part in parts:
        if part.event is not None and part.event < len(events):
            event = events[part.event]
            if isinstance(event, Message) and event.text.strip():
                tenths[part.event] += part.tenths
    if tenths:
        return min(tenths, key=lambda index: (-abs(tenths[index]), index))
    for role in (Role.USER, Role.BOT):
        for index, _ in texts_of(events, role):
            return index
    return None


def reasons_of(score: Score) -> Reasons:
    """Sum the points of each signal; keep the strongest, and add up the others."""
    tenths: Counter[str] = Counter()
    for part in score.contributions:
        tenths[part.signal] += part.tenths
    ordered = sorted(tenths.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    others = ordered[_REASONS:]
    return Reasons(
        tuple(ordered[:_REASONS]), len(others), sum(count for _, count in others)
    )


def started_at(conversation: Conversation) -> datetime | None:
    """Give the first time that a conversation tells."""
    return next((event.at for event in conversation.events if event.at), None)


def last_rating(conversation: Conversation) -> Rating | None:
    """Give the last rating of the customer."""
    found = [event for event in conversation.events if isinstance(event, Rating)]
    return found[-1] if found else None


def last_handoff(events: Sequence[Event]) -> str | None:
    """Give the last state of the hand-off to a human teammate."""
    found = [event.state for event in events if isinstance(event, Handoff)]
    return found[-1] if found else None


def texts_of(events: Sequence[Event], role: Role) -> Iterator[tuple[int, str]]:
    """Give the messages of a role that have a text, with their places."""
    for index, event in enumerate(events):
        if isinstance(event, Message) and event.role is role and event.text.strip():
            yield index, event.text


def _short(text: str) -> str:
    shown = " ".join(shown_text(text).split())
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1].rstrip() + "…"


def _excerpt(text: str, parts: Sequence[Contribution]) -> tuple[Marked, ...]:
    """Cut what stands around the evidence out of a long message."""
    cut = pieces(text, spans_of(parts))
    first = next((at for at, piece in enumerate(cut) if piece.span is not None), None)
    if first is not None and first > 0:
        lead = cut[first - 1].text
        if len(lead) > _BEFORE:
            lead = "…" + lead[-_BEFORE:]
        cut = (Piece(lead), *cut[first:])
    kept, left = [], _LONGEST
    for piece in cut:
        if left <= 0:
            break
        over = len(piece.text) > left
        kept.append(Piece(piece.text[:left] + "…" if over else piece.text, piece.span))
        left -= len(piece.text)
    return marked(kept, parts, {})
