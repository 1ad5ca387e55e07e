"""What is wrong in a small file of the reader's own, in French: settings and the like.

Decoders say it in English, with a place: a path of names, or a line and column.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jauge.report.refusals import refusal_in_words
from jauge.report.wording import quoted, spaced

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLACE = re.compile(r"line (\d+), column (\d+)\)")
_END = " (at end of document)"
_UNKNOWN = re.compile(r"Object contains unknown field `([^`]*)`")
# As Python's reader of TOML says them.
_OF_TOML: Mapping[str, str] = {
    "Invalid value": "valeur illisible ; un texte s’écrit entre guillemets droits",
    "Invalid statement": "ce n’est ni nom = valeur, ni [titre]",
    "Cannot overwrite a value": "un nom est donné deux fois",
    "Cannot declare": "un titre est donné deux fois",
    "Unterminated string": "un guillemet n’est jamais fermé",
    "Unclosed array": "une liste n’est jamais fermée",
    "Expected '=' after a key in a key/value pair": "il manque = après un nom",
    "Expected ']' at the end of a table declaration": "il manque ] après un titre",
    "Expected newline or end of document after a statement": (
        "il y a un reste après la valeur"
    ),
    "Illegal character": "un caractère n’a pas sa place ici",
}


def decoded_in_words(told: str) -> str:
    r"""Say in French what a decoder found wrong; what is not known stays.

    >>> decoded_in_words("Object contains unknown field `timezon`")
    'nom inconnu\u202f: «\u202ftimezon\u202f»'
    >>> decoded_in_words("Invalid value (at line 1, column 12)")[:38]
    'ligne 1, colonne 12\u202f: valeur illisible'
    >>> decoded_in_words("Expected `int` >= 1 - at `$.jobs`")
    'jobs\u202f: il faut au moins 1'
    """
    said, _, where = told.rpartition(" - at `$")
    if said and where.endswith("`"):
        field = where[:-1].removeprefix(".")
        return f"{field}{spaced(' : ')}{_reason(said)}" if field else told
    said, _, where = told.rpartition(" (at ")
    if said and (found := _PLACE.fullmatch(where)):
        place = f"ligne {found[1]}, colonne {found[2]}"
        return f"{place}{spaced(' : ')}{_reason(said)}"
    if told.endswith(_END):
        return f"à la fin{spaced(' : ')}{_reason(told.removesuffix(_END))}"
    return _reason(told)


def _reason(told: str) -> str:
    if found := _UNKNOWN.fullmatch(told):
        return spaced("nom inconnu : ") + quoted(found[1], "fr")
    for english, french in _OF_TOML.items():
        if told.startswith(english):
            return spaced(french)
    return refusal_in_words(told, "fr")
