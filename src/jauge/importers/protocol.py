"""What an importer is: it turns the bytes of one format into conversations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple, Protocol

from jauge.model.conversation import Conversation
from jauge.model.rejected import Rejected
from jauge.settings import ReadOptions


class Record(NamedTuple):
    """The bytes of one conversation, and where they stand; cheap to send.

    `source` is the text in the file, for an importer whose `data` is another. `value`
    is what `data` says, where that is known without decoding it.
    """

    data: bytes
    file: str
    line: int | None
    source: bytes | None = None
    value: Mapping[str, object] | None = None


class Importer(Protocol):
    """Reads one format, in two steps so that the second can run in other processes.

    `name` is what `--from` takes. `words` says in one line, `fr` and `en`, what
    it reads. An importer only parses: it opens and fetches nothing, guesses no role.
    """

    @property
    def name(self) -> str: ...
    @property
    def words(self) -> Mapping[str, str]: ...

    def recognizes(self, head: bytes) -> bool:
        """Say whether the first bytes of a file look like this format."""
        ...

    def split(
        self, stream: BinaryIO, file: str, options: ReadOptions
    ) -> Iterator[Record | Rejected]:
        """Cut a stream into records without holding it in memory."""
        ...

    def parse(self, record: Record) -> Conversation | Rejected:
        """Make a conversation of a record; a fault is a `Rejected`, never an error."""
        ...
