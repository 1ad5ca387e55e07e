"""The door of the site: every request passes here first, whatever it asks for."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from anyio.to_thread import run_sync
from litestar import Request
from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.exceptions import (
    ClientException,
    HTTPException,
    MethodNotAllowedException,
)

from jauge.errors import JaugeError
from jauge.service.asked import is_forwarded, is_known_host, method_of, sender_of
from jauge.service.cookies import FORM, SESSION, cookie_of, cookie_value, form_value
from jauge.service.security import STATIC, Asked, Person, asked_in, put_asked
from jauge.store.key import hashed
from jauge.store.people import people
from jauge.store.sessions import person_of_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from litestar.types import ASGIApp, Message, Receive, Scope, Send

    from jauge.service.given import Answer, Asking
    from jauge.service.site import Site

    Answers = Callable[[Asking, Exception], Answer]

MISDIRECTED = 421
_ALLOWED = ("GET", "HEAD", "POST")
_log = logging.getLogger("jauge.service")


def door_of(app: ASGIApp, site: Site, answer: Answers) -> ASGIApp:
    """Put the door of a site before an application.

    `answer` makes the page of what goes wrong at the door.
    """

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            # There are no sockets here: the application refuses them.
            await app(scope, receive, send)
            return
        request: Asking = Request(scope)
        try:
            await _let_in(request, site)
        except (HTTPException, JaugeError) as error:
            response = answer(request, error).to_asgi_response(None, request)
            await response(scope, receive, send)
            return
        inside, told = _as_get(scope, _with_form_cookie(scope, send))
        await app(inside, receive, told)

    return door


async def _let_in(request: Asking, site: Site) -> None:
    """Find out who asks, and keep it with the request.

    Raises:
        ClientException: for another host.
        MethodNotAllowedException: by a method that nothing here has.
        StoreError: the store cannot tell who it is.
    """
    scope, settings = request.scope, site.settings
    sender = sender_of(scope, trusts_proxy=settings.trusts_proxy)
    scope["scheme"] = sender.scheme
    asked = Asked(client=sender.client, is_secure=sender.scheme == "https")
    put_asked(scope, asked)
    if not is_known_host(request.headers.get("host", ""), settings.names):
        _log.warning("refused: a request for another host, from %s", sender.client)
        raise ClientException(status_code=MISDIRECTED)
    if method_of(scope) not in _ALLOWED:
        raise MethodNotAllowedException(headers={"Allow": ", ".join(_ALLOWED)})
    if not scope["path"].startswith(STATIC):
        put_asked(scope, await _known(request, site, asked))


async def _known(request: Asking, site: Site, asked: Asked) -> Asked:
    """Add who it is, and what binds the forms: the session, or their own cookie."""
    is_secure, cookies = asked.is_secure, request.cookies
    session = cookie_value(SESSION, cookies, is_secure=is_secure)
    is_near = site.settings.is_local and not is_forwarded(request.scope["headers"])
    # A store may be busy for long: others are served meanwhile.
    person = await run_sync(_person, site, session, is_near)
    if person is not None and not person.is_local:
        binding, new_form = session, ""
    else:
        session = ""
        binding = cookie_value(FORM, cookies, is_secure=is_secure)
        new_form = "" if binding else form_value()
    return Asked(
        person=person,
        session=session,
        csrf=hashed(site.store.key, "form", binding or new_form),
        new_form=new_form,
        client=asked.client,
        is_secure=is_secure,
    )


def _person(site: Site, session: str, is_near: bool) -> Person | None:  # noqa: FBT001
    """Say who has a session; on this machine, where nobody was added, anybody may."""
    if is_near and not people(site.store):
        return Person("local")
    found = person_of_session(site.store, session, site.now()) if session else None
    if found is None:
        return None
    return Person(found.name, may_review=found.role == "review", is_local=False)


def _with_form_cookie(scope: Scope, send: Send) -> Send:
    """Give a browser the cookie of the forms, where its page has forms without one."""
    asked = asked_in(scope)
    if not asked.new_form or method_of(scope) == "POST":
        return send
    cookie = cookie_of(FORM, asked.new_form, is_secure=asked.is_secure)

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableScopeHeaders.from_message(message)
            headers.add("set-cookie", cookie.to_header(header=""))
        await send(message)

    return sending


def _as_get(scope: Scope, send: Send) -> tuple[Scope, Send]:
    """Answer HEAD as GET, without the content."""
    if method_of(scope) != "HEAD":
        return scope, send

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.body":
            message["body"] = b""
        await send(message)

    inside: Any = {**scope, "method": "GET"}
    return inside, sending
