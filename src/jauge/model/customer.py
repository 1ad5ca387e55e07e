"""Whose a conversation is: those of one customer are alike, and stay together."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jauge.model.conversation import Conversation


def customer_of(conversation: Conversation) -> str:
    """Name the customer; one who is not known is one of their own.

    >>> from jauge.model.conversation import Conversation
    >>> customer_of(Conversation(id="7", events=(), user_id="ann"))
    'uann'
    >>> customer_of(Conversation(id="7", events=()))
    'c7'
    """
    known = conversation.user_id
    return f"u{known}" if known else f"c{conversation.id}"


def customer_number(conversation: Conversation) -> int:
    """Number the customer, in 64 bits: so many of them are small to keep."""
    key = customer_of(conversation).encode("utf-8", "replace")
    digest = hashlib.blake2b(key, digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
