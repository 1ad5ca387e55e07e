"""What a reader sees when something is not there, not allowed, or goes wrong."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from litestar import Request, Response
from litestar.exceptions import HTTPException

from jauge.errors import JaugeError
from jauge.service.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable

    from jauge.service.site import Site

_log = logging.getLogger("jauge.service")
_KNOWN = {
    400: "bad",
    401: "stranger",
    403: "refused",
    404: "missing",
    405: "bad",
    413: "too_big",
    429: "too_many",
}
_ERROR = 500
_BUSY = 503


def handlers_of(site: Site) -> dict[Any, Callable[..., Response]]:
    """Give what answers for each kind of error."""

    def of_http(request: Request, error: HTTPException) -> Response:
        kind = _KNOWN.get(error.status_code, "bad")
        return _said(site, request, kind, error.status_code)

    def of_store(request: Request, error: JaugeError) -> Response:
        _log.warning("%s", error)
        return _said(site, request, "store", _BUSY, detail=str(error))

    def of_any(request: Request, error: Exception) -> Response:
        # What went wrong is for the log: a page would show it to anybody.
        _log.error("%s: %s", request.url.path, type(error).__name__, exc_info=error)
        return _said(site, request, "broken", _ERROR)

    return {HTTPException: of_http, JaugeError: of_store, Exception: of_any}


def _said(
    site: Site, request: Request, kind: str, status: int, detail: str = ""
) -> Response:
    start = request.url.path.split("/", 2)[1:2]
    lang = "fr" if start == ["fr"] else "en" if start == ["en"] else site.settings.lang
    values = {"kind": kind, "detail": detail}
    answer = page(site, request, lang, "failure.html", values)
    answer.status_code = status
    return answer
