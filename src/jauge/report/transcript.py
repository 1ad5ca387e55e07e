"""A conversation as it is shown: events, marks in their texts, points in the margin."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from jauge.model.conversation import Event, Message
from jauge.model.score import Contribution
from jauge.model.wait import SHOWN_WAIT, waits
from jauge.report.evidence import is_cut
from jauge.report.shown import Piece, apart, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jauge.model.conversation import Conversation
    from jauge.model.score import Score
from jauge.report.shown import Span

SMALL = 10
_MOST_EVENTS = 400


class Note(Struct, frozen=True):
    """The points of one signal at an event, and the total after them, in tenths.

    `mark` numbers the evidence in the text; None where it has no place there. `is_cut`
    says that the evidence ends inside a sentence.
    """

    part: Contribution
    mark: int | None
    total: int
    is_cut: bool = False


class Margin(Struct, frozen=True):
    """The notes at one event; small ones are folded when there are several."""

    notes: tuple[Note, ...]
    small: tuple[Note, ...] = ()

    @property
    def small_tenths(self) -> int:
        """What the small points add up to."""
        return sum(note.part.tenths for note in self.small)

    @property
    def total(self) -> int:
        """The total after all notes of the margin."""
        return (self.small or self.notes)[-1].total


class Marked(Struct, frozen=True):
    """A piece of a text; `mark` numbers evidence, `tenths` are its points."""

    text: str
    mark: int | None = None
    tenths: int = 0


class Line(Struct, frozen=True):
    """An event with what stands before it and beside it."""

    index: int
    event: Event
    text: tuple[Marked, ...] = ()
    margin: Margin | None = None
    wait: float | None = None
    is_new_day: bool = False


class Transcript(Struct, frozen=True):
    """All lines; `whole` holds the points of the conversation as a whole.

    `left_out` are the events after the last line that is shown; `rest` their points.
    """

    lines: tuple[Line, ...]
    whole: Margin | None
    left_out: int
    rest: int


class _Count:
    """The running total of points, and the number of the last mark."""

    def __init__(self, base: int) -> None:
        self.total = 10 * base
        self.mark = 0

    def note(self, part: Contribution, mark: int | None, event: Event | None) -> Note:
        self.total += part.tenths
        cut = event is not None and is_cut(part, event)
        return Note(part, mark, self.total, cut)


def transcript_of(conversation: Conversation, score: Score) -> Transcript:
    """Lay out a conversation with its points at the events that caused them."""
    parts: dict[int | None, list[Contribution]] = {}
    for part in score.contributions:
        parts.setdefault(part.event, []).append(part)
    count = _Count(score.base or 0)
    events, waited = conversation.events, waits(conversation.events)
    lines, day = [], None
    for index, event in enumerate(events[:_MOST_EVENTS]):
        text, margin = _event(event, parts.pop(index, []), count)
        wait = waited.get(index, 0)
        at = event.at.date() if event.at else day
        lines.append(
            Line(
                index,
                event,
                text,
                margin,
                wait if wait >= SHOWN_WAIT else None,
                is_new_day=day is not None and at != day,
            )
        )
        day = at
    whole = parts.pop(None, [])
    rest = sum(part.tenths for late in parts.values() for part in late)
    count.total += rest
    left_out = max(0, len(events) - _MOST_EVENTS)
    return Transcript(tuple(lines), _margin(whole, {}, count, None), left_out, rest)


def _event(
    event: Event, parts: Sequence[Contribution], count: _Count
) -> tuple[tuple[Marked, ...], Margin | None]:
    if not isinstance(event, Message):
        return (), _margin(parts, {}, count, event)
    folded = set(map(id, _small(parts)))
    spans = spans_of(part for part in parts if id(part) not in folded)
    cut = pieces(event.text, spans)
    marks = {}
    for piece in cut:
        if piece.span is not None:
            count.mark += 1
            marks[piece.span] = count.mark
    text = marked(cut, parts, marks)
    return text, _margin(parts, marks, count, event)


def marked(
    cut: Iterable[Piece], parts: Iterable[Contribution], marks: Mapping[Span, int]
) -> tuple[Marked, ...]:
    """Give pieces their marks, and the points that they show."""
    tenths = Counter[tuple[int, int] | None]()
    for part in parts:
        tenths[part.span] += part.tenths
    return tuple(
        Marked(piece.text)
        if piece.span is None
        else Marked(piece.text, marks.get(piece.span, 0), tenths[piece.span])
        for piece in cut
    )


def spans_of(parts: Iterable[Contribution]) -> list[Span]:
    """Give the places of evidence that do not overlap; the strongest come first."""
    ordered = sorted(parts, key=lambda part: -abs(part.tenths))
    distinct = dict.fromkeys(part.span for part in ordered if part.span is not None)
    return apart(distinct)


def _small(parts: Sequence[Contribution]) -> list[Contribution]:
    small = [part for part in parts if abs(part.tenths) < SMALL]
    return small if len(small) > 1 else []


def _margin(
    parts: Sequence[Contribution],
    marks: Mapping[Span, int],
    count: _Count,
    event: Event | None,
) -> Margin | None:
    if not parts:
        return None
    small = _small(parts)
    folded = set(map(id, small))
    shown = [part for part in parts if id(part) not in folded]
    return Margin(
        tuple(
            count.note(part, marks.get(part.span or (-1, -1)), event) for part in shown
        ),
        tuple(count.note(part, None, event) for part in small),
    )
