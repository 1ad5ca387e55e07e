"""What a diagnosis says of a file: frozen counts, no words."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from jauge.model.rejected import Rejected

Cause = Literal["times", "confidence", "words", "listed"]
REST = "…"
"""The name that all further names share once too many have been told apart."""


class Unavailable(Struct, frozen=True):
    """Signals that cannot be shown for one cause, and in how many conversations."""

    cause: Cause
    signals: tuple[str, ...]
    conversations: int


class Refusal(Struct, frozen=True):
    """One kind of rejected record: the first of them, and how many there are."""

    first: Rejected
    count: int


class Suspect(Struct, frozen=True):
    """A bot phrase that may be a fallback which no list knows.

    `share` is its share of the conversations; `followed` and `others` are how often the
    customer insists or leaves after it, and after the other bot messages.
    """

    phrase: str
    language: str
    share: float
    followed: float
    others: float


class Diagnosis(Struct, frozen=True, kw_only=True):
    """What a file holds and what is missing; most frequent first.

    `unknown` counts the messages of each name whose role nobody tells, where the source
    has names. `unheard` are the names that a role was told of and that nobody has,
    `speakers` those that there are then. `found` counts the conversations that show a
    field. `columns` says which field a column of a table is. `ignored` counts the
    conversations with a field that jauge does not know; None where it is a column.
    `left_out` counts by kind what stands in the file and is no turn. `format_lacks` is
    what files of that format never tell. `is_enveloped`: it stands in CloudEvents
    envelopes.
    `report` is the column of ratings of a file without messages; empty if it has none.
    """

    file: str
    format: str | None
    format_words: dict[str, str]
    format_lacks: dict[str, str]
    conversations: int
    scorable: int
    events: dict[str, int]
    roles: dict[str, int]
    unknown: dict[str, int]
    unheard: dict[str, str]
    speakers: tuple[str, ...]
    channels: dict[str, int]
    languages: dict[str, int]
    span: tuple[datetime, datetime] | None
    found: dict[str, int]
    missing: tuple[str, ...]
    columns: dict[str, str]
    ignored: dict[str, int | None]
    left_out: dict[str, int]
    unavailable: tuple[Unavailable, ...]
    not_scored: dict[str, int]
    rejected: int
    refusals: tuple[Refusal, ...]
    suspects: tuple[Suspect, ...]
    report: str | None = None
    is_enveloped: bool = False
