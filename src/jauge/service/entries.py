"""The rows of a page: conversations of the store as the list shows them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from jauge.model.conversation import Conversation
from jauge.model.score import Score
from jauge.redaction.together import masked_together
from jauge.report.rows import Row, row_of
from jauge.report.shown import web_address

if TYPE_CHECKING:
    from jauge.columnar.selection import Selection
    from jauge.report.wording import Lang
    from jauge.service.address import View
    from jauge.service.site import Site
    from jauge.store.kept import Kept


class Entry(Struct, frozen=True, kw_only=True):
    """A row: a conversation, its score, what the list says of both.

    `place` counts from the first row of the whole answer; `seconds` is how long the
    conversation took, None where it tells no times. `veiled` is the row as paper shows
    it, with personal data masked.
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


def entries_of(site: Site, lang: Lang, selection: Selection, view: View) -> list[Entry]:
    """Give the rows of a page of the list."""
    states = selection.marks.states
    kept = site.store.several(selection.numbers(view.start, view.start + view.size))
    return [
        _entry(one, lang, view.start + place, states.get(one.number))
        for place, one in enumerate(kept, start=1)
        if one.score is not None
    ]


def _entry(kept: Kept, lang: Lang, place: int, state: str | None) -> Entry:
    conversation, score = kept.conversation, kept.score
    if score is None:
        msg = "a conversation without a score is no row"
        raise ValueError(msg)
    times = [event.at for event in conversation.events if event.at is not None]
    return Entry(
        place=place,
        conversation=conversation,
        score=score,
        row=row_of(conversation, score),
        veiled=row_of(*masked_together(conversation, score, lang)),
        seconds=(max(times) - min(times)).total_seconds() if times else None,
        started=kept.started_at,
        url=web_address(conversation.url),
        state=state,
        rating=kept.rating,
    )
