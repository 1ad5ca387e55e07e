"""What is looked for after an erasure: ids, texts, pieces of compressed records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from jauge.model.conversation import Action, Conversation, Message, Rating
from jauge.model.score import Contribution
from jauge.store.rows import Row, conversation_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A shorter text stands in other conversations, and in a file by chance.
SHORTEST = 8
SHORTEST_ID = 4
_WINDOW = 24
_STEP = 512
_HEAD = 16
_CONTRIBUTIONS = msgspec.json.Decoder(tuple[Contribution, ...])


class Needles:
    """What must not be found any more: ids, texts, pieces of compressed records."""

    def __init__(self, names: Iterable[str]) -> None:
        self.ids = {name.encode("utf-8", "replace") for name in names}
        self.texts: set[bytes] = set()
        self.pieces: set[bytes] = set()

    def take(self, row: Row) -> None:
        """Take all that one conversation would leave behind."""
        self.ids.add(row["id"].encode())
        # The hash of a customer stays, in the list of what does not come back.
        self.cut(row["record"])
        for text in _texts(conversation_of(row)):
            self.say(text)

    def quote(self, contributions: bytes) -> None:
        """Take what a score quotes."""
        for part in _CONTRIBUTIONS.decode(contributions):
            self.say(part.evidence)

    def say(self, text: str) -> None:
        """Take what a person wrote of a conversation."""
        self.texts.update(_written(text))

    def cut(self, record: bytes) -> None:
        """Take pieces of a compressed record."""
        self.pieces.update(_pieces(record))

    def all(self) -> set[bytes]:
        """Give all that is long enough to be no chance."""
        self.ids = {one for one in self.ids if len(one) >= SHORTEST_ID}
        return self.ids | self.texts | self.pieces


def _texts(conversation: Conversation) -> Iterator[str]:
    for event in conversation.events:
        if isinstance(event, Message):
            yield event.text
        elif isinstance(event, Rating):
            yield event.comment or ""
        elif isinstance(event, Action):
            yield event.target or ""


def _written(text: str) -> Iterator[bytes]:
    """Give a text as it would stand in a file: plain, and as JSON escapes it."""
    for one in (text.encode(), msgspec.json.encode(text)[1:-1]):
        if len(one) >= SHORTEST:
            yield one


def _pieces(record: bytes) -> Iterator[bytes]:
    """Cut a compressed record into pieces; pages of a file part it anywhere."""
    for start in range(_HEAD, len(record) - _WINDOW, _STEP):
        yield record[start : start + _WINDOW]
