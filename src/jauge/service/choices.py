"""What a person says of a file where it does not say so itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from jauge import sources
from jauge.errors import UsageError
from jauge.importers.columns import columns_of
from jauge.importers.speakers import roles_of
from jauge.service.forms import text_of
from jauge.service.zones import zone_of
from jauge.settings import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Mapping

_PARTS = re.compile(r"[,;\r\n]+")


class Choice(Struct, frozen=True, kw_only=True):
    """How a file is to be read; texts as they were written in the form.

    `columns` is as the option of the command line: `id=Ticket, text=Body`.
    """

    zone: str
    format: str = ""
    columns: str = ""
    bot: str = ""
    agent: str = ""
    user: str = ""

    def options(self) -> ReadOptions:
        """Give the options of reading.

        Raises:
            UsageError: no such format, column or zone, or a name with two roles.
        """
        if self.format:
            sources.importer_named(self.format)
        zone_of(self.zone)
        return ReadOptions(
            format=self.format or None,
            columns=columns_of(_pairs(self.columns)),
            roles=roles_of({"bot": self.bot, "agent": self.agent, "user": self.user}),
            timezone=self.zone,
        )


def choice_of(form: Mapping[str, str], zone: str) -> Choice:
    """Read a choice from a form; an empty zone is that of the site."""
    fields = ("format", "columns", "bot", "agent", "user")
    told = {name: text_of(dict(form), name) for name in fields}
    return Choice(zone=text_of(dict(form), "zone") or zone, **told)


def _pairs(written: str) -> dict[str, str]:
    pairs = {}
    for part in filter(str.strip, _PARTS.split(written)):
        name, equals, value = part.partition("=")
        if not equals or not name.strip() or not value.strip():
            msg = f"{part.strip()}: write FIELD=COLUMN, as id=Ticket, text=Body."
            raise UsageError(msg)
        pairs[name.strip()] = value.strip()
    return pairs
