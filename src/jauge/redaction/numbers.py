"""Numbers that check themselves: payment cards, IBAN, French social security."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jauge.redaction.check_digits import iban_length, is_card, is_iban, is_nir
from jauge.redaction.found import Found, Kind, matches

if TYPE_CHECKING:
    from collections.abc import Iterator

# Blanks, also those that do not break, and hyphens.
PARTED = "[ \u00a0\u202f.\u2011-]"
_CARD = re.compile(
    rf"(?<![\w+])(?:[0-9]{{4}}(?P<by>{PARTED})[0-9]{{4}}(?P=by)[0-9]{{4}}(?P=by)"
    rf"[0-9]{{4}}(?:(?P=by)[0-9]{{3}})?|[0-9]{{4}}{PARTED}[0-9]{{6}}{PARTED}[0-9]{{4,5}}"
    r"|[0-9]{14,19}|(?<![0-9][ -])[0-9](?:[ -][0-9]){13,18}+)(?!-?[0-9]|\w)"
)
_NIR = re.compile(
    rf"(?<![\w+])[12]{PARTED}?[0-9]{{2}}{PARTED}?(?:[02-9][0-9]|1[0-2]){PARTED}?"
    rf"(?:[0-9]{{2}}|2[ABab]){PARTED}?[0-9]{{3}}{PARTED}?[0-9]{{3}}"
    rf"[ /\u00a0\u202f.-]{{0,3}}[0-9]{{2}}(?!\w)"
)
_IBAN = re.compile(r"(?<![^\W_])[A-Za-z]{2}[0-9]{2}(?=[ -]?[A-Za-z0-9])")
_APART = re.compile(r"[^A-Za-z0-9]+")


def cards(text: str) -> Iterator[Found]:
    """Find payment cards."""
    return matches(_CARD, text, Kind.CARD, lambda match: is_card(_bare(match[0])))


def social_security(text: str) -> Iterator[Found]:
    """Find French social security numbers (NIR) with their key."""
    return matches(_NIR, text, Kind.NIR, lambda match: is_nir(_bare(match[0])))


def ibans(text: str) -> Iterator[Found]:
    """Find IBANs, parted or not; how long one is, its country says."""
    at = 0
    while match := _IBAN.search(text, at):
        end = _iban_end(text, match.start())
        if end:
            yield Found(Kind.IBAN, match.start(), end)
        at = end or match.end()


def _iban_end(text: str, start: int) -> int:
    length = iban_length(text[start : start + 2].upper())
    signs: list[str] = []
    at = start
    while len(signs) < length and at < len(text):
        if text[at].isascii() and text[at].isalnum():
            signs.append(text[at].upper())
        elif text[at] not in " -\u00a0\u202f" or text[at - 1] == text[at]:
            return 0
        at += 1
    is_whole = length and len(signs) == length and not text[at : at + 1].isalnum()
    return at if is_whole and is_iban("".join(signs)) else 0


def _bare(written: str) -> str:
    return _APART.sub("", written)
