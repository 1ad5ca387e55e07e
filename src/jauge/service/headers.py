"""What every answer says to browsers: nothing runs but our own files."""

from __future__ import annotations

from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from jauge.service.security import asked_in

_ONLY_TLS = "max-age=31536000; includeSubDomains"
POLICY = "; ".join((
    "default-src 'none'",
    "object-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
))  # fmt: skip
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


async def put_headers(message: Message, scope: Scope) -> None:
    """Add the headers to an answer, whatever made it: errors have them too."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in HEADERS.items():
        headers[name] = value
    # Pages show what customers wrote: no cache keeps them.
    headers.setdefault("Cache-Control", "no-store")
    if asked_in(scope).is_secure:
        headers["Strict-Transport-Security"] = _ONLY_TLS
