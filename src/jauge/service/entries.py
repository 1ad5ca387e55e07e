"""The rows of a page: conversations of the store as the list shows them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from jauge.model.conversation import Conversation, Message, Role
from jauge.model.score import Score
from jauge.redaction.masking import mask
from jauge.redaction.together import masked_together
from jauge.report.rows import Row, row_of, texts_of
from jauge.report.shown import web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.columnar.selection import Selection
    from jauge.report.wording import Lang, Locale
    from jauge.service.address import View
    from jauge.service.site import Site
    from jauge.store.kept import Kept


_AGENT = "agent"
_BOT_PART = "before_handoff"


class Entry(Struct, frozen=True, kw_only=True):
    """A row: a conversation, its score, what the list says of both.

    `place` counts from the first row of the whole answer; `seconds` is how long the
    conversation took, None where it tells no times. `veiled` is the row with personal
    data masked: paper always shows that, a screen where the site masks. `is_bot_part`
    says that the score is of what came before an agent took over.
    """

    place: int
    conversation: Conversation
    score: Score
    row: Row
    veiled: Row
    seconds: float | None
    started: datetime | None
    url: str | None
    state: str | None
    rating: float | None
    is_bot_part: bool


def entries_of(site: Site, lang: Lang, selection: Selection, view: View) -> list[Entry]:
    """Give the rows of a page of the list."""
    states = selection.marks.states
    kept = site.store.several(selection.numbers(view.start, view.start + view.size))
    if view.query.count_bot_part:
        kept = [before_agent(site, one) for one in kept]
    return [
        _entry(site, lang, one, view.start + place, states.get(one.number))
        for place, one in enumerate(kept, start=1)
        if one.score is not None
    ]


def before_agent(site: Site, kept: Kept) -> Kept:
    """Give the score of the bot's part where an agent took the conversation."""
    if kept.score is None or kept.score.reason != _AGENT:
        return kept
    history = site.store.conversation(kept.conversation.id)
    parts = history.bot_parts if history else ()
    return replace(kept, score=parts[-1].score) if parts else kept


def _entry(site: Site, lang: Lang, kept: Kept, place: int, state: str | None) -> Entry:
    conversation, score = kept.conversation, kept.score
    if score is None:
        msg = "a conversation without a score is no row"
        raise ValueError(msg)
    row = row_of(conversation, score)
    veiled = _veiled(kept, row, site.locale_of(lang))
    times = [event.at for event in conversation.events if event.at is not None]
    return Entry(
        place=place,
        conversation=conversation,
        score=score,
        row=veiled if site.settings.mask else row,
        veiled=veiled,
        seconds=(max(times) - min(times)).total_seconds() if times else None,
        started=kept.started_at,
        url=web_address(conversation.url),
        state=state,
        rating=kept.rating,
        is_bot_part=score.part == _BOT_PART,
    )


def _veiled(kept: Kept, row: Row, locale: Locale) -> Row:
    """Give the row with personal data masked; mostly there is nothing to mask."""
    conversation, score = kept.conversation, kept.score
    if score is None or not any(
        mask(text, locale).text != text for text in _quoted(conversation, row)
    ):
        return row
    return row_of(*masked_together(conversation, score, locale))


def _quoted(conversation: Conversation, row: Row) -> Iterator[str]:
    """Give the messages that a row quotes, whole: a cut address is none any more."""
    events = conversation.events
    if row.event is not None and isinstance(told := events[row.event], Message):
        yield told.text
    if row.first:
        yield next(texts_of(events, Role.USER))[1]
