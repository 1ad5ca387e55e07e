"""Who may do what: who asks is known before a page is made, and forms are our own."""

from __future__ import annotations

import hmac
import logging
from typing import TYPE_CHECKING, Any

from litestar.exceptions import (
    NotAuthorizedException,
    PermissionDeniedException,
    ValidationException,
)
from msgspec import Struct

from jauge.service.asked import is_own_origin, method_of

if TYPE_CHECKING:
    from litestar.connection import ASGIConnection
    from litestar.handlers import BaseRouteHandler
    from litestar.types import Scope

    from jauge.service.site import Site

    Connection = ASGIConnection[Any, Any, Any, Any]

STATIC = "/static/"
FIELD = "_csrf_token"
HEADER = "X-CSRFToken"
# What a handler says of itself: `opt={OPEN: True}`.
OPEN = "is_open"
FOR_READERS = "is_for_readers"
# It reads its own form, piece by piece, and looks for the token itself: `is_token`.
READS_ITSELF = "reads_itself"
FORM_BYTES = 64 * 1024
MOST_FIELDS = 1_000
_ASKED = "jauge"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_OWN_SITES = ("same-origin", "none")
_log = logging.getLogger("jauge.service")


class Person(Struct, frozen=True):
    """Who uses the site, and what they may do."""

    name: str
    may_review: bool = True
    is_local: bool = True


class Asked(Struct, frozen=True, kw_only=True):
    """What is known of who asks, from the door on.

    `session` is what the browser keeps of it, empty without one; `csrf` is what its
    forms send along, bound to the session or to a cookie, which `new_form` is while the
    browser has none; `client` is an address.
    """

    person: Person | None = None
    session: str = ""
    csrf: str = ""
    new_form: str = ""
    client: str = ""
    is_secure: bool = False


def put_asked(scope: Scope, asked: Asked) -> None:
    """Keep with a request who asks."""
    scope.setdefault("state", {})[_ASKED] = asked


def asked_in(scope: Scope) -> Asked:
    """Give who asks, and how; nobody where no door was passed."""
    found = scope.get("state", {}).get(_ASKED)
    return found if isinstance(found, Asked) else Asked()


def asked_of(request: Connection) -> Asked:
    """Give who asks, and how."""
    return asked_in(request.scope)


def person_of(request: Connection) -> Person | None:
    """Give who asks; None for a stranger."""
    return asked_of(request).person


def csrf_token(request: Connection) -> str:
    """Give what a form of the page sends along, in the field `FIELD`."""
    return asked_of(request).csrf


def reviewer_of(request: Connection, site: Site) -> str:
    """Name who reviews.

    Raises:
        PermissionDeniedException: they may only read.
    """
    person = person_of(request)
    if person is None or not person.may_review:
        raise PermissionDeniedException
    return name_of(request, site)


def name_of(request: Connection, site: Site) -> str:
    """Name who asks; empty for a stranger."""
    person = person_of(request)
    if person is None:
        return ""
    return site.local_name if person.is_local else person.name


def protection_of() -> dict[str, Any]:
    """Give what an application needs to protect a site, beside its door.

    A handler that takes more than a form has a `request_max_body_size` of its own.
    """
    return {
        "guards": [may_pass],
        "request_max_body_size": FORM_BYTES,
        "multipart_form_part_limit": MOST_FIELDS,
    }


async def may_pass(request: Connection, handler: BaseRouteHandler) -> None:
    """Let pass who may use a handler; by default, nobody without being known.

    Raises:
        NotAuthorizedException: nobody knows who asks.
        PermissionDeniedException: they may only read, or another site has sent them.
        ValidationException: a form has too many fields.
    """
    person, is_open = person_of(request), bool(handler.opt.get(OPEN))
    if person is None and not is_open:
        raise NotAuthorizedException
    if request.scope["path"].startswith(STATIC):
        return
    if method_of(request.scope) != "POST":
        _check_not_embedded(request)
        return
    _check_sent_from_here(request)
    is_for_all = is_open or bool(handler.opt.get(FOR_READERS))
    if not (is_for_all or (person and person.may_review)):
        raise _refusal(request, "may only read")
    if not handler.opt.get(READS_ITSELF):
        await _check_token(request)


def _check_not_embedded(request: Connection) -> None:
    """Refuse what a page of another site asks for, but a link that one follows.

    Frames and images of pages are no way to see them, nor to make this machine work.
    """
    headers = request.headers
    is_ours = headers.get("sec-fetch-site", "none") in _OWN_SITES
    is_link = headers.get("sec-fetch-mode") == "navigate"
    is_page = headers.get("sec-fetch-dest") == "document"
    if not (is_ours or (is_link and is_page)):
        raise _refusal(request, "asked for by another site")


def _check_sent_from_here(request: Connection) -> None:
    """Refuse what a page of another site sent; who tells neither needs the token."""
    origin, site = (request.headers.get(one) for one in ("origin", "sec-fetch-site"))
    if site is not None and site not in _OWN_SITES:
        raise _refusal(request, "sent from another site")
    scheme = "https" if asked_of(request).is_secure else "http"
    host = request.headers.get("host", "")
    if origin is not None and not is_own_origin(origin, scheme, host):
        raise _refusal(request, "sent from another origin")


async def _check_token(request: Any) -> None:
    """Refuse a form that was not on a page of ours, for this browser and session."""
    told = request.headers.get(HEADER)
    form = None
    if told is None and request.content_type[0] in _FORMS:
        form = await request.form()
        told = form.get(FIELD)
    is_ours = isinstance(told, str) and is_token(request, told)
    is_long = form is not None and len(form) > MOST_FIELDS
    if form is not None and (is_long or not is_ours):
        # Nobody else will: its files are on the disk.
        await form.close()
    if is_long:
        raise ValidationException
    if not is_ours:
        raise _refusal(request, "without the token of its form")


def is_token(request: Connection, told: str) -> bool:
    """Say whether a form was on a page of ours, in a time that tells nothing else."""
    known = csrf_token(request)
    given, wanted = (one.encode("utf-8", "replace") for one in (told, known))
    return bool(known) and hmac.compare_digest(given, wanted)


def _refusal(request: Connection, why: str) -> PermissionDeniedException:
    """Note in the log what is refused, and to whom."""
    asked = asked_of(request)
    who = asked.person.name if asked.person else "nobody known"
    what = f"{method_of(request.scope)} {request.scope['path']}"
    _log.warning("refused: %s, %s (%s, %s)", what, why, who, asked.client)
    return PermissionDeniedException()
