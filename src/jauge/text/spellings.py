"""The shipped phrases, read and written out ahead: a start has no time for it.

`make phrases` writes them, and their spellings for each language and side. What is not
of the lists as they stand, as one was edited since, is passed over and made anew.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from jauge.text.phrases import Phrase, Spelled, write_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jauge.text.phrases import Side

TABLES = Path(__file__).parent / "spellings_table"


class Spellings(Struct, frozen=True):
    """What some phrases look like, one spelling a line of `texts`.

    `of` names the phrases, `count` is how many they are. `rows` are groups of phrases
    by their numbers, `owners` the row of each spelling.
    """

    of: str
    count: int
    texts: str
    rows: list[list[int]]
    owners: list[int]


class Kept(Struct, frozen=True):
    """The phrases of lists; `of` names the bytes of these."""

    of: str
    phrases: tuple[Phrase, ...]


_DECODER = msgspec.msgpack.Decoder(Spellings)
_KEPT = msgspec.msgpack.Decoder(Kept)


def kept_phrases(of: str) -> tuple[Phrase, ...] | None:
    """Give the phrases of the lists of that name, if they were read ahead."""
    path = kept_path()
    kept = _KEPT.decode(path.read_bytes()) if path.exists() else None
    return kept.phrases if kept is not None and kept.of == of else None


def spellings_of(phrases: Sequence[Phrase]) -> Spellings:
    r"""Write phrases out, as a table keeps them.

    >>> table = spellings_of([Phrase("user_thanks", "fr", "merci (beaucoup|)")])
    >>> table.texts, table.rows, table.owners
    ('merci\nmerci beaucoup', [[0]], [0, 0])
    """
    numbers = {id(phrase): number for number, phrase in enumerate(phrases)}
    found = Spelled.of(write_out(phrases))
    return Spellings(
        _name(phrases),
        len(phrases),
        "\n".join(found.texts),
        [[numbers[id(one)] for one in row] for row in found.rows],
        list(found.owners),
    )


def spelled(phrases: Sequence[Phrase], language: str, side: Side) -> Spelled:
    """Give every spelling of phrases of a language and side, and whose it is.

    Phrases of your own stand last and are written out here.
    """
    path = table_of(language, side)
    table = _DECODER.decode(path.read_bytes()) if path.exists() else None
    if table is None or _name(phrases[: table.count]) != table.of:
        return Spelled.of(write_out(phrases))
    rows = [tuple(phrases[number] for number in row) for row in table.rows]
    known = Spelled(table.texts.split("\n"), table.owners, rows)
    own = phrases[table.count :]
    return Spelled.of(write_out(own, known.entries())) if own else known


def kept_path() -> Path:
    """Give the file of the phrases that were read ahead."""
    return TABLES / "phrases.msgpack"


def table_of(language: str, side: Side) -> Path:
    """Give the file of a table."""
    return TABLES / f"{language}_{side}.msgpack"


def _name(phrases: Sequence[Phrase]) -> str:
    return hashlib.sha256(msgspec.json.encode(phrases)).hexdigest()
