"""What a reader sees when something is not there, not allowed, or goes wrong."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from litestar.exceptions import HTTPException, NotAuthorizedException
from litestar.response import Redirect

from jauge.errors import InputError, JaugeError, UsageError
from jauge.service.pages import bare_page
from jauge.service.signing_in import sign_in_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from jauge.report.wording import Lang
    from jauge.service.given import Answer, Asking
    from jauge.service.site import Site

_log = logging.getLogger("jauge.service")
_KNOWN = {
    400: "bad",
    401: "stranger",
    403: "refused",
    404: "missing",
    405: "bad",
    413: "too_big",
    421: "host",
    429: "too_many",
}
_BAD = 400
_STRANGER = 401
_ERROR = 500
_BUSY = 503


def handlers_of(site: Site) -> dict[Any, Callable[..., Answer]]:
    """Give what answers for each kind of error."""

    def of_stranger(request: Asking, _: NotAuthorizedException) -> Answer:
        to = sign_in_address(_lang(site, request), request)
        if request.headers.get("hx-request"):
            # A part of a page was asked for: the whole page goes to sign in.
            headers = {"HX-Redirect": to}
            return _said(site, request, "stranger", _STRANGER, headers=headers)
        if request.scope["method"] == "GET":
            return Redirect(to, status_code=303)
        return _said(site, request, "stranger", _STRANGER)

    def of_http(request: Asking, error: HTTPException) -> Answer:
        if error.status_code >= _ERROR:
            return of_any(request, error)
        kind = _KNOWN.get(error.status_code, "bad")
        return _said(site, request, kind, error.status_code, headers=error.headers)

    def of_store(request: Asking, error: JaugeError) -> Answer:
        # It names the file: that is for the log, too.
        _log.warning("%s", error)
        kind, status, headers = _kind_of(error, site)
        return _said(site, request, kind, status, headers=headers)

    def of_any(request: Asking, error: Exception) -> Answer:
        # What went wrong is for the log: a page would show it to anybody.
        _log.error(
            "%s: %s", request.scope["path"], type(error).__name__, exc_info=error
        )
        return _said(site, request, "broken", _ERROR)

    return {
        NotAuthorizedException: of_stranger,
        HTTPException: of_http,
        JaugeError: of_store,
        Exception: of_any,
    }


def answer_of(site: Site) -> Callable[[Asking, Exception], Answer]:
    """Give what answers for any error, where no handler was reached."""
    handlers = handlers_of(site)

    def answer(request: Asking, error: Exception) -> Answer:
        kind = next(one for one in type(error).__mro__ if one in handlers)
        return handlers[kind](request, error)

    return answer


def _kind_of(error: JaugeError, site: Site) -> tuple[str, int, dict[str, str]]:
    """Tell what cannot be kept as it was sent from a store that does not answer."""
    if isinstance(error, UsageError):
        return "bad", _BAD, {}
    if isinstance(error, InputError):
        return "room", _BUSY, {}
    if not site.store.path.exists():
        return "gone", _BUSY, {}
    return "store", _BUSY, {"Retry-After": "5"}


def _said(
    site: Site,
    request: Asking,
    kind: str,
    status: int,
    *,
    headers: dict[str, str] | None = None,
) -> Answer:
    lang = _lang(site, request)
    made = bare_page(site, request, lang, "failure.html", {"kind": kind})
    made.status_code = status
    made.headers.update(headers or {})
    return made


def _lang(site: Site, request: Asking) -> Lang:
    start = request.scope["path"].split("/", 2)[1:2]
    return "fr" if start == ["fr"] else "en" if start == ["en"] else site.settings.lang
