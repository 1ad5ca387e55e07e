"""The page of conversations: the numbers, the filters, the list."""

from __future__ import annotations

import itertools
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from litestar import get
from litestar.response import Redirect
from msgspec.structs import replace

from jauge.columnar.query import FACETS, Query
from jauge.report import charts
from jauge.report.page import HEIGHT, sentence, strip_of
from jauge.service.address import COLUMNS, SIZES, View, list_address, one_address
from jauge.service.drop import drop_values
from jauge.service.entries import entries_of
from jauge.service.filters import chosen_of, filters_of, period_of
from jauge.service.given import Answer, Asking, InLang, ThisSite
from jauge.service.pages import lang_of, page, typesetter_of
from jauge.service.security import name_of
from jauge.service.site import Site
from jauge.service.values import values_address
from jauge.store.refused import refused_count
from jauge.store.views import views

if TYPE_CHECKING:
    from jauge.columnar.selection import Selection
    from jauge.report.typeset import Typesetter
    from jauge.report.wording import Lang

_FROM_FORM = frozenset({"from", "to"})
_ORDERS = (
    ("worst", "score", False),
    ("best", "score", True),
    ("latest", "latest", False),
    ("worst_bot", "bot", False),
)
_ROWS_A_SECOND = 3000
# Fields of the form of filters; all others of an address travel along unseen.
_OWN = frozenset({*FACETS, "text", "signals", "page"}) - {"bin"}


@get("/{lang:str}/conversations", sync_to_thread=True)
def conversations(lang: InLang, request: Asking, site: ThisSite) -> Answer:
    """Show the conversations that an address asks for."""
    spoken = lang_of(lang)
    params = request.query_params.dict()
    view = View.of(params, site.settings.zone)
    if _FROM_FORM & params.keys() or "" in itertools.chain(*params.values()):
        # A form sends its empty fields, too: they are no part of an address.
        return Redirect(list_address(spoken, view), status_code=303)
    selection = site.select(view.query)
    if not selection.everything.total:
        values = drop_values(site, request, spoken)
        return page(site, request, spoken, "empty.html", values)
    if selection.total and view.start >= selection.total:
        # The list has become shorter, or the address was made up.
        last = view.at(-(-selection.total // view.size))
        return Redirect(list_address(spoken, last), status_code=303)
    values = {
        **_filters(site, spoken, view, selection),
        **_numbers(site, spoken, selection),
        **_rows(site, spoken, view, selection),
        **_views(site, request),
        "address": lambda query: list_address(spoken, view.asking(query)),
        "here": view.address(),
        "query": view.query,
        "view": view,
    }
    return page(site, request, spoken, "conversations.html", values)


def _filters(
    site: Site, lang: Lang, view: View, selection: Selection
) -> dict[str, object]:
    typesetter, query = typesetter_of(site, lang), view.query
    found = filters_of(selection, query, typesetter, site)
    return {
        "carried": parse_qsl(view.at(1).address()),
        "chosen": [
            (words, list_address(lang, view.asking(without)))
            for words, without in chosen_of(found, query, typesetter)
        ],
        "cleared": list_address(
            lang, view.asking(replace(query, chosen=(), text="", period=""))
        ),
        "day_of": lambda written: typesetter.day(datetime.fromisoformat(written)),
        "filters": found,
        "values_address": lambda name: values_address(lang, name, view),
        "own_fields": _OWN,
        "period": period_of(selection, site.now(), typesetter),
    }


def _numbers(site: Site, lang: Lang, selection: Selection) -> dict[str, object]:
    overview = selection.overview
    return {
        "agent_change": selection.agent_share_change,
        "average_change": selection.average_change,
        "bars": charts.columns(overview.bins, HEIGHT),
        "overview": overview,
        "rejected_count": refused_count(site.store),
        "sentence": _sentence(site, selection, typesetter_of(site, lang)),
        "strip": strip_of(overview),
        "with_agent": selection.with_agent,
    }


def _sentence(site: Site, selection: Selection, typesetter: Typesetter) -> str:
    """Say the numbers in one sentence, and how they changed where that is known."""
    told = sentence(selection.overview, site.scorer, typesetter)
    change = selection.average_change
    if change is None:
        return told
    value, low, high = (
        typesetter.signed(round(10 * one))
        for one in (change.value, change.low, change.high)
    )
    if change.low <= 0 <= change.high:
        return told + typesetter.t("lede_no_change", low=low, high=high)
    return told + typesetter.t("lede_change", change=value, low=low, high=high)


def _rows(
    site: Site, lang: Lang, view: View, selection: Selection
) -> dict[str, object]:
    query, end = view.query, view.start + view.size
    now = query.order, query.descending

    def to(other: View) -> str:
        return list_address(lang, other)

    def ordered(order: str, falling: bool) -> str:  # noqa: FBT001 - templates say it
        return to(view.asking(replace(query, order=order, descending=falling)))

    return {
        "all_columns": COLUMNS,
        "entries": entries_of(site, lang, selection, view),
        "next_page": to(view.at(view.page + 1)) if end < selection.total else None,
        "one_address": lambda id_, **more: one_address(lang, id_, view, **more),
        "ordered": ordered,
        "orders": [
            (name, ordered(order, falling), now == (order, falling))
            for name, order, falling in _ORDERS
        ],
        "previous_page": to(view.at(view.page - 1)) if view.page > 1 else None,
        "sizes": [(size, to(view.sized(size)), size == view.size) for size in SIZES],
        "total": selection.total,
        "export_seconds": _export_seconds(selection.total),
        "unscored_address": to(view.asking(_with_unscored(selection))),
        "apart": _apart,
    }


def _export_seconds(rows: int) -> int:
    """Guess how long a file of many rows takes; 0 where nobody would notice."""
    tens = round(rows / _ROWS_A_SECOND / 10)
    return tens * 10


def _with_unscored(selection: Selection) -> Query:
    """Ask for the same, and for what has no score."""
    query = selection.query
    for reason, _ in selection.overview.reasons:
        query = query.with_("status", reason)
    return query


def _apart(text: str) -> str:
    """Keep a text of another direction from turning round what stands beside it."""
    return f"\u2068{text}\u2069"


def _views(site: Site, request: Asking) -> dict[str, object]:
    """Give the views that somebody saved."""
    name = name_of(request, site)
    return {"views": views(site.store, name) if name else ()}


HANDLERS = (conversations,)
