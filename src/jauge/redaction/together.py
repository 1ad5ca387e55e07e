"""Mask a conversation and its score together: evidence stays the words of its event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from jauge.model.conversation import Action, Close, Message, Rating
from jauge.redaction.masking import Lang, Masked, mask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jauge.model.conversation import Conversation, Event
    from jauge.model.score import Contribution, Score

_NOTHING = Close()


def masked_together(
    conversation: Conversation, score: Score, lang: Lang
) -> tuple[Conversation, Score]:
    """Mask what was written, chosen and clicked, and the evidence that quotes it."""
    parts = list(score.contributions)
    places: dict[int, list[int]] = {}
    for place, part in enumerate(parts):
        if part.event is not None and part.span is not None:
            places.setdefault(part.event, []).append(place)
        else:
            evidence = mask(part.evidence, lang).text
            parts[place] = msgspec.structs.replace(part, evidence=evidence)
    events = []
    for index, event in enumerate(conversation.events):
        here = places.get(index, [])
        spans = [span for place in here if (span := parts[place].span)]
        changed, found = _masked(event, spans, lang)
        events.append(changed)
        for place, span in zip(here, found.spans, strict=True):
            parts[place] = _moved(parts[place], found.text, span)
    return (
        msgspec.structs.replace(conversation, events=tuple(events)),
        msgspec.structs.replace(score, contributions=tuple(parts)),
    )


def masked_score(conversation: Conversation, score: Score, lang: Lang) -> Score:
    """Mask the evidence of a score as `masked_together` does.

    Only what evidence was found in is read, so it takes a fraction of the time.
    """
    quoted = {part.event for part in score.contributions if part.span is not None}
    events = tuple(
        event if index in quoted else _NOTHING
        for index, event in enumerate(conversation.events)
    )
    short = msgspec.structs.replace(conversation, events=events)
    return masked_together(short, score, lang)[1]


def masked_alone(conversation: Conversation, lang: Lang) -> Conversation:
    """Mask what was written, chosen and clicked in a conversation without a score."""
    events = tuple(_masked(event, (), lang)[0] for event in conversation.events)
    return msgspec.structs.replace(conversation, events=events)


def _masked(
    event: Event, spans: Sequence[tuple[int, int]], lang: Lang
) -> tuple[Event, Masked]:
    text = event.text if isinstance(event, Message) else ""
    found = mask(text, lang, spans)
    if isinstance(event, Message):
        choices = tuple(mask(choice, lang).text for choice in event.choices)
        event = msgspec.structs.replace(event, text=found.text, choices=choices)
    elif isinstance(event, Action) and event.target:
        target = mask(event.target, lang).text
        event = msgspec.structs.replace(event, target=target)
    elif isinstance(event, Rating) and event.comment:
        comment = mask(event.comment, lang).text
        event = msgspec.structs.replace(event, comment=comment)
    return event, found


def _moved(part: Contribution, text: str, span: tuple[int, int]) -> Contribution:
    return msgspec.structs.replace(part, evidence=text[slice(*span)], span=span)
