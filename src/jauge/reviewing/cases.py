"""Objections as test cases: the shape of `tests/cases/*.yaml`, to mend a signal by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from jauge.detectors import KNOWN
from jauge.model.conversation import Message
from jauge.redaction.masking import mask
from jauge.redaction.together import masked_alone
from jauge.reviewing.chat_lines import chat_lines
from jauge.scoring.status import before_handoff
from jauge.store.objections import all_objections
from jauge.store.points import points_of
from jauge.text.language import READ, primary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jauge.model.conversation import Conversation
    from jauge.model.label import Objection
    from jauge.model.score import Contribution
    from jauge.redaction.masking import Lang
    from jauge.store.database import Store
    from jauge.store.points import Points

_EITHER_SIGN = frozenset(one.name for one in KNOWN if one.sign == 0)
_NO_REASON = "somebody says that this point is wrong"


class Case(Struct, frozen=True):
    """One conversation in which a signal should be silent, or fire at other events.

    `at` are the events of the points that nobody objected to; `chat` are lines as
    `jauge.testing.conversation` takes them, `facts` fields of the conversation.
    """

    signal: str
    why: str
    lang: str
    chat: tuple[str | dict[str, object], ...]
    at: tuple[int | None, ...] = ()
    lowers: bool = False
    facts: dict[str, object] = {}


def cases_of(store: Store, lang: Lang, *, masked: bool) -> tuple[list[Case], int]:
    """Make a case of each conversation and signal that was objected to, by signal.

    The second number counts those left out: the conversation has changed since.

    Raises:
        StoreError: the store cannot be read.
    """
    found: dict[tuple[str, str, bytes, str], list[Objection]] = {}
    for id_, one in all_objections(store):
        found.setdefault((one.signal, id_, one.content, one.scorer), []).append(one)
    made = [
        _case(store, key[1], found[key], lang if masked else None)
        for key in sorted(found)
    ]
    cases = [one for one in made if one is not None]
    return cases, len(made) - len(cases)


def _case(
    store: Store, id_: str, objections: Sequence[Objection], lang: Lang | None
) -> Case | None:
    history, first = store.conversation(id_), objections[0]
    points = _points(store, id_, first)
    if history is None or points is None:
        return None
    chat = _as_it_was(history.kept.conversation, points)
    if chat is None:
        return None
    right = _right(points.contributions, objections)
    why = "; ".join(dict.fromkeys(one.why for one in objections if one.why))
    if lang is not None:
        chat, why = masked_alone(chat, lang), mask(why, lang).text
    spoken = primary(points.language or "")
    facts: dict[str, object] = {} if chat.closed else {"closed": False}
    if spoken not in READ and points.language:
        facts["language"] = points.language
    if chat.unavailable:
        facts["unavailable"] = list(chat.unavailable)
    return Case(
        signal=first.signal,
        why=why or _NO_REASON,
        lang=spoken if spoken in READ else "en",
        chat=tuple(chat_lines(chat.events)),
        at=tuple(dict.fromkeys(part.event for part in right)),
        lowers=first.signal in _EITHER_SIGN and any(one.points < 0 for one in right),
        facts=facts,
    )


def _points(store: Store, id_: str, objection: Objection) -> Points | None:
    """Find the points that were objected to."""
    ((_, scores),) = points_of(store, [id_])
    told = objection.content, objection.scorer
    return next(
        (
            points
            for points in scores
            if (points.content, points.scorer) == told
            and any(_is_at(part, objection) for part in points.contributions)
        ),
        None,
    )


def _is_at(part: Contribution, objection: Objection) -> bool:
    return (part.signal, part.event) == (objection.signal, objection.event)


def _right(
    parts: Sequence[Contribution], objections: Sequence[Objection]
) -> list[Contribution]:
    """Give the points of the signal that nobody objected to."""
    wrong: list[Contribution] = []
    for one in objections:
        here = [part for part in parts if _is_at(part, one)]
        wrong += [part for part in here if part.span == one.span] or here
    signal = objections[0].signal
    return [part for part in parts if part.signal == signal and part not in wrong]


def _as_it_was(conversation: Conversation, points: Points) -> Conversation | None:
    """Give the version that the points are of; None if its words are no longer there.

    Only the newest version is kept: an earlier one is its beginning, as a rule.
    """
    part = before_handoff(conversation) if points.part != "whole" else conversation
    if part is None:
        return None
    chat = replace(part, events=part.events[: points.events])
    is_same = all(_shows(chat, one) for one in points.contributions)
    return chat if is_same else None


def _shows(chat: Conversation, part: Contribution) -> bool:
    if part.event is None:
        return True
    if part.event >= len(chat.events):
        return False
    event = chat.events[part.event]
    if part.span is None:
        return True
    return isinstance(event, Message) and event.text[slice(*part.span)] == part.evidence
