"""Say how a site is served, and who may use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.report.printable import one_line
from jauge.report.typeset import Typesetter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from typing import Protocol

    from jauge.report.wording import Lang

    class Listed(Protocol):
        """Who may use a site, since when, and until when."""

        @property
        def name(self) -> str:
            """How the person is called."""

        @property
        def role(self) -> str:
            """What the person may do."""

        @property
        def added_at(self) -> datetime:
            """Since when."""

        @property
        def revoked_at(self) -> datetime | None:
            """Until when; None for those who still may."""


def served_lines(address: str, lang: Lang, *, is_plain: bool) -> Iterator[str]:
    """Say where a site is, and whether others can read along on the way to it."""
    if is_plain:
        yield Typesetter(lang).t("served_plain")
    yield Typesetter(lang).t("served", address=address)


def added_line(name: str, role: str, lang: Lang) -> str:
    """Say who was added; the token comes on a line of its own."""
    may = Typesetter(lang).t(f"role_{role}")
    return Typesetter(lang).t("user_added", name=one_line(name), role=may)


def revoked_line(name: str, lang: Lang) -> str:
    """Say who may no longer use the site."""
    return Typesetter(lang).t("user_revoked", name=one_line(name))


def ended_line(name: str, count: int, lang: Lang) -> str:
    """Say how many sessions of a person have ended."""
    return Typesetter(lang).tn("sessions_closed", count, name=one_line(name))


def all_ended_line(count: int, lang: Lang) -> str:
    """Say how many sessions have ended, of everybody."""
    return Typesetter(lang).tn("sessions_closed_all", count)


def people_lines(people: Iterable[Listed], lang: Lang) -> Iterator[str]:
    """List who may use a site, those revoked last."""
    found = sorted(people, key=lambda one: (one.revoked_at is not None, one.name))
    if not found:
        yield Typesetter(lang).t("users_none")
    for one in found:
        name, revoked = one_line(one.name), one.revoked_at
        if revoked is None:
            may, day = (
                Typesetter(lang).t(f"role_{one.role}"),
                one.added_at.date().isoformat(),
            )
            yield Typesetter(lang).t("user_line", name=name, role=may, day=day)
        else:
            day = revoked.date().isoformat()
            yield Typesetter(lang).t("user_line_revoked", name=name, day=day)
