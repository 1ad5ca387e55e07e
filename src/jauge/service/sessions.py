"""The sessions of who is signed in: where they are open, and the end of others.

To end another, one signs in again: who finds a browser open cannot send its owner out.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from anyio.to_thread import run_sync
from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from jauge.service.forms import Form, text_of
from jauge.service.given import Answer, Asking, InLang, ThisSite
from jauge.service.pages import lang_of, page
from jauge.service.security import FOR_READERS, asked_of
from jauge.service.signing_in import STRANGER, person_told, session_cookie
from jauge.store.sessions import end_others, sessions_of

if TYPE_CHECKING:
    from jauge.report.wording import Lang
    from jauge.service.site import Site
    from jauge.store.kept import Session

OTHERS = "others"
_ONE = "one"
_log = logging.getLogger("jauge.service")


@get("/{lang:str}/sessions", sync_to_thread=True)
def listed(lang: InLang, request: Asking, site: ThisSite) -> Answer:
    """List the open sessions of who asks."""
    spoken, done = lang_of(lang), request.query_params.get("done", "")
    values = {
        "done": done if done in (_ONE, OTHERS) else None,
        "sessions": _open_ones(site, request),
    }
    return page(site, request, spoken, "sessions.html", values)


# As in `signing_in`: two handlers of one address say themselves what runs in a thread.
@get("/{lang:str}/sessions/end")
async def ask_to_end(lang: InLang, request: Asking, site: ThisSite) -> Answer:
    """Ask for the token again, before another session is ended."""
    spoken, which = lang_of(lang), request.query_params.get("session", "")
    return await run_sync(_page, site, request, spoken, which)


@post("/{lang:str}/sessions/end", opt={FOR_READERS: True})
async def end(lang: InLang, request: Asking, site: ThisSite, data: Form) -> Answer:
    """End another session, or all others; one's own goes on under a new cookie.

    Raises:
        NotFoundException: there is no such session of one's own.
        TooManyRequestsException: too many tokens were wrong within a minute.
    """
    return await run_sync(_ended, site, request, lang_of(lang), data)


def _ended(site: Site, request: Asking, lang: Lang, data: dict[str, str]) -> Answer:
    asked, which = asked_of(request), text_of(data, "session")
    _others(site, request, which)
    name = asked.person.name if asked.person else ""
    token = data.get("token", "")
    if person_told(site, asked, token, "ending a session", name) is None:
        made = _page(site, request, lang, which, is_wrong=True)
        made.status_code = STRANGER
        return made
    id_ = None if which == OTHERS else which
    cookie = end_others(site.store, asked.session, site.now(), id_)
    if cookie is None:
        raise NotFoundException
    what = "a session" if id_ else "all other sessions"
    _log.info("ended: %s of %s, from %s", what, name, asked.client)
    to = f"/{lang}/sessions?done={_ONE if id_ else OTHERS}"
    return Redirect(to, status_code=303, cookies=[session_cookie(asked, cookie)])


def _page(
    site: Site, request: Asking, lang: Lang, which: str, *, is_wrong: bool = False
) -> Answer:
    """Make the page that says what is to be ended, and asks for the token."""
    values = {
        "is_wrong": is_wrong,
        "sessions": _others(site, request, which),
        "which": which,
    }
    return page(site, request, lang, "sessions_end.html", values)


def _open_ones(site: Site, request: Asking) -> tuple[Session, ...]:
    """Give the open sessions of who asks.

    Raises:
        NotFoundException: they have none; this machine needs none.
    """
    found = sessions_of(site.store, asked_of(request).session, site.now())
    if not found:
        raise NotFoundException
    return found


def _others(site: Site, request: Asking, which: str) -> list[Session]:
    """Give the other sessions of who asks that are meant: one by its id, or all.

    Raises:
        NotFoundException: there is none; that of another person is none.
    """
    others = [one for one in _open_ones(site, request) if not one.is_this]
    found = [one for one in others if which in (OTHERS, one.id)]
    if not found:
        raise NotFoundException
    return found


HANDLERS = (listed, ask_to_end, end)
