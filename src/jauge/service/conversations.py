"""The page of conversations: the numbers, the filters, the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar import Request, Response, get
from litestar.response import Redirect

from jauge.report import charts
from jauge.report.page import HEIGHT, sentence, strip_of
from jauge.service.address import COLUMNS, SIZES, View
from jauge.service.entries import entries_of
from jauge.service.filters import filters_of, period_of
from jauge.service.pages import lang_of, page, typesetter_of
from jauge.service.site import Site
from jauge.store.views import views

if TYPE_CHECKING:
    from jauge.columnar.desk import Selection
    from jauge.report.wording import Lang

_ORDERS = (
    ("worst", "score", False),
    ("best", "score", True),
    ("latest", "latest", True),
    ("worst_bot", "bot", False),
)


@get("/{lang:str}/conversations", sync_to_thread=True)
def conversations(lang: str, request: Request, site: Site) -> Response:
    """Show the conversations that an address asks for."""
    spoken = lang_of(lang)
    params = request.query_params.dict()
    view = View.of(params, site.settings.zone)
    if "" in (value for values in params.values() for value in values):
        # A form sends its empty fields, too: they are no part of an address.
        return Redirect(_address(spoken, view), status_code=303)
    desk = site.fresh()
    if not desk.count:
        return page(site, request, spoken, "empty.html", {})
    selection = desk.select(view.query, site.now())
    return page(
        site, request, spoken, "conversations.html",
        _values(site, spoken, view, selection),
    )  # fmt: skip


def _address(lang: Lang, view: View) -> str:
    asked = view.address()
    return f"/{lang}/conversations" + (f"?{asked}" if asked else "")


def _values(
    site: Site, lang: Lang, view: View, selection: Selection
) -> dict[str, object]:
    overview, query = selection.overview, view.query
    typesetter = typesetter_of(site, lang)
    end = view.start + view.size
    numbers = selection.numbers(view.start, end)

    def address(other: View) -> str:
        return _address(lang, other)

    return {
        "address": lambda query: address(view.asking(query)),
        "all_columns": COLUMNS,
        "average_change": selection.average_change,
        "agent_change": selection.agent_share_change,
        "bars": charts.columns(overview.bins, HEIGHT),
        "entries": entries_of(site, numbers, view.start),
        "facets": filters_of(selection, query, typesetter, site),
        "here": view.address(),
        "next_page": address(view.at(view.page + 1)) if end < selection.total else None,
        "orders": [
            (name, address(view.asking(_ordered(query, order, falling=falling))),
             (query.order, query.descending) == (order, falling))
            for name, order, falling in _ORDERS
        ],
        "ordered": lambda order, falling: address(view.asking(_ordered(query, order, falling=falling))),
        "overview": overview,
        "period": period_of(query, site.now(), typesetter),
        "previous_page": address(view.at(view.page - 1)) if view.page > 1 else None,
        "query": query,
        "rejected_count": site.rejected_count(),
        "sentence": sentence(overview, site.scorer, typesetter),
        "sizes": [(size, address(view.sized(size)), size == view.size) for size in SIZES],
        "strip": strip_of(overview),
        "total": selection.total,
        "view": view,
        "views": views(site.store),
    }


def _ordered(query, order: str, *, falling: bool):
    from msgspec.structs import replace

    return replace(query, order=order, descending=falling)


HANDLERS = (conversations,)
