"""Fill in sentences so that words agree with counts, in French and in English.

`{count} conversation{count:|s}`: after the colon stand what follows one, and what
follows many. In French none is as one; in English it is as many.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jauge.report.wording import Lang

_AGREEING = re.compile(r"\{(\w+):([^|{}]*)\|([^|{}]*)\}")
_NOT_OF_NUMBERS = re.compile(r"[^\d.]")
_TWO = 2


def filled(template: str, lang: Lang, values: Mapping[str, object]) -> str:
    """Fill in the values, with the words that agree with them.

    >>> filled("{n} mot{n:|s} relève{n:|nt}", "fr", {"n": 0})
    '0 mot relève'
    >>> filled("{n} {n:person|people}", "en", {"n": 0})
    '0 people'
    """

    def agreeing(found: re.Match[str]) -> str:
        return found[2] if _is_one(values[found[1]], lang) else found[3]

    return _AGREEING.sub(agreeing, template).format(**values)


def _is_one(value: object, lang: Lang) -> bool:
    """Say whether a count, which may be written as the language does, is as one."""
    written = str(value)
    if lang == "en":
        return written == "1"
    number = _NOT_OF_NUMBERS.sub("", written.replace(",", "."))
    return float(number) < _TWO
