"""What has no score, and what could not become a conversation: why, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar import Response, get

from jauge.columnar.query import Query
from jauge.service.given import Asking, InLang, ThisSite
from jauge.service.pages import lang_of, page
from jauge.store.refused import refused, refused_count

if TYPE_CHECKING:
    from jauge.report.wording import Lang

_SIZE = 25
_LONGEST_NUMBER = 9


@get("/{lang:str}/not-scored", sync_to_thread=True)
def not_scored(lang: InLang, request: Asking, site: ThisSite) -> Response[bytes]:
    """Show the reasons with their counts, and the refused records."""
    spoken = lang_of(lang)
    overview = site.select(Query()).overview
    count = refused_count(site.store)
    at = _page_of(request.query_params.get("page", ""), count)
    values = {
        "next_page": _address(spoken, at + 1) if at * _SIZE < count else None,
        "overview": overview,
        "previous_page": _address(spoken, at - 1) if at > 1 else None,
        "refused": refused(site.store, (at - 1) * _SIZE, _SIZE),
        "refused_count": count,
        "refused_start": (at - 1) * _SIZE,
    }
    return page(site, request, spoken, "not_scored.html", values)


def _page_of(written: str, count: int) -> int:
    """Take the number of a page; the last one where there are fewer."""
    is_number = written.isascii() and written.isdigit()
    asked = int(written) if is_number and len(written) <= _LONGEST_NUMBER else 1
    return max(1, min(asked, -(-count // _SIZE)))


def _address(lang: Lang, number: int) -> str:
    return f"/{lang}/not-scored?page={number}#refused"


HANDLERS = (not_scored,)
