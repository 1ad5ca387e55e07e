"""What a handler is given: the site, the language of an address."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from jauge.service.site import Site

ThisSite = NamedDependency[Site]
# What a request and an answer are to us, whoever asks.
Asking = Request[Any, Any, Any]
Answer = Response[Any]
InLang = FromPath[str]
