"""A site: one store, what it shows of it, and for whom it is set up."""

from __future__ import annotations

import getpass
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from threading import Lock

from msgspec import Struct

from jauge.columnar.desk import Desk
from jauge.columnar.query import Query
from jauge.columnar.selection import Everything, Selection
from jauge.errors import JaugeError
from jauge.pipeline import scorer_of
from jauge.redaction.masking import mask
from jauge.report.wording import Lang, Locale
from jauge.scorer import Scorer, ScorerSpec
from jauge.service.asked import LOCAL_NAMES
from jauge.service.imports import Imports, ImportSettings
from jauge.service.marking import Marking
from jauge.service.tries import Tries
from jauge.service.zones import zone_of
from jauge.store.database import Store, open_store

_REST_SECONDS = 10
_PATIENCE_SECONDS = 0.2


class SiteSettings(Struct, frozen=True, kw_only=True):
    """How a site is set up.

    `zone` is that of the days and times on its pages; `french` is the French of
    Québec or of France; `lang` is for readers whose browser asks for neither. `mask`
    keeps personal data off the screen; paper never shows them.
    """

    db: Path
    zone: str = "UTC"
    french: Locale = "fr-CA"
    lang: Lang = "en"
    spec: ScorerSpec = ScorerSpec()
    mask: bool = True
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
        self._marking = Marking(self.store)
        self._lock = Lock()
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self._reading: Future[bool] | None = None
        self.imports = Imports(
            settings.db, settings.spec, settings.imports, self._catch_up
        )
        self.zone = zone_of(settings.zone)
        self.tries = Tries()
        self._refreshed = time.monotonic()

    @cached_property
    def scorer(self) -> Scorer:
        """The scorer whose words the pages use, and that scores what is loaded."""
        return scorer_of(self.settings.spec)

    def locale_of(self, lang: Lang) -> Locale:
        """Give the locale of the pages in a language."""
        return self.settings.french if lang == "fr" else lang

    def shown(self, text: str, lang: Lang) -> str:
        """Give what somebody wrote as a screen shows it."""
        return mask(text, self.locale_of(lang)).text if self.settings.mask else text

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
        return self.desk.select(query, self.now(), self._marking.marks())

    def _refresh(self) -> None:
        """Let the desk read what is new, and wait for it while it is quick.

        Of a large store that takes seconds: until then, what was there is shown. While
        a file is loaded, each chunk is something new, so it is read only now and then.
        """
        now = time.monotonic()
        if self.imports.is_loading and now < self._refreshed + _REST_SECONDS:
            return
        self._refreshed = now
        with self._lock:
            if self._reading is None or self._reading.done():
                self._reading = self._reader.submit(self.desk.refresh)
            reading = self._reading
        with suppress(TimeoutError):
            reading.result(_PATIENCE_SECONDS)

    def _catch_up(self) -> None:
        """Let the desk read all that is kept by now, however long it takes."""
        with suppress(JaugeError):
            self._reader.submit(self.desk.refresh).result()

    def close(self) -> None:
        """End what is done in the background, and let go of the store.

        Whoever lets go of a database last leaves it whole in its one file.
        """
        self.imports.close()
        self._reader.shutdown()
        self.desk.close()
        self._marking.close()

    def everything(self) -> Everything:
        """Say how many conversations there are, and until when."""
        return self.select(Query()).everything
