"""Signing in with a token, and leaving: a session, and the end of it."""

from __future__ import annotations

import logging
import math
import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from anyio.to_thread import run_sync
from litestar import Response, get, post
from litestar.exceptions import TooManyRequestsException
from litestar.response import Redirect

from jauge.service.asked import address_of, network_of
from jauge.service.browsers import browser_of
from jauge.service.cookies import SESSION, cookie_of
from jauge.service.forms import Form
from jauge.service.given import Answer, Asking, InLang, ThisSite
from jauge.service.pages import bare_page, lang_of
from jauge.service.security import FOR_READERS, OPEN, asked_of
from jauge.store.people import people, person_of_token
from jauge.store.sessions import LONGEST, close_session, open_session

if TYPE_CHECKING:
    from litestar.datastructures import Cookie

    from jauge.report.wording import Lang
    from jauge.service.security import Asked
    from jauge.service.site import Site
    from jauge.store.kept import Person

STRANGER = 401
_LONGEST_TOKEN = 200
_LONGEST_ADDRESS = 4_000
# An address of our own pages, and of nothing else: no host, no backslash, no blank.
_OWN = re.compile(r"/(?:fr|en)/[!#-\[\]-~]*")
_log = logging.getLogger("jauge.service")


# Litestar wraps a plain function twice where two handlers share an address: these say
# themselves what runs in a thread.
@get("/{lang:str}/sign-in", opt={OPEN: True})
async def ask(lang: InLang, request: Asking, site: ThisSite) -> Answer:
    """Ask for a token; who is known goes on."""
    spoken = lang_of(lang)
    onward = _onward(spoken, request.query_params.get("next", ""))
    if asked_of(request).person is not None:
        return Redirect(onward, status_code=303)
    return await run_sync(_page, site, request, spoken, onward)


@post("/{lang:str}/sign-in", opt={OPEN: True})
async def sign_in(lang: InLang, request: Asking, site: ThisSite, data: Form) -> Answer:
    """Open a session for who has a token; the one there was is closed.

    Raises:
        TooManyRequestsException: too many were wrong within a minute.
    """
    spoken = lang_of(lang)
    return await run_sync(_tried, site, request, spoken, data)


def _tried(site: Site, request: Asking, lang: Lang, data: dict[str, str]) -> Answer:
    asked, onward = asked_of(request), _onward(lang, data.get("next", ""))
    if asked.person is not None and asked.person.is_local:
        return Redirect(onward, status_code=303)
    person = person_told(site, asked, data.get("token", ""), "sign-in")
    if person is None:
        made = _page(site, request, lang, onward, is_wrong=True)
        made.status_code = STRANGER
        return made
    if asked.session:
        close_session(site.store, asked.session)
    browser = browser_of(request.headers.get("user-agent", ""))
    session = open_session(site.store, person, site.now(), browser)
    _log.info("signed in: %s, from %s", person.name, asked.client)
    cookies = [session_cookie(asked, session)]
    return Redirect(onward, status_code=303, cookies=cookies)


@post("/{lang:str}/leave", sync_to_thread=True, opt={FOR_READERS: True})
def leave(lang: InLang, request: Asking, site: ThisSite) -> Answer:
    """Close the session, and have the browser forget what it keeps."""
    spoken, asked = lang_of(lang), asked_of(request)
    if asked.session:
        close_session(site.store, asked.session)
        _log.info("left: %s", asked.person.name if asked.person else "")
    gone = cookie_of(SESSION, "", is_secure=asked.is_secure, seconds=0)
    headers = {"Clear-Site-Data": '"cache"'}
    to = f"/{spoken}/sign-in"
    return Redirect(to, status_code=303, cookies=[gone], headers=headers)


def sign_in_address(lang: Lang, request: Asking) -> str:
    """Give where to sign in, to come back to what was asked for."""
    onward = _onward(lang, address_of(request.scope))
    return f"/{lang}/sign-in?{urlencode({'next': onward})}"


def session_cookie(asked: Asked, session: str) -> Cookie:
    """Give a browser what it keeps of a session."""
    seconds = int(LONGEST.total_seconds())
    return cookie_of(SESSION, session, is_secure=asked.is_secure, seconds=seconds)


def person_told(
    site: Site, asked: Asked, token: str, what: str, name: str | None = None
) -> Person | None:
    """Say whose token was told: only that of `name` will do, where there is one.

    None for a wrong one, which is counted and noted; `what` is what was asked for.

    Raises:
        TooManyRequestsException: too many were wrong within a minute.
    """
    client = network_of(asked.client)
    seconds = site.tries.begin(client)
    if seconds:
        _log.warning("%s refused: too many wrong tokens, from %s", what, client)
        wait = str(math.ceil(seconds))
        raise TooManyRequestsException(headers={"Retry-After": wait})
    person = person_of_token(site.store, token.strip()[:_LONGEST_TOKEN])
    if person is None or name not in (None, person.name):
        _log.warning("%s refused: wrong or revoked token, from %s", what, asked.client)
        return None
    site.tries.forgive(client)
    return person


def _page(
    site: Site,
    request: Asking,
    lang: Lang,
    onward: str,
    *,
    is_wrong: bool = False,
) -> Response[bytes]:
    """Make the page that asks; it says the same of a wrong and of a revoked token."""
    values = {
        "has_people": bool(people(site.store)),
        "is_wrong": is_wrong,
        "onward": onward,
    }
    return bare_page(site, request, lang, "sign_in.html", values)


def _onward(lang: Lang, address: str) -> str:
    """Give where to go after signing in: never to another site."""
    is_own = len(address) <= _LONGEST_ADDRESS and _OWN.fullmatch(address)
    return address if is_own else f"/{lang}/conversations"


HANDLERS = (ask, sign_in, leave)
