"""Where judgements come from: ratings of customers, a table of them, labels of readers.

Only measuring and fitting read them; a score never does.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, cast

import msgspec
from msgspec import Struct

from jauge import sources
from jauge.errors import UsageError
from jauge.importers.ratings import Columns, ratings_in
from jauge.model.conversation import (
    Conversation,
    Rating,
    Role,
    encode_conversation,
)
from jauge.model.rejected import Rejected
from jauge.model.scale import Scale, number_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jauge.importers.ratings import Rated
    from jauge.unpacked import Unpacked

_FIELDS_SHOWN = 20
_LONGEST_SHOWN = 40
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])


class Judged(NamedTuple):
    """A conversation, and what was judged of it from 0 to 100; None if nothing was."""

    conversation: Conversation
    judgement: float | None


class Origin(Struct, frozen=True):
    """Where judgements are from; by default what conversations hold themselves.

    `table` is a file of ratings, joined on its column `on`, with the value in `rating`;
    `label` is a dotted path into the source record. `scale` is that of both, and fills
    what a rating in a conversation does not say of its own.
    """

    table: str | None = None
    on: str | None = None
    rating: str | None = None
    label: str | None = None
    scale: Scale = Scale()

    @property
    def kind(self) -> Literal["rating", "table", "label"]:
        """What is read: the conversation's own rating, a table, or a label."""
        if self.table is not None:
            return "table"
        return "rating" if self.label is None else "label"


@dataclass
class RatingCounts:
    """What was rated, and what could not be taken; one example of each fault.

    `again` counts ratings that a later, different one replaced; `not_read` counts ids
    in the table that no conversation had. `column` is the one that was read.
    """

    rated: int = 0
    no_number: int = 0
    no_number_example: str = ""
    off_scale: int = 0
    off_scale_example: str = ""
    again: int = 0
    not_read: int = 0
    faulty: int = 0
    first_faulty: Rejected | None = None
    column: str = ""

    def points(self, told: object, scale: Scale) -> float | None:
        """Give what is told from 0 to 100; count it if that cannot be."""
        if told is None or told == "":
            return None
        number = number_of(told)
        if number is None:
            self.no_number += 1
            self.no_number_example = self.no_number_example or _short(told)
            return None
        points = scale.points(number)
        if points is None:
            self.off_scale += 1
            self.off_scale_example = self.off_scale_example or _short(told)
        return points

    def refuse(self, row: Rejected) -> None:
        """Count a row that cannot be read."""
        self.faulty += 1
        self.first_faulty = self.first_faulty or row


class Judge(Protocol):
    """Says what was judged of a conversation; asked once for each of them."""

    @property
    def counts(self) -> RatingCounts:
        """What was rated so far, and what could not be taken."""
        ...

    def judgement(self, conversation: Conversation) -> float | None:
        """Give the judgement from 0 to 100, or None if there is none."""
        ...

    def finish(self) -> None:
        """Count what is only known at the end, and refuse what was never found."""
        ...


def judge_of(origin: Origin) -> Judge:
    """Open the place that judgements are from.

    Raises:
        UsageError: options exclude each other, or a column is missing.
        InputError: the table cannot be read.
    """
    if origin.table is not None and origin.label is not None:
        msg = "--ratings and --label exclude each other. Name one of them."
        raise UsageError(msg)
    if origin.table is None and (origin.on or origin.rating):
        msg = "--on and --rating name columns of a table: add --ratings FILE."
        raise UsageError(msg)
    if origin.table is not None:
        return TableOfRatings(origin, origin.table)
    return OwnRatings(origin) if origin.label is None else Labels(origin, origin.label)


def judged(
    found: Iterable[Conversation | Rejected], judge: Judge
) -> Iterator[Judged | Rejected]:
    """Put its judgement beside each conversation; what was rejected passes through.

    Raises:
        UsageError: at the end, if no record had the field of the label.
    """
    for one in found:
        if isinstance(one, Rejected):
            yield one
            continue
        judgement = judge.judgement(one)
        judge.counts.rated += judgement is not None
        yield Judged(one, judgement)
    judge.finish()


class OwnRatings:
    """The customer's last rating inside the conversation, on its own scale."""

    def __init__(self, origin: Origin) -> None:
        self.counts = RatingCounts()
        self._scale = origin.scale

    def judgement(self, conversation: Conversation) -> float | None:
        """Take the last rating of the customer."""
        for event in reversed(conversation.events):
            if type(event) is Rating and event.role is Role.USER:
                worst = self._scale.worst if event.worst is None else event.worst
                best = self._scale.best if event.best is None else event.best
                return self.counts.points(event.value, Scale(worst, best))
        return None

    def finish(self) -> None:
        """Leave the counts as they are."""


class Labels:
    """A field of the source record, at a dotted path."""

    def __init__(self, origin: Origin, path: str) -> None:
        self.counts = RatingCounts()
        self._scale, self._path = origin.scale, path
        self._fields: tuple[str, ...] = ()
        self._is_found = False

    def judgement(self, conversation: Conversation) -> float | None:
        """Take what stands at the path."""
        record = _OBJECT.decode(encode_conversation(conversation))
        told = _at(record, self._path)
        self._is_found = self._is_found or told is not msgspec.UNSET
        if not self._is_found and not self._fields:
            self._fields = tuple(_paths(record))
        return self.counts.points(None if told is msgspec.UNSET else told, self._scale)

    def finish(self) -> None:
        """Refuse a path that no record had.

        Raises:
            UsageError: there were records, and none had it.
        """
        if self._fields and not self._is_found:
            names = ", ".join(self._fields[:_FIELDS_SHOWN])
            msg = (
                f"--label {self._path}: no record has this field (fields: {names})."
                " Correct the path; for the columns of a table, use --ratings FILE."
            )
            raise UsageError(msg)


class TableOfRatings:
    """A table of ratings by the id of the conversation; only numbers are kept."""

    def __init__(self, origin: Origin, path: str) -> None:
        self.counts = RatingCounts()
        self._points: dict[str, float] = {}
        self._read: set[str] = set()
        for row in _rows(path, Columns(origin.on, origin.rating)):
            if isinstance(row, Rejected):
                self.counts.refuse(row)
                continue
            self.counts.column = row.column
            points = self.counts.points(row.told, origin.scale)
            if points is not None:
                self.counts.again += self._points.get(row.id, points) != points
                self._points[row.id] = points

    def judgement(self, conversation: Conversation) -> float | None:
        """Look the conversation up."""
        id_ = conversation.id.strip()
        if id_ in self._points:
            self._read.add(id_)
        return self._points.get(id_)

    def finish(self) -> None:
        """Count the ids that no conversation had."""
        self.counts.not_read = len(self._points) - len(self._read)


def _rows(path: str, columns: Columns) -> Iterator[Rated | Rejected]:
    name = (
        "<stdin>"
        if path == sources.STDIN
        else os.fsencode(path).decode(errors="replace")
    )
    with sources.opened(path) as stream:
        yield from ratings_in(stream, name, columns)
        damage = cast("Unpacked", stream.raw).damage
    if damage:
        reason = f"the file is damaged or ends early: {damage}"
        yield Rejected(name, None, "$", reason, "")


def _at(record: dict[str, msgspec.Raw], path: str) -> object:
    """Give the value at a dotted path of a record; UNSET if there is none."""
    if path in record:
        return msgspec.json.decode(record[path])
    first, _, rest = path.partition(".")
    if not rest or first not in record:
        return msgspec.UNSET
    value = msgspec.json.decode(record[first])
    for name in rest.split("."):
        if not isinstance(value, dict) or name not in value:
            return msgspec.UNSET
        value = value[name]
    return value


def _paths(record: dict[str, msgspec.Raw]) -> Iterator[str]:
    """Name the fields of a record, those of an object inside it with its name."""
    for name, raw in record.items():
        value = msgspec.json.decode(raw) if name != "events" else None
        if isinstance(value, dict):
            yield from (f"{name}.{inner}" for inner in value)
        elif name != "events":
            yield name


def _short(told: object) -> str:
    text = told if isinstance(told, str) else msgspec.json.encode(told).decode()
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
