"""The platforms that are read: their files are loaded when a file is looked at."""

from __future__ import annotations

import functools
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jauge.importers.platform import Platform

MODULES = (
    "botframework",
    "chatwoot",
    "flat_text",
    "rasa",
)
"""The files of importers/ that declare a platform, each as `PLATFORM`."""


@functools.cache
def platforms() -> tuple[Platform, ...]:
    """Give the importers of all platforms.

    >>> "rasa" in [platform.name for platform in platforms()]
    True
    """
    modules = (import_module(f"jauge.importers.{name}") for name in MODULES)
    return tuple(module.PLATFORM for module in modules)
