"""Draw conversations at random, for a person to judge."""

from __future__ import annotations

import hashlib
import heapq
import secrets
from typing import TYPE_CHECKING

from jauge.store.labels import unlabelled

if TYPE_CHECKING:
    from jauge.store.database import Store


def draw(store: Store, count: int, who: str, seed: int | None = None) -> list[str]:
    """Draw ids of scored conversations that a person has not labelled yet.

    The same seed draws in the same order, whatever the order of loading: it goes on
    where it was left, and another person gets the same ones. Without a seed, chance is
    that of the system.

    Raises:
        StoreError: the store cannot be read.
    """
    told = secrets.token_hex() if seed is None else str(seed)

    def place(id_: str) -> bytes:
        return hashlib.sha256(f"{told}\0{id_}".encode()).digest()

    return heapq.nsmallest(count, unlabelled(store, who), key=place)
