"""Why a record was refused, in the words of the reader.

Importers say it once, in the decoder's English: that is what is kept, and compared.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from jauge.report.wording import quoted, said, spaced

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jauge.model.rejected import Rejected
    from jauge.report.wording import Lang


class _Known(NamedTuple):
    """A reason that is known: how it reads, and what it is in French and English."""

    reads: re.Pattern[str]
    words: tuple[str, str]


def _known(reads: str, french: str, english: str = "") -> _Known:
    """Note a reason; without English, what was said stays."""
    return _Known(re.compile(reads, re.DOTALL), (french, english))


_KINDS: Mapping[str, tuple[str, str]] = {
    "str": ("un texte", "a text"),
    "int": ("un nombre entier", "a whole number"),
    "float": ("un nombre", "a number"),
    "bool": ("vrai ou faux", "true or false"),
    "null": ("rien (null)", "nothing (null)"),
    "array": ("une liste", "a list"),
    "object": ("un objet", "an object"),
    "datetime": ("une date et heure", "a date and time"),
}
_KNOWN = (
    _known(
        r"Expected `(?P<wanted>[^`]*)`, got `(?P<got>[^`]*)`",
        "il faut {wanted}, et c’est {got}",
        "{wanted} is needed, and it is {got}",
    ),
    _known(
        r"Expected `str` of length >= 1",
        "il faut un texte, et il est vide",
        "a text is needed, and it is empty",
    ),
    _known(
        r"Expected `(?:int|float)` >= (?P<rest>\S+?)(?:\.0)?",
        "il faut au moins {rest}",
        "at least {rest} is needed",
    ),
    _known(
        r"Expected `(?:int|float)` <= (?P<rest>\S+?)(?:\.0)?",
        "il faut au plus {rest}",
        "at most {rest} is needed",
    ),
    _known(
        r"Expected `datetime` with a timezone component",
        "une heure sans fuseau ; il faut par exemple 2026-11-02T14:00:00+01:00",
        "a time without its zone; as in 2026-11-02T14:00:00+01:00",
    ),
    _known(
        r"confidence (?P<rest>\S+) is not between 0 and 1",
        "confiance {rest} : il faut de 0 à 1, ou un pourcentage comme 85 %",
        "confidence {rest}: it is from 0 to 1, or a percentage, as 85%",
    ),
    _known(
        r"(?P<rest>\S+) is half a character: the text is cut inside it",
        "{rest} est la moitié d’un caractère : le texte est coupé en son milieu",
    ),
    _known(
        r"Object missing required field `(?P<name>[^`]*)`",
        "il manque le champ {name}",
        "the field {name} is missing",
    ),
    _known(
        r"Invalid (?:enum )?value '(?P<name>.*)'",
        "valeur inconnue : {name}",
        "unknown value: {name}",
    ),
    _known(
        r"Invalid RFC3339 encoded datetime",
        "date et heure illisibles ; il faut par exemple 2026-11-02T14:00:00+01:00",
        "date and time not readable; as in 2026-11-02T14:00:00+01:00",
    ),
    _known(
        r"(?P<quote>['\"])(?P<name>.*)(?P=quote) is not a time that is known",
        "date ou heure inconnue : {name} ; il faut par exemple 2025-04-03 10:00, "
        "03/04/2025 10:00 ou 3 avril 2025 10:00, et une seule façon par colonne",
        "date or time not known: {name}; as in 2025-04-03 10:00, 4/3/2025 10:00 AM or "
        "April 3, 2025 10:00, one way a column",
    ),
    _known(r"(?P<rest>\S+) is no rating", "ce n’est pas une note : {rest}"),
    _known(r"not JSON: (?P<rest>.*)", "ce n’est pas du JSON ({rest})"),
    _known(r"not a JSON object", "ce n’est pas un objet JSON"),
    _known(
        r"not UTF-8: .* at byte (?P<rest>\d+)",
        "ce n’est pas de l’UTF-8, à l’octet {rest}",
    ),
    _known(r"nested too deeply to be read", "trop d’objets l’un dans l’autre"),
    _known(
        r"longer than (?P<rest>\d+) (?:bytes|characters) .*",
        "trop long : plus de {rest} octets ; seul le début est gardé",
    ),
    _known(
        r"more than (?P<rest>\d+) events .*", "trop long : plus de {rest} événements"
    ),
    _known(
        r"the file ends inside a conversation",
        "le fichier s’arrête au milieu d’une conversation",
    ),
    _known(
        r"the file is damaged or ends early: (?P<rest>.*)",
        "le fichier est abîmé ou s’arrête trop tôt ({rest})",
    ),
    _known(r"no conversation id", "pas d’identifiant de conversation"),
    _known(
        r"(?P<got>\d+) cells in a table of (?P<rest>\d+) columns; .*",
        "{got} cellules dans un tableau de {rest} colonnes : il manque peut-être un "
        "guillemet",
    ),
    _known(
        r"format not recognised\. .*",
        "format non reconnu ; --from le nomme, --columns ou --mapping disent où sont "
        "les faits",
    ),
    _known(
        r"no column for (?P<said_missing>.*) \(columns: (?P<said_there>.*)\)\."
        r" Say which: --columns .*",
        "pas de colonne pour {said_missing} (colonnes : {said_there}) ; --columns dit"
        " laquelle",
        "no column for {said_missing} (columns: {said_there}); --columns says which",
    ),
    _known(
        r"no column (?P<said_named>.*) \(columns: (?P<said_there>.*)\)\. Correct"
        r" --columns\.",
        "pas de colonne {said_named} (colonnes : {said_there})",
        "no column {said_named} (columns: {said_there})",
    ),
    _known(
        r"could be (?P<got>.*)\. Say which: (?P<rest>--from \S+)",
        "ce peut être {got} ; dites lequel : {rest}",
    ),
    _known(
        r"a report, one row a conversation and no messages: .*",
        "un rapport : une ligne par conversation et aucun message, rien à noter",
    ),
    _known(
        r"a rating alone: .*",
        "une note seule : à lire avec ses conversations, ou par --ratings",
    ),
    _known(
        r"no time: (?P<rest>.*)",
        "ce n’est pas une heure : {rest} ; il en faut une comme "
        "2025-04-03T10:00:00+02:00",
        "no time: {rest}; as in 2025-04-03T10:00:00+02:00",
    ),
    _known(r"its pieces repeat too much", "ses morceaux se répètent trop"),
    _known(r"cannot be read: (?P<rest>.*)", "illisible ({rest})"),
    _known(
        r"no workbook that can be read: (?P<rest>.*)",
        "ce n’est pas un classeur lisible ({rest})",
    ),
    _known(
        r"more than (?P<rest>\d+) bytes unpacked; save it as CSV",
        "plus de {rest} octets une fois ouvert ; enregistrez-le en CSV",
    ),
    _known(
        r"an archive inside an archive is not opened; unpack it first",
        "une archive dans une archive n’est pas ouverte ; décompressez-la d’abord",
    ),
    _known(r"a path outside the archive", "un chemin hors de l’archive"),
    _known(
        r"a file without a name in the archive", "un fichier sans nom dans l’archive"
    ),
    _known(
        r"a link(?: or device)?, which is not followed",
        "un lien ou un périphérique, qui n’est pas suivi",
    ),
    _known(
        r"the archive is damaged or ends early: (?P<rest>.*)",
        "l’archive est abîmée ou s’arrête trop tôt ({rest})",
    ),
    _known(
        r"(?:packed )?(?:more than|over) .* \(limit: (?P<rest>\w+)\)",
        "au-delà de la limite {rest}",
    ),
    _known(
        r"a quote is never closed: (?P<rest>\d+) lines in one cell",
        "un guillemet n’est jamais fermé : {rest} lignes dans une cellule",
    ),
)


# What the readers of others say: their English stays where it is not among these.
_CAUSES = (
    _known(r"Input data was truncated", "les données sont coupées"),
    _known(r"JSON is malformed: .* \(byte (?P<at>\d+)\)", "mal formé, à l’octet {at}"),
    _known(
        r"Compressed file ended before the end-of-stream marker was reached",
        "les données compressées sont coupées",
    ),
    _known(r"File is not a zip file", "ce n’est pas une archive ZIP"),
    _known(r"Not a gzipped file.*", "ce n’est pas du gzip"),
    _known(r"CRC check failed.*", "la somme de contrôle est fausse"),
    _known(r"unexpected end of data", "les données sont coupées"),
    _known(r"Error -\d+ while decompressing.*", "les données compressées sont fausses"),
)


def refusal_in_words(reason: str, lang: Lang) -> str:
    r"""Say why a record was refused; a reason that is not known stays as it is.

    >>> refusal_in_words("Expected `str`, got `int`", "en")
    'a text is needed, and it is a whole number'
    >>> refusal_in_words("Invalid enum value 'bott'", "fr")
    'valeur inconnue\u202f: «\u202fbott\u202f»'
    """
    return _in_words(_KNOWN, reason, lang)


def _in_words(table: Sequence[_Known], reason: str, lang: Lang) -> str:
    for known in table:
        found = known.reads.fullmatch(reason)
        words = known.words[lang == "en"]
        if found and words:
            parts = found.groupdict()
            told = {name: _part(name, parts[name], lang) for name in parts}
            return (spaced(words) if lang == "fr" else words).format(**told)
    return reason


def fault_in_words(rejected: Rejected, lang: Lang) -> str:
    """Say why a record was refused, after its path unless all of it is meant."""
    reason = refusal_in_words(rejected.reason, lang)
    colon = said(lang, "colon")
    return reason if rejected.path == "$" else f"{rejected.path}{colon}{reason}"


def _part(name: str, text: str, lang: Lang) -> str:
    if name == "name":
        return quoted(text, lang)
    if name.startswith("said_"):
        return text
    if name == "rest":
        return _in_words(_CAUSES, text, lang)
    kinds = [_KINDS[one][lang == "en"] for one in text.split(" | ") if one in _KINDS]
    between = {"fr": " ou ", "en": " or "}[lang]
    return between.join(kinds) or text
