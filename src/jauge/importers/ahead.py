"""Read one batch ahead, in a thread, while the batch before is worked on."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_Batch = TypeVar("_Batch")


def ahead(
    batches: Iterator[_Batch], interrupt: Callable[[], object]
) -> Iterator[_Batch]:
    """Give batches as they come; while one is worked on, the next is read.

    One batch is ahead, never more. An error comes where its batch would have come. Who
    stops early has `interrupt` called, so that what is being read ends at once.

    >>> list(ahead(iter("abc"), list))
    ['a', 'b', 'c']
    """
    # Other processes (`--jobs`) start at the first batch, and no thread with it.
    yield from itertools.islice(batches, 1)
    # Slow to import, and most formats need none.
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1, "jauge-ahead") as pool:
        coming = pool.submit(next, batches, None)
        try:
            while (batch := coming.result()) is not None:
                coming = pool.submit(next, batches, None)
                yield batch
        finally:
            if not coming.done():
                interrupt()
