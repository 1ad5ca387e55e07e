"""Split folded text into words, by bytes: faster than any expression."""

from __future__ import annotations

import re

WORD = re.compile(r"[a-z0-9]+")
_BLANK = 32
_TABLE = bytes(code if WORD.fullmatch(chr(code)) else _BLANK for code in range(256))


def words_of(folded: str) -> list[str]:
    """Split a folded text into its words: letters and digits, all else is a blank.

    >>> words_of("j'ai recu 2 colis 😡")
    ['j', 'ai', 'recu', '2', 'colis']
    """
    return folded.encode("ascii", "replace").translate(_TABLE).decode("ascii").split()
