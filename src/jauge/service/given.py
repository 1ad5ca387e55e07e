"""What a handler is given: the site, the language of an address."""

from __future__ import annotations

from litestar.di import NamedDependency
from litestar.params import FromPath

from jauge.service.site import Site

ThisSite = NamedDependency[Site]
InLang = FromPath[str]
