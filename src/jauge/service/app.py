"""The application: all addresses of a site, and what holds for each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from litestar import Litestar, get
from litestar.config.compression import CompressionConfig
from litestar.di import Provide
from litestar.response import Redirect

from jauge.service import (
    conversations,
    exporting,
    failures,
    importing,
    not_scored,
    one,
    reviewing,
    sessions,
    signing_in,
    values,
    views,
)
from jauge.service.assets import static
from jauge.service.doors import door_of
from jauge.service.given import Asking, ThisSite
from jauge.service.headers import put_headers
from jauge.service.security import protection_of
from jauge.service.site import Site

if TYPE_CHECKING:
    from jauge.service.site import SiteSettings

_WANTED = re.compile(r"(fr|en)\b[^,;]*(?:;q=([01](?:\.\d{0,3})?))?", re.IGNORECASE)


def app_of(settings: SiteSettings) -> Litestar:
    """Make the application of a site.

    Raises:
        StoreError: its store cannot be opened.
    """
    site = Site(settings)
    app = Litestar(
        [
            start,
            static,
            *conversations.HANDLERS,
            *exporting.HANDLERS,
            *one.HANDLERS,
            *reviewing.HANDLERS,
            *views.HANDLERS,
            *values.HANDLERS,
            *signing_in.HANDLERS,
            *sessions.HANDLERS,
            *importing.HANDLERS,
            *not_scored.HANDLERS,
        ],
        dependencies={"site": Provide(lambda: site, sync_to_thread=False)},
        before_send=[put_headers],
        compression_config=CompressionConfig("gzip", gzip_compress_level=5),
        on_shutdown=[site.close],
        exception_handlers=failures.handlers_of(site),
        openapi_config=None,
        logging_config=None,
        **protection_of(),
    )
    # Before the routes: an address that leads nowhere passes the door, too.
    app.asgi_handler = door_of(app.asgi_handler, site, failures.answer_of(site))
    return app


@get("/", sync_to_thread=False)
def start(request: Asking, site: ThisSite) -> Redirect:
    """Go to the conversations, in the language that the browser asks for."""
    asked = request.headers.get("accept-language", "")
    wanted = [
        (-float(weight or 1), place, lang.lower())
        for place, (lang, weight) in enumerate(_WANTED.findall(asked))
    ]
    lang = min(wanted)[2] if wanted else site.settings.lang
    return Redirect(f"/{lang}/conversations", status_code=303)
