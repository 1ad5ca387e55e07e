"""The cookies of the site: of a session, and of the forms before there is one."""

from __future__ import annotations

import re
import secrets

from litestar.datastructures import Cookie

SESSION = "jauge"
FORM = "jauge-form"
_BYTES = 32
# What our cookies hold; anything else was not given by us.
_VALUE = re.compile(r"[\w-]{43}", re.ASCII)


def cookie_name(name: str, *, is_secure: bool) -> str:
    """Give the name under which a browser keeps a cookie.

    `__Host-` makes a browser refuse one that another host, or plain HTTP, wants to set.

    >>> cookie_name("jauge", is_secure=True)
    '__Host-jauge'
    """
    return f"__Host-{name}" if is_secure else name


def cookie_value(name: str, cookies: dict[str, str], *, is_secure: bool) -> str:
    """Give what a browser sent back; empty where it has none of ours."""
    value = cookies.get(cookie_name(name, is_secure=is_secure), "")
    return value if _VALUE.fullmatch(value) else ""


def form_value() -> str:
    """Make the value of a new cookie of the forms."""
    return secrets.token_urlsafe(_BYTES)


def cookie_of(
    name: str, value: str, *, is_secure: bool, seconds: int | None = None
) -> Cookie:
    """Make a cookie; without seconds it lasts until the browser is closed.

    Lax, not strict: a link in a message or a mail opens the page of who is signed in.
    """
    return Cookie(
        key=cookie_name(name, is_secure=is_secure),
        value=value,
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_secure or None,
        max_age=seconds,
    )
