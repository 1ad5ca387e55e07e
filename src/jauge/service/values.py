"""The page of one filter: all its values, and a search among them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from litestar import Response, get
from litestar.exceptions import NotFoundException

from jauge.service.address import View, list_address
from jauge.service.filters import whole_filter
from jauge.service.given import Asking, InLang, ThisSite
from jauge.service.pages import lang_of, page, typesetter_of
from jauge.text.fold import fold

if TYPE_CHECKING:
    from jauge.service.filters import Choice, Filter

MOST_SHOWN = 500
_LONGEST = 200


@get("/{lang:str}/values", sync_to_thread=True)
def values(lang: InLang, request: Asking, site: ThisSite) -> Response[bytes]:
    """Show all values of a filter, or those that hold what is searched.

    Raises:
        NotFoundException: there is no such filter.
    """
    spoken = lang_of(lang)
    params = request.query_params.dict()
    view = View.of(params, site.settings.zone).at(1)
    name = "".join(params.get("facet", [])[-1:])
    text = " ".join("".join(params.get("find", [])[-1:])[:_LONGEST].split())
    selection = site.select(view.query)
    found = whole_filter(selection, name, typesetter_of(site, spoken), site)
    if found is None:
        raise NotFoundException
    others = _holding(found, text)
    shown = {
        "back": list_address(spoken, view),
        "carried": parse_qsl(view.address()),
        "filter": found,
        "find": text,
        "others": others[:MOST_SHOWN],
        "others_count": len(others),
    }
    return page(site, request, spoken, "values.html", shown)


def values_address(lang: str, name: str, view: View) -> str:
    """Write the address of the page of a filter, from a list.

    >>> values_address("fr", "bot", View())
    '/fr/values?facet=bot'
    """
    asked = view.at(1).address()
    own = urlencode({"facet": name})
    return f"/{lang}/values?{own}" + (f"&{asked}" if asked else "")


def _holding(found: Filter, text: str) -> list[Choice]:
    """Give the values that are not chosen and hold a text, whatever its accents."""
    wanted = fold(text).text.strip()
    return [
        one
        for group in found.groups
        for one in group.choices
        if not one.is_on and wanted in fold(one.words).text
    ]


HANDLERS = (values,)
