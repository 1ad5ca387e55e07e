"""Views that people saved: a name for the address of a list."""

from __future__ import annotations

from litestar import post
from litestar.exceptions import ValidationException
from litestar.response import Redirect

from jauge.report.printable import one_line
from jauge.service.address import View, list_address
from jauge.service.forms import Form, params_of, text_of
from jauge.service.given import Asking, InLang, ThisSite
from jauge.service.pages import lang_of
from jauge.service.security import reviewer_of
from jauge.store.views import drop_view, save_view

_LONGEST = 80


@post("/{lang:str}/views", sync_to_thread=True)
def save(lang: InLang, request: Asking, site: ThisSite, data: Form) -> Redirect:
    """Save a view under a name.

    Raises:
        ValidationException: it has no name.
    """
    spoken, who = lang_of(lang), reviewer_of(request, site)
    name = one_line(text_of(data, "name", _LONGEST))
    if not name:
        raise ValidationException
    view = View.of(params_of(data.get("query", "")), site.settings.zone)
    save_view(site.store, name, view.at(1).address(), who)
    return _to(spoken, view)


@post("/{lang:str}/views/drop", sync_to_thread=True)
def drop(lang: InLang, request: Asking, site: ThisSite, data: Form) -> Redirect:
    """Drop a view of one's own."""
    spoken, who = lang_of(lang), reviewer_of(request, site)
    drop_view(site.store, data.get("name", ""), who)
    return _to(spoken, View.of(params_of(data.get("here", "")), site.settings.zone))


def _to(lang: str, view: View) -> Redirect:
    return Redirect(list_address(lang, view), status_code=303)


HANDLERS = (save, drop)
