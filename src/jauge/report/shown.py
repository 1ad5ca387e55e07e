"""The texts of a conversation as a page shows them, and where their evidence stands.

Every text of a conversation goes through `shown_text` on its way to a page: what is to
be masked is masked there. Ids do not: conversations are looked up by them.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

from jauge.report.printable import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

Span = tuple[int, int]
_MOST_TEXT = 20_000
_MOST_COMPARED = 4_000


class Piece(Struct, frozen=True):
    """A piece of a text; `span` is where evidence stood that shows in it."""

    text: str
    span: Span | None = None


def shown_text(text: str) -> str:
    """Give a text as it is shown: what would command a screen is made visible."""
    return safe(text)


def pieces(text: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """Cut a text at its evidence; of spans that overlap, the first that is given stays.

    >>> [piece.text for piece in pieces("I am so angry", [(8, 13), (5, 13)])]
    ['I am so ', 'angry']
    """
    shown = shown_text(text)
    found: list[Piece] = []
    done = 0
    for start, end in sorted(apart(spans)):
        first, last = (_moved(at, text, shown) for at in (start, end))
        if not done <= first < last:
            continue
        if done < first:
            found.append(Piece(shown[done:first]))
        found.append(Piece(shown[first:last], (start, end)))
        done = last
    if done < len(shown):
        found.append(Piece(_cut(shown[done:])))
    return tuple(found)


def apart(spans: Iterable[Span]) -> list[Span]:
    """Leave out spans that overlap one before them."""
    kept: list[Span] = []
    for start, end in spans:
        if all(end <= other[0] or start >= other[1] for other in kept):
            kept.append((start, end))
    return kept


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_TEXT else text[:_MOST_TEXT] + " […]"


def _moved(at: int, text: str, shown: str) -> int:
    """Find a place of a text in what is shown of it, where masking moved it."""
    if len(text) == len(shown) or len(text) > _MOST_COMPARED:
        return min(at, len(shown))
    for _, start, end, new_start, new_end in SequenceMatcher(
        None, text, shown, autojunk=False
    ).get_opcodes():
        if start <= at < end:
            return min(new_start + at - start, new_end)
    return len(shown)


def web_address(url: str | None) -> str | None:
    """Give an address that a page may link to: http or https, with a host.

    >>> web_address("https://desk.example/c/1"), web_address("javascript:alert(1)")
    ('https://desk.example/c/1', None)
    """
    if not url or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
