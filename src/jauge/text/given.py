"""What the customer gave: order numbers, addresses, dates, by kind of datum."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Datum = Literal["order", "email", "phone", "postcode", "name", "date", "size"]
DATA: tuple[Datum, ...] = (
    "order", "email", "phone", "postcode", "name", "date", "size",
)  # fmt: skip
PLAIN: frozenset[Datum] = frozenset({"order", "email", "phone", "postcode"})
"""What shows by its form wherever it stands; the others only as an answer."""

_EMAIL = re.compile(r"@[\w-]{1,60}\.\w")
# From 0 or +, or in groups of three, three and four.
_PHONE = re.compile(
    r"(?<![\w-])(?:[+0](?:[ .()-]{0,2}\d){8,13}"
    r"|\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4})(?!\w)"
)
_POSTCODE = re.compile(
    r"(?<![\w-])(?:\d{5}|[a-z]\d[a-z] ?\d[a-z]\d"
    r"|[a-z]{1,2}\d[a-z\d]? \d[a-z]{2})(?![\w-])",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[\w#-]+")
_SIZE = re.compile(r"(?<!\w)(?:x{0,3}[sl]|m|small|medium|large|\d{1,2})(?!\w)", re.I)
_DIGIT = re.compile(r"\d")
_LEAST_DIGITS = 5
_LEAST_CODED = 3
_NAME_WORDS = 5


@functools.lru_cache(maxsize=1 << 10)
def shown_in(text: str) -> tuple[Datum, ...]:
    """Give the kinds of datum that show by their form in a text.

    >>> sorted(shown_in("RH-20661, at 514 555 0199, lea@mail.example"))
    ['email', 'order', 'phone']
    """
    return tuple(_shown_in(text))


def _shown_in(text: str) -> Iterator[Datum]:
    if "@" in text and _EMAIL.search(text):
        yield "email"
    if not _DIGIT.search(text):
        return
    rest = _PHONE.sub(" ", text)
    if rest != text:
        yield "phone"
    if _POSTCODE.search(rest):
        yield "postcode"
    if any(map(_is_code, codes_of(rest))):
        yield "order"


@functools.lru_cache(maxsize=1 << 10)
def codes_of(text: str) -> tuple[str, ...]:
    """Give the words of a text that have a digit, in small letters."""
    if not _DIGIT.search(text):
        return ()
    words = _TOKEN.findall(text.lower())
    return tuple([word for word in words if any(map(str.isdigit, word))])


def _is_code(word: str) -> bool:
    """Say whether a word is a number of an order: long, or letters before digits."""
    digits = sum(map(str.isdigit, word))
    coded = word[0] == "#" or (word[0].isalpha() and word[-_LEAST_CODED:].isdigit())
    return digits >= _LEAST_DIGITS or (coded and digits >= _LEAST_CODED)


def answers(kind: Datum, text: str) -> bool:
    """Say whether a short answer to a request for a datum can be one of that kind."""
    if kind == "name":
        words = text.split()
        return 0 < len(words) <= _NAME_WORDS and not codes_of(text)
    if kind == "size":
        return _SIZE.search(text) is not None
    if kind == "date":
        return bool(codes_of(text))
    return kind in shown_in(text)
