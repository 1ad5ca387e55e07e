"""What was erased of a customer or a conversation, and the proof of it."""

from __future__ import annotations

from msgspec import Struct


class Forgotten(Struct, frozen=True):
    """What was erased, what was looked for afterwards in which files, what was found.

    `shared` counts texts that conversations which stay hold too; `reviews` are labels
    and objections. `was_asked`: the same was to be erased before already.
    """

    conversations: int
    scores: int
    rejected: int
    ids: int
    texts: int
    pieces: int
    files: tuple[tuple[str, int], ...]
    left: int
    shared: int
    reviews: int = 0
    was_asked: bool = False

    @property
    def is_nothing(self) -> bool:
        """Say whether nothing was there to be erased."""
        return not self.conversations + self.rejected
