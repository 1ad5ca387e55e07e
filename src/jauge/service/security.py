"""Who may do what: forms of other sites are refused, and other names of this host."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from litestar import Request
from litestar.config.csrf import CSRFConfig
from litestar.exceptions import PermissionDeniedException
from msgspec import Struct

if TYPE_CHECKING:
    from jauge.service.site import Site

FIELD = "_csrf_token"


class Person(Struct, frozen=True):
    """Who uses the site, and what they may do."""

    name: str
    may_review: bool = True
    is_local: bool = True


def protection_of(site: Site) -> dict[str, Any]:
    """Give what an application needs to protect a site."""
    return {
        "csrf_config": CSRFConfig(
            secret=secrets.token_hex(32), cookie_samesite="strict", cookie_httponly=True
        )
    }


def csrf_token(request: Request) -> str:
    """Give what a form of the page sends along."""
    return str(request.scope.get("_csrf") or "")


def person_of(request: Request) -> Person | None:
    """Give who asks; None for a stranger."""
    return Person("local")


def reviewer_of(request: Request, site: Site) -> str:
    """Name who reviews.

    Raises:
        PermissionDeniedException: they may only read.
    """
    person = person_of(request)
    if person is None or not person.may_review:
        raise PermissionDeniedException
    return name_of(request, site)


def name_of(request: Request, site: Site) -> str:
    """Name who asks; empty for a stranger."""
    person = person_of(request)
    if person is None:
        return ""
    return site.local_name if person.is_local else person.name
