"""Detectors and importers of other packages, by entry points, sorted by name."""

from __future__ import annotations

import functools
import sys
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING

from jauge.errors import PluginError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from jauge.detectors.protocol import Detector
    from jauge.importers.protocol import Importer


_DETECTOR = ("name", "dimension", "sign", "needs", "words", "find")
_IMPORTER = ("name", "words", "recognizes", "split", "parse")


@functools.cache
def detectors() -> tuple[Detector, ...]:
    """Load the detectors of the group `jauge.detectors`.

    Raises:
        PluginError: one of them fails to load, or has a name that is taken, named with
            its package.
    """
    return tuple(_load("jauge.detectors", _DETECTOR))


@functools.cache
def importers() -> tuple[Importer, ...]:
    """Load the importers of the group `jauge.importers`.

    Raises:
        PluginError: one of them fails to load, or has a name that is taken, named with
            its package.
    """
    return tuple(_load("jauge.importers", _IMPORTER))


def _load(group: str, shape: tuple[str, ...]) -> list:  # type: ignore[type-arg]
    if not may_be_there(group):
        return []
    from importlib.metadata import entry_points

    loaded, taken = [], _taken(group)
    for point in sorted(
        entry_points(group=group), key=lambda point: (point.name, point.value)
    ):
        try:
            found = point.load()
            made = found() if isinstance(found, type) else found
        except Exception as error:
            raise PluginError(_told(point, f"cannot be loaded: {error}")) from error
        lacking = [name for name in shape if not hasattr(made, name)]
        if lacking:
            raise PluginError(_told(point, f"has no {', '.join(lacking)}"))
        if made.name in taken:
            raise PluginError(_told(point, _twice(made.name, taken[made.name])))
        taken[made.name] = _package(point)
        loaded.append(made)
    return loaded


def _twice(name: str, other: str | None) -> str:
    if other is None:
        return f"is called {name}, as one of jauge itself"
    return f"is called {name}, as one of {other}"


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist else "?"


def _taken(group: str) -> dict[str, str | None]:
    """Give the names that jauge has itself; later ones are of a package."""
    # Imported where a package brings something: hardly any run pays for it.
    if group == "jauge.detectors":
        from jauge.detectors import KNOWN_NAMES

        return dict.fromkeys(KNOWN_NAMES)
    from jauge.importers import BUILTIN, envelopes
    from jauge.importers.platforms import platforms

    names = (one.name for one in (*BUILTIN, *platforms()))
    return dict.fromkeys([*names, envelopes.NAME])


def may_be_there(group: str) -> bool:
    """Say whether any installed package may have a group of entry points.

    Mostly none has, and `importlib.metadata` takes a tenth of a start to import. It is
    asked all the same where packages are no plain folders that can be read.
    """
    elsewhere = (
        finder is not PathFinder and hasattr(finder, "find_distributions")
        for finder in sys.meta_path
    )
    return any(elsewhere) or any(
        _may_hold(Path(place), f"[{group}]".encode()) for place in sys.path
    )


def _may_hold(place: Path, header: bytes) -> bool:
    if not place.is_dir():
        return place.exists()
    try:
        return any(
            header in facts.read_bytes()
            for facts in place.glob("*-info/entry_points.txt")
        )
    except OSError:
        return True


def _told(point: EntryPoint, fault: str) -> str:
    return (
        f"{point.name} ({point.value}, from {_package(point)}): {fault}."
        " Fix or uninstall it."
    )
