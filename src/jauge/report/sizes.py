"""Sizes of files in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.report.plurals import filled
from jauge.report.wording import number

if TYPE_CHECKING:
    from jauge.report.wording import Lang

_STEP = 1000
_UNITS = {
    "fr": ("octet{size:|s}", "ko", "Mo", "Go"),
    "en": ("byte{size:|s}", "kB", "MB", "GB"),
}
_NO_BREAK = "\u00a0"
_WHOLE_FROM = 10


def size_in_words(count: int, lang: Lang) -> str:
    r"""Write a size with its unit, as people say it.

    >>> size_in_words(1_234_567, "fr"), size_in_words(999, "en")
    ('1,2\xa0Mo', '999\xa0bytes')
    >>> size_in_words(2_000_000_000, "fr")
    '2\xa0Go'
    >>> [size_in_words(count, "fr") for count in (0, 2)], size_in_words(0, "en")
    (['0\xa0octet', '2\xa0octets'], '0\xa0bytes')
    """
    value, units = float(count), _UNITS[lang]
    at = 0
    while value >= _STEP and at < len(units) - 1:
        value, at = value / _STEP, at + 1
    is_whole = value >= _WHOLE_FROM or round(value, 1) == round(value)
    digits = 0 if is_whole or not at else 1
    size = number(value, lang, digits=digits)
    return size + _NO_BREAK + filled(units[at], lang, {"size": size})
