"""Wrong tokens are counted: after a few, one waits."""

from __future__ import annotations

import time
from collections import deque
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

OF_ONE = 5
OF_ALL = 50
SECONDS = 60.0


class Tries:
    """The wrong tries of the last minute; it never holds more than `OF_ALL`.

    >>> tries = Tries(clock=lambda: 0.0)
    >>> [tries.begin("a") for _ in range(6)]
    [0.0, 0.0, 0.0, 0.0, 0.0, 60.0]
    >>> tries.begin("b")
    0.0
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._wrong: deque[tuple[float, str]] = deque()

    def begin(self, client: str) -> float:
        """Begin a try, and give 0; or give the seconds that one has to wait.

        It counts as wrong until `forgive`: many at once get no further than a few.
        """
        with self._lock:
            now = self._clock()
            while self._wrong and self._wrong[0][0] <= now - SECONDS:
                self._wrong.popleft()
            own = [at for at, who in self._wrong if who == client]
            if len(own) >= OF_ONE:
                return own[0] + SECONDS - now
            if len(self._wrong) >= OF_ALL:
                return self._wrong[0][0] + SECONDS - now
            self._wrong.append((now, client))
            return 0.0

    def forgive(self, client: str) -> None:
        """Say that the last try of a client was right."""
        with self._lock:
            for one in reversed(self._wrong):
                if one[1] == client:
                    self._wrong.remove(one)
                    return
