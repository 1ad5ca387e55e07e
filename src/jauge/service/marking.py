"""What people marked, read again only when the store has changed."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from jauge.store.sqlite import Watch
from jauge.store.states import marks

if TYPE_CHECKING:
    from jauge.store.database import Store
    from jauge.store.kept import Marks


class Marking:
    """Gives the marks of a store; any thread may ask."""

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, Lock()
        self._watch = Watch(store.path)
        self._version: tuple[object, ...] | None = None
        self._marks: Marks | None = None

    def marks(self) -> Marks:
        """Give the marks as they are now; while they are the same, the same object.

        A desk knows by that which of its answers still hold.
        """
        with self._lock:
            # First what may change, then what is read: rather twice than not at all.
            version = self._watch.version()
            if self._marks is None or version != self._version:
                found = marks(self._store)
                if found != self._marks:
                    self._marks = found
                self._version = version
            return self._marks

    def close(self) -> None:
        """Let go of the store."""
        with self._lock:
            self._watch.close()
