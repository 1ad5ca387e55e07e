"""What people say of conversations: their judgement, wrong points, what is settled."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from litestar import get, post
from litestar.exceptions import NotFoundException, ValidationException
from litestar.response import Redirect

from jauge.model.label import STARS, STATES, Label, Objection
from jauge.service.address import View, list_address, one_address
from jauge.service.forms import Form, params_of, text_of, whole_of
from jauge.service.given import Asking, InLang, ThisSite
from jauge.service.pages import lang_of
from jauge.service.security import reviewer_of
from jauge.service.site import Site
from jauge.store.labels import labels_of, put_label
from jauge.store.objections import object_to, objections_of, withdraw
from jauge.store.states import set_state

if TYPE_CHECKING:
    from jauge.model.score import Score

_CANNOT = "cannot"
_TRIES = 50
_TELLING = frozenset({"level", "bin", "dimension", "signal"})


@post("/{lang:str}/conversation/label", sync_to_thread=True)
def label(lang: InLang, request: Asking, site: ThisSite, data: Form) -> Redirect:
    """Keep a person's judgement of a conversation.

    Raises:
        ValidationException: it is none of those that can be chosen.
        NotFoundException: there is no such conversation.
    """
    spoken, who = lang_of(lang), reviewer_of(request, site)
    stars = {str(one): one for one in STARS}.get(data.get("stars", ""))
    if stars is None and data.get("stars") != _CANNOT:
        raise ValidationException
    is_blind = bool(data.get("blind"))
    score = None if is_blind else _score_of(site, data)
    told = Label(
        stars=stars,
        who=who,
        at=_now(),
        reason=text_of(data, "reason"),
        blind=is_blind,
        sampled=bool(data.get("sampled")),
        scorer=score.scorer if score else None,
        value=score.value if score else None,
    )
    if not put_label(site.store, data.get("id", ""), told):
        raise NotFoundException
    if told.sampled and data.get("left", ""):
        return _next_drawn(site, spoken, who, data)
    return _back(site, spoken, data, "label")


@post("/{lang:str}/conversation/objection", sync_to_thread=True)
def objection(lang: InLang, request: Asking, site: ThisSite, data: Form) -> Redirect:
    """Keep that somebody says a point is wrong; the score stays.

    Raises:
        NotFoundException: there is no such conversation, or no such point.
    """
    spoken, who = lang_of(lang), reviewer_of(request, site)
    event = whole_of(data, "event")
    start, end = whole_of(data, "start"), whole_of(data, "end")
    span = None if start is None or end is None else (start, end)
    score = _score_of(site, data)
    for part in score.contributions if score else ():
        if (part.signal, part.event, part.span) == (data.get("signal"), event, span):
            told = Objection(
                signal=part.signal,
                who=who,
                at=_now(),
                scorer=score.scorer if score else "",
                tenths=part.tenths,
                event=event,
                span=span,
                why=text_of(data, "why"),
            )
            object_to(site.store, data.get("id", ""), told)
            return _back(site, spoken, data, "objection")
    raise NotFoundException


@post("/{lang:str}/conversation/withdraw", sync_to_thread=True)
def take_back(lang: InLang, request: Asking, site: ThisSite, data: Form) -> Redirect:
    """Take back that a point is wrong."""
    spoken = lang_of(lang)
    reviewer_of(request, site)
    number = whole_of(data, "number")
    known = {one.number for one in objections_of(site.store, data.get("id", ""))}
    if number is None or number not in known:
        raise NotFoundException
    withdraw(site.store, number)
    return _back(site, spoken, data, "withdraw")


@post("/{lang:str}/conversation/state", sync_to_thread=True)
def state(lang: InLang, request: Asking, site: ThisSite, data: Form) -> Redirect:
    """Mark a conversation as read, to follow up, or settled; or as none of them."""
    spoken, who = lang_of(lang), reviewer_of(request, site)
    chosen = next((one for one in STATES if one == data.get("state")), None)
    if chosen is None and data.get("state", ""):
        raise ValidationException
    if not set_state(site.store, data.get("id", ""), chosen, who):
        raise NotFoundException
    # It judges nothing: who was judging without seeing the score goes on so.
    veil = {name: data[name] for name in ("blind", "sampled", "left") if name in data}
    return _back(site, spoken, data, "state", **veil)


@get("/{lang:str}/review", sync_to_thread=True)
def review(lang: InLang, request: Asking, site: ThisSite) -> Redirect:
    """Draw ten conversations at random from a list, to be judged one after the other.

    They are always judged blind: who sees a score leans to it, and so does who knows
    that all are from the worst of a list. Filters that tell of scores are left out.
    """
    spoken, who = lang_of(lang), reviewer_of(request, site)
    view = View.of(request.query_params.dict(), site.settings.zone)
    query = View().query.within(view.query.period)
    for name, values in view.query.chosen:
        for value in values if name not in _TELLING else ():
            query = query.with_(name, value)
    data = {"left": "10", "here": view.asking(query).address()}
    return _next_drawn(site, spoken, who, data)


def _next_drawn(site: Site, lang: str, who: str, data: dict[str, str]) -> Redirect:
    """Go to another conversation at random, until none is left to judge."""
    left = max(0, min(whole_of(data, "left") or 0, 10))
    view = View.of(params_of(data.get("here", "")), site.settings.zone)
    selection = site.select(view.query)
    for _ in range(_TRIES if left and selection.total else 0):
        at = secrets.randbelow(selection.total)
        [one] = site.store.several(selection.numbers(at, at + 1))
        is_done = any(
            told.who == who for told in labels_of(site.store, one.conversation.id)
        )
        if one.score is not None and one.score.value is not None and not is_done:
            more = {"blind": "1", "sampled": "1", "left": str(left - 1)}
            return _to(one_address(lang, one.conversation.id, view, **more))
    return _to(list_address(lang, view))


def _back(site: Site, lang: str, data: Form, done: str, **more: str) -> Redirect:
    """Go back to the conversation that a form was on, and say what was kept."""
    view = View.of(params_of(data.get("here", "")), site.settings.zone)
    address = one_address(lang, data.get("id", ""), view, done=done, **more)
    return _to(f"{address}#done")


def _to(address: str) -> Redirect:
    return Redirect(address, status_code=303)


def _score_of(site: Site, data: Form) -> Score | None:
    history = site.store.conversation(data.get("id", ""))
    return history.kept.score if history else None


def _now() -> datetime:
    return datetime.now(UTC)


HANDLERS = (label, objection, take_back, state, review)
