"""The page of one conversation: why this score, and what people think of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar import get
from litestar.exceptions import NotFoundException
from msgspec.structs import replace

from jauge.model.conversation import Conversation, Rating
from jauge.redaction.together import masked_together
from jauge.report.rows import row_of
from jauge.report.shown import web_address
from jauge.report.talks import Entry, talk_of
from jauge.report.transcript import transcript_of
from jauge.service.address import View, list_address, one_address
from jauge.service.given import Answer, Asking, InLang, ThisSite
from jauge.service.pages import lang_of, page
from jauge.service.security import person_of
from jauge.service.site import Site
from jauge.store.labels import labels_of
from jauge.store.objections import objections_of
from jauge.store.states import state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from jauge.model.label import Objection
    from jauge.model.score import Contribution, Score
    from jauge.report.wording import Lang
    from jauge.store.kept import History, Kept

_OTHERS = 10
# The forms of the page; each has its word of thanks.
DONE = frozenset({"label", "objection", "state", "withdraw"})


@get("/{lang:str}/conversation", sync_to_thread=True)
def conversation(lang: InLang, request: Asking, site: ThisSite) -> Answer:
    """Show one conversation, with its place in the list that it was opened from.

    Raises:
        NotFoundException: there is none of this id.
    """
    spoken = lang_of(lang)
    params = request.query_params.dict()
    id_ = next(iter(params.get("id", ())), "")
    history = site.store.conversation(id_)
    if history is None or history.kept.score is None:
        raise NotFoundException
    view = View.of(params, site.settings.zone)
    is_blind = "blind" in params
    asks_part = "part" in params
    laid = _score(site, spoken, history, asks_bot_part=asks_part, is_blind=is_blind)
    values = {
        **_place(site, spoken, view, history.kept, is_blind=is_blind),
        **laid,
        **_people(request, site, id_, is_blind=is_blind),
        "blind_address": one_address(
            spoken, id_, view, **({} if is_blind else {"blind": "1"})
        ),
        "bot_part_address": one_address(spoken, id_, view, part="bot"),
        "done": _done(params),
        "earlier": _earlier(history),
        "here": view.address(),
        "id_": id_,
        "is_blind": is_blind,
        "is_sampled": "sampled" in params,
        "left": next(iter(params.get("left", ())), ""),
        "others": _others(site, history.kept),
        "to": lambda other: one_address(spoken, other, View()),
        "whole_address": one_address(spoken, id_, View()),
    }
    return page(site, request, spoken, "one.html", values)


def _done(params: dict[str, list[str]]) -> str:
    """Give what a form has just kept, where an address tells that."""
    asked = next(iter(params.get("done", ())), "")
    return asked if asked in DONE else ""


def _place(
    site: Site, lang: Lang, view: View, kept: Kept, *, is_blind: bool
) -> dict[str, object]:
    """Say where the conversation stands in the list, and what is beside it.

    Not to one who judges without seeing the score: in a list from the worst to the
    best, the place tells it.
    """
    if is_blind:
        none = dict.fromkeys(("place", "previous_one", "next_one"))
        return {**none, "list_address": list_address(lang, view), "query": view.query}
    selection = site.select(view.query)
    place = selection.place_of(kept.number)
    before, after = selection.neighbours(kept.number)
    ids = site.store.several([one for one in (before, after) if one is not None])
    known = {one.number: one.conversation.id for one in ids}

    def address(number: int | None) -> str | None:
        id_ = known.get(number) if number is not None else None
        return None if id_ is None else one_address(lang, id_, view)

    return {
        "list_address": list_address(lang, view),
        "place": None if place is None else (place[0] + 1, place[1]),
        "previous_one": address(before),
        "next_one": address(after),
        "query": view.query,
    }


def _score(
    site: Site, lang: Lang, history: History, *, asks_bot_part: bool, is_blind: bool
) -> dict[str, object]:
    """Lay out the score, or that of the bot's part where it is asked for."""
    kept, score = history.kept, _score_of(history)
    part = history.bot_parts[-1].score if history.bot_parts else None
    if asks_bot_part and part is not None:
        score = part
    shown = kept.conversation
    if is_blind:
        # Who judges sees what was said, and nothing that leans one way.
        score, shown = replace(score, contributions=()), _unrated(shown)
    shows_part = score is part
    veiled = masked_together(shown, score, site.locale_of(lang))
    as_kept = _as_kept(score, veiled[1])
    if site.settings.mask:
        shown, score = veiled
    entry = Entry(
        0, shown, score, row_of(shown, score), web_address(shown.url), has_talk=True
    )
    talk = talk_of(entry, scorer=site.scorer, lang=lang, before=None, after=None)
    return {
        "as_kept": as_kept,
        "bot_part": part,
        "conversation": shown,
        "number": 0,
        "row": entry.row,
        "scored": score,
        "shows_bot_part": shows_part,
        "started": kept.started_at,
        "talk": talk,
        "veil": transcript_of(*veiled),
        "rating_hundred": kept.rating,
    }


def _as_kept(kept: Score, masked: Score) -> Callable[[Contribution], Contribution]:
    """Find the point as it is kept, of one that masking moved: objections name that."""
    # Two masked points can be equal: they are told apart as objects, held here.
    was = {
        id(one): (one, before)
        for one, before in zip(masked.contributions, kept.contributions, strict=True)
    }
    return lambda part: was[id(part)][1] if id(part) in was else part


def _unrated(conversation: Conversation) -> Conversation:
    """Leave out how the customer rated it."""
    events = [one for one in conversation.events if not isinstance(one, Rating)]
    return replace(conversation, events=type(conversation.events)(events))


def _score_of(history: History) -> Score:
    """Give the score that is shown.

    Raises:
        NotFoundException: there is none yet.
    """
    if history.kept.score is None:
        raise NotFoundException
    return history.kept.score


def _people(
    request: Asking, site: Site, id_: str, *, is_blind: bool
) -> dict[str, object]:
    """Give what people said: not to one who is about to judge without seeing it."""
    labels = () if is_blind else labels_of(site.store, id_)
    wrong = {
        _key(one): one
        for one in objections_of(site.store, id_)
        if one.withdrawn_at is None
    }
    return {
        "labels": labels,
        # Who judges without the score sees no points, so none can be wrong.
        "objecting": None if is_blind else lambda part: wrong.get(_key(part)),
        "may_review": bool((one := person_of(request)) and one.may_review),
        "state": state_of(site.store, id_),
    }


def _key(one: Contribution | Objection) -> tuple[object, ...]:
    return one.signal, one.event, tuple(one.span) if one.span else None


def _earlier(history: History) -> list[object]:
    """Give the scores before the one that is shown, the newest first."""
    shown = history.kept.score
    return [one for one in reversed(history.scores) if one.score != shown]


def _others(site: Site, kept: Kept) -> list[Kept]:
    """Give other conversations of this customer, the newest first."""
    if kept.customer is None:
        return []
    found = site.store.of_customer(kept.customer, _OTHERS + 1)
    return [one for one in found if one.number != kept.number][:_OTHERS]


HANDLERS = (conversation,)
