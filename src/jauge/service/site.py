"""A site: one store, what it shows of it, and for whom it is set up."""

from __future__ import annotations

import getpass
import time
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from jauge.columnar.desk import Desk
from jauge.columnar.query import Query
from jauge.columnar.selection import Everything, Selection
from jauge.pipeline import scorer_of
from jauge.report.wording import Lang, Locale
from jauge.scorer import Scorer, ScorerSpec
from jauge.service.asked import LOCAL_NAMES
from jauge.service.imports import Imports, ImportSettings
from jauge.service.tries import Tries
from jauge.service.zones import zone_of
from jauge.store.database import Store, open_store
from jauge.store.states import marks

_REST_SECONDS = 10


class SiteSettings(Struct, frozen=True, kw_only=True):
    """How a site is set up.

    `zone` is that of the days and times on its pages; `french` is the French of
    Québec or of France; `lang` is for readers whose browser asks for neither.
    """

    db: Path
    zone: str = "UTC"
    french: Locale = "fr-CA"
    lang: Lang = "en"
    spec: ScorerSpec = ScorerSpec()
    # Links open on this machine only, and whoever sits at it may use it.
    is_local: bool = True
    # The names by which browsers may call the site.
    names: tuple[str, ...] = LOCAL_NAMES
    # A proxy before the site tells who asks, and whether they came by TLS.
    trusts_proxy: bool = False
    imports: ImportSettings = ImportSettings()


class Site:
    """What the pages are made from; one for all requests, whatever their thread."""

    def __init__(self, settings: SiteSettings) -> None:
        self.settings = settings
        self.store: Store = open_store(settings.db, create=True)
        self.desk = Desk(self.store)
        self._marks = marks(self.store)
        self.imports = Imports(settings.db, settings.spec, settings.imports)
        self.zone = zone_of(settings.zone)
        self.tries = Tries()
        self._refreshed = time.monotonic()

    @cached_property
    def scorer(self) -> Scorer:
        """The scorer whose words the pages use, and that scores what is loaded."""
        return scorer_of(self.settings.spec)

    @cached_property
    def local_name(self) -> str:
        """Who uses a site that asks nobody for a name: the one it runs as."""
        try:
            return getpass.getuser()
        except (KeyError, OSError):
            return "local"

    def now(self) -> datetime:
        """Give the time in the zone of the site."""
        return datetime.now(UTC).astimezone(self.zone)

    def select(self, query: Query) -> Selection:
        """Answer a query with all that is kept by now."""
        self._refresh()
        found = marks(self.store)
        if found != self._marks:
            # The desk knows its answers again by these marks: equal ones stay the same.
            self._marks = found
        return self.desk.select(query, self.now(), self._marks)

    def _refresh(self) -> None:
        """Let the desk read what is new; while a file is loaded, only now and then.

        Each chunk that is kept is something new, and reading takes its time.
        """
        now = time.monotonic()
        if not self.imports.is_loading or now > self._refreshed + _REST_SECONDS:
            self.desk.refresh()
            self._refreshed = now

    def everything(self) -> Everything:
        """Say how many conversations there are, and until when."""
        return self.select(Query()).everything
