"""Telephone numbers as they are written in France, Canada, the US and the UK.

Numbers of other countries are found with their country code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jauge.redaction.found import Found, Kind, matches
from jauge.redaction.numbers import PARTED

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEFORE = r"(?<![\w+])(?<![0-9][.,/-])(?<![$€£#])"
_AFTER = (
    r"(?![0-9]|[.,/:-][0-9])(?![ \u00a0\u202f]?(?:[€$£%°²×]|(?:mm|cm|m|km|kg"
    r"|g|ml|cl|l|go|mo|kwh|w|v|eur|euros?|dollars?|usd|cad|gbp|points?|po|lbs?|px)\b))"
)
_TWO = "[0-9]{2}"
_THREE = "[0-9]{3}"
_FOUR = "[0-9]{4}"
_CODE = "(?:\\+[ \u00a0]?|00[ \u00a0]?|011[ -]?)"
_MARKS = "[ \u00a0\u202f.()\u2011/-]"
_TRUNK = rf"{_MARKS}{{0,2}}(?:\(0\)|0)?{_MARKS}{{0,2}}"
_SHAPES = (
    # France: 06 12 34 56 78, 0612345678, 0612 34 56 78, 06 123 456 78, 06/12/34/56/78
    rf"0[1-9](?:[0-9]{{8}}|(?P<by>{PARTED}|/){_TWO}(?:(?P=by){_TWO}){{3}}"
    rf"|(?:[ \u00a0\u202f]{_TWO}){{4}}|{_TWO}(?:{PARTED}{_TWO}){{3}}"
    rf"|{PARTED}{_FOUR}{PARTED}{_FOUR}"
    rf"|{PARTED}(?:{_THREE}{PARTED}{_THREE}{PARTED}{_TWO}"
    rf"|{_TWO}{PARTED}{_THREE}{PARTED}{_THREE}))",
    rf"{_CODE}33{_TRUNK}[1-9](?:{_MARKS}{{0,2}}[0-9]){{8}}",
    # Canada and the US: (514) 555-0199, 514-555-0199, 1 800 555 0199, +15145550199
    rf"(?:{_CODE}?1{_MARKS}{{0,2}})?(?:\([2-9][0-8][0-9]\){PARTED}?|[2-9][0-8][0-9]"
    rf"{PARTED})[2-9][0-9]{{2}}{PARTED}[0-9]{{4}}",
    rf"{_CODE}1{PARTED}?[2-9][0-8][0-9]{PARTED}?[2-9][0-9]{{6}}",
    # The UK: 020 7946 0000, 07700 900123, (0161) 496 0000, 01632 960 118, 07700900123
    rf"0[12378][0-9]{{9}}|\(?0[12378][0-9]{{1,3}}\)?{PARTED}[0-9]{{3,4}}{PARTED}?"
    rf"[0-9]{{3,4}}|\(?0[12378][0-9]{{3}}\)?{PARTED}[0-9]{{5,6}}",
    rf"{_CODE}44{_TRUNK}[1-9](?:{_MARKS}{{0,2}}[0-9]){{8,9}}",
)
_ABROAD = re.compile(
    rf"{_BEFORE}\+[ \u00a0]?(?!1|33|44)[1-9](?:{_MARKS}{{0,2}}[0-9]){{7,14}}(?![0-9])"
)
_PATTERNS = re.compile("|".join(f"{_BEFORE}(?:{shape}){_AFTER}" for shape in _SHAPES))
_WORDS = (
    r"(?:t[ée]l(?:[ée]phone)?|phone|mobile|cell(?:phone|ulaire)?|portable|sms|whatsapp"
    r"|fax|call|text(?:e[rz]?)?|ring|reach|(?:r?appel|joind|contact)\w{0,6}"
    r"|my number is|mon num[ée]ro (?:est|c['’]est))"
)
_TOLD = re.compile(
    rf"\b{_WORDS}\b[^\d@\[\]\n.;!?]{{0,20}}(?:\.[ :]{{0,2}})?{_BEFORE}"
    rf"(?P<it>[2-9][0-9]{{9}}|[2-9][0-9]{{2}}[ .-][0-9]{{4}}){_AFTER}",
    re.IGNORECASE,
)
_DIGITS = re.compile("[0-9]+")
_THOUSANDS = re.compile("\\+ ?[0-9]{1,3}(?:[ \u00a0\u202f.][0-9]{3})+")
_FEW, _LONGEST = 10, 11


def phones(text: str) -> Iterator[Found]:
    """Find telephone numbers by how they are written."""
    return matches(_PATTERNS, text, Kind.PHONE, _has_a_length)


def phones_abroad(text: str) -> Iterator[Found]:
    """Find telephone numbers of other countries, with their country code."""
    return matches(_ABROAD, text, Kind.PHONE, _is_no_quantity)


def phones_told(text: str) -> Iterator[Found]:
    """Find what only the words before it make a telephone number."""
    return matches(_TOLD, text, Kind.PHONE)


def _has_a_length(match: re.Match[str]) -> bool:
    digits = "".join(_DIGITS.findall(match[0]))
    national = not digits.startswith("00") and digits.startswith("0")
    return not national or _FEW <= len(digits) <= _LONGEST or digits.startswith("011")


def _is_no_quantity(match: re.Match[str]) -> bool:
    digits = sum(map(len, _DIGITS.findall(match[0])))
    return digits >= _FEW or not _THOUSANDS.fullmatch(match[0])
