"""Detectors and importers that other packages bring, by entry points, sorted by name."""

from __future__ import annotations

import functools
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from jauge.errors import PluginError

if TYPE_CHECKING:
    from jauge.detectors.protocol import Detector
    from jauge.importers.protocol import Importer


@functools.cache
def detectors() -> tuple[Detector, ...]:
    """Load the detectors of the group `jauge.detectors`.

    Raises:
        PluginError: one of them fails to load, named with its package.
    """
    return tuple(_load("jauge.detectors"))


@functools.cache
def importers() -> tuple[Importer, ...]:
    """Load the importers of the group `jauge.importers`.

    Raises:
        PluginError: one of them fails to load, named with its package.
    """
    return tuple(_load("jauge.importers"))


def _load(group: str) -> list:  # type: ignore[type-arg]
    loaded = []
    for point in sorted(entry_points(group=group), key=lambda point: (point.name, point.value)):
        try:
            found = point.load()
            loaded.append(found() if isinstance(found, type) else found)
        except Exception as error:
            package = point.dist.name if point.dist else "?"
            msg = f"{point.name} ({point.value}, from {package}): cannot be loaded: {error}. Fix or uninstall it."  # noqa: E501
            raise PluginError(msg) from error
    return loaded
