"""Make a page of the site: a template, the words of a language, what it is about."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from litestar import Response
from litestar.exceptions import NotFoundException

from jauge.report.page import environment, functions_of
from jauge.report.typeset import Typesetter
from jauge.service.asked import address_of
from jauge.service.assets import address_of as asset_address
from jauge.service.given import Asking
from jauge.service.security import csrf_token, person_of
from jauge.store.scorers import shown_facts
from jauge.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jauge.report.wording import Lang
    from jauge.service.site import Site

LANGS = ("fr", "en")
_OLD_DAYS = 7
_NO_DATA: Mapping[str, object] = {
    "data_until": None,
    "is_old": False,
    "is_uncalibrated": True,
    "judge": "reader",
    "scorer_id": None,
}
HTML = "text/html"


def lang_of(text: str) -> Lang:
    """Take the language of an address.

    Raises:
        NotFoundException: pages are in French and in English.
    """
    if text == "fr":
        return "fr"
    if text == "en":
        return "en"
    raise NotFoundException


def typesetter_of(site: Site, lang: Lang) -> Typesetter:
    """Give what writes in a language, as the site is set up."""
    return Typesetter(site.locale_of(lang))


def page(
    site: Site,
    request: Asking,
    lang: Lang,
    name: str,
    values: Mapping[str, object],
) -> Response[bytes]:
    """Render a page as an answer."""
    return bare_page(site, request, lang, name, {**_data(site), **values})


def bare_page(
    site: Site,
    request: Asking,
    lang: Lang,
    name: str,
    values: Mapping[str, object],
) -> Response[bytes]:
    """Render a page that tells nothing of the store: to strangers, and of failures."""
    template = environment("jauge.service").get_template(name)
    shared = {**_NO_DATA, **_shared(site, request, lang), **values}
    made = template.render(shared)
    return Response(made.encode("utf-8", "replace"), media_type=HTML)


def _data(site: Site) -> dict[str, object]:
    """Say what the store holds, and until when."""
    until = site.everything().last
    shown = shown_facts(site.store) or site.scorer
    return {
        "data_until": until,
        "is_old": until is not None and _days(site, until) >= _OLD_DAYS,
        "is_uncalibrated": shown.judge != "customer",
        "judge": shown.judge,
        "scorer_id": shown.id,
    }


def _shared(site: Site, request: Asking, lang: Lang) -> dict[str, object]:
    """Give what every page needs."""
    typesetter = typesetter_of(site, lang)
    return {
        **functions_of(typesetter, site.scorer),
        **_times(site, typesetter),
        "asset": asset_address,
        "csrf": csrf_token(request),
        "is_local": site.settings.is_local,
        "lang": lang,
        "locale": typesetter.locale,
        "langs": {one: _in_language(request, one) for one in LANGS},
        "masked": lambda written: site.shown(written, lang),
        "objecting": None,
        "veil": None,
        "heading": "h2",
        "person": person_of(request),
        "section": _section(request),
        "version": __version__,
        "zone_told": typesetter.zone(site.settings.zone),
    }


def _times(site: Site, typesetter: Typesetter) -> dict[str, Callable[..., str]]:
    """Write times in the zone of the site; what has no zone is kept in UTC."""

    def here(at: datetime) -> datetime:
        known = at if at.tzinfo else at.replace(tzinfo=UTC)
        try:
            return known.astimezone(site.zone)
        except OverflowError:
            # At the ends of the calendar there is no other zone.
            return known

    return {
        "day": lambda at: typesetter.day(here(at)),
        "weekday": lambda at: typesetter.weekday(here(at)),
        "clock": lambda at: typesetter.clock(here(at)),
    }


def _days(site: Site, until: datetime) -> int:
    known = until if until.tzinfo else until.replace(tzinfo=UTC)
    return (site.now() - known).days


def _section(request: Asking) -> str:
    """Name the part of the site that an address is in, as the menu does."""
    _, _, path = request.scope["path"].removeprefix("/").partition("/")
    name = path.partition("/")[0]
    return "conversations" if name in ("conversation", "not-scored") else name


def _in_language(request: Asking, lang: str) -> str:
    """Give the address of the same view in a language."""
    path = address_of(request.scope).split("/", 2)
    rest = path[2] if len(path) > 2 else ""  # noqa: PLR2004 - after the language
    return f"/{lang}/{rest}"
