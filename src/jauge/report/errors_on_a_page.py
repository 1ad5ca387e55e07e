"""Errors of one line where there is a form in the place of options."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jauge.report.error_words import error_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jauge.report.wording import Lang

# What the form asks for needs no name before what was written there.
_BEFORE = re.compile(r"--(?:columns|zone|timezone|from) ")
_NAMED = re.compile(r"--(columns|bot-id|agent-id|user-id)\b")
# As the form calls its fields.
_FIELDS: Mapping[str, tuple[str, str]] = {
    "columns": ("les colonnes du tableau", "the columns of the table"),
    "bot-id": ("bot", "bot"),
    "agent-id": ("agent", "agent"),
    "user-id": ("client", "customer"),
}


def error_on_a_page(message: str, lang: Lang) -> str:
    r"""Say an error where there is a form in the place of options.

    >>> error_on_a_page("--zone Paris: no such zone. Example: America/Montreal", "fr")
    'Paris\u202f: ce fuseau n’existe pas. Exemple\u202f: America/Montreal'
    >>> error_on_a_page("--user-id Lia: also --bot-id. Name each once.", "en")
    'customer Lia: also bot. Name each once.'
    """
    told = _BEFORE.sub("", error_in_words(message, lang))
    return _NAMED.sub(lambda found: _FIELDS[found[1]][lang == "en"], told)
