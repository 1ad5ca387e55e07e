"""The errors of one line in French; they are raised in English, which logs keep.

An error that is not among these stays as it was said.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from jauge.report.decoder_words import decoded_in_words
from jauge.report.failure_words import OF_FAILURES, WHATS
from jauge.report.refusals import refusal_in_words
from jauge.report.usage_words import KINDS, OF_OPTIONS, OF_TYPER, PLACEHOLDERS
from jauge.report.wording import quoted, spaced

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jauge.report.wording import Lang

# What stands between braces is taken over; each English text is as it is raised.
_FRENCH: Mapping[str, str] = {
    "{at}: no such file. Check the path.": (
        "{at} : ce fichier n’existe pas. Vérifiez le chemin."
    ),
    "{at}: no .jsonl, .json, .csv, .xlsx, .parquet or .txt file in this folder."
    " Check the path.": (
        "{at} : aucun fichier .jsonl, .json, .csv, .xlsx, .parquet ou .txt dans ce"
        " dossier. Vérifiez le chemin."
    ),
    "{at}: is no longer there. Put it back, or name another: --db": (
        "{at} : n’est plus là. Remettez le fichier, ou nommez-en un autre : --db"
    ),
    "{at}: cannot be read ({why}). Check the file.": (
        "{at} : illisible ({why}). Vérifiez le fichier."
    ),
    "{at}: cannot be read ({why}). Name an existing file.": (
        "{at} : illisible ({why}). Nommez un fichier qui existe."
    ),
    "{at}: cannot be written ({why}). Check the folder.": (
        "{at} : impossible à écrire ({why}). Vérifiez le dossier."
    ),
    "temporary files: cannot be written ({why}). Free some space, or name a folder with"
    " room: TMPDIR=FOLDER jauge …": (
        "fichiers temporaires : impossible à écrire ({why}). Libérez de la place, ou"
        " nommez un dossier qui en a : TMPDIR=DOSSIER jauge …"
    ),
    "{at}: is read and would be written over. Name another output.": (
        "{at} : ce fichier est lu, il serait écrasé. Nommez une autre sortie."
    ),
    "{at}: scores and rejected records cannot share it. Name two.": (
        "{at} : les scores et les rejets ne peuvent pas y aller ensemble. Nommez deux"
        " fichiers."
    ),
    "-: standard input is closed. Name a file.": (
        "- : l’entrée standard est fermée. Nommez un fichier."
    ),
    "{at}: format not recognised. See what is: jauge formats (--from FORMAT; for a"
    " table with other column names: --columns id=…,role=…,text=…; for JSON of another"
    " shape: --mapping FILE)": (
        "{at} : format non reconnu. Voyez ceux qui le sont : jauge formats (--from"
        " FORMAT ; pour un tableau aux autres noms de colonnes : --columns"
        " id=…,role=…,text=… ; pour du JSON d’une autre forme : --mapping FICHIER)"
    ),
    "{at}: no such format. Known formats: {known}": (
        "{at} : ce format n’existe pas. Formats connus : {known}"
    ),
    "{at}: no such scorer. Use `default`, or the path of a scorer file.": (
        "{at} : ce barème n’existe pas. Écrivez `default`, ou le chemin d’un"
        " fichier de barème."
    ),
    "{at}: was rejected: {fault} ({place})": "{at} : a été rejetée : {fault} ({place})",
    "{at}: no such conversation among {seen} in {known}. Check --id.": (
        "{at} : aucune conversation de ce nom parmi {seen} dans {known}. Vérifiez --id."
    ),
    "{at}: no such conversation in {known}. Correct --id.": (
        "{at} : aucune conversation de ce nom dans {known}. Corrigez --id."
    ),
    "{at}: no such database. Make it: jauge load FILE --db {known}": (
        "{at} : cette base n’existe pas. Créez-la : jauge load FICHIER --db {known}"
    ),
    "{at}: no conversation yet. Load some: jauge load FILE": (
        "{at} : aucune conversation encore. Chargez-en : jauge load FICHIER"
    ),
    "{at}: is a folder. Name a file: --db": (
        "{at} : est un dossier. Nommez un fichier : --db"
    ),
    "{at}: the key of {known} cannot be read ({why}). Put it back from a copy: without"
    " it no customer can be recognised or forgotten.": (
        "{at} : la clé de {known} est illisible ({why}). Remettez-la depuis une copie :"
        " sans elle, aucun client ne peut être reconnu ni oublié."
    ),
    "{at}: is not a key. Put the key of {known} back from a copy.": (
        "{at} : n’est pas une clé. Remettez la clé de {known} depuis une copie."
    ),
    "{at}: is the key of another database. Put the key of {known} back from a copy.": (
        "{at} : est la clé d’une autre base. Remettez la clé de {known} depuis une"
        " copie."
    ),
    "{at}: the disk is full. Free some space and run it again: what was kept until now"
    " is whole.": (
        "{at} : le disque est plein. Libérez de la place et relancez : ce qui était"
        " gardé jusqu’ici est entier."
    ),
    "{at}: reading or writing fails. Check the disk and run it again: what was kept"
    " until now is whole.": (
        "{at} : la lecture ou l’écriture échoue. Vérifiez le disque et relancez : ce"
        " qui était gardé jusqu’ici est entier."
    ),
    "{at}: another program has been writing for long. Run it again.": (
        "{at} : un autre programme écrit depuis longtemps. Relancez."
    ),
    "{at}: is not a database. Name another file: --db.": (
        "{at} : n’est pas une base. Nommez un autre fichier : --db."
    ),
    "{at}: the file is damaged. Restore it from a copy.": (
        "{at} : le fichier est abîmé. Restaurez-le depuis une copie."
    ),
    "{at}: cannot be written. Check the rights of the file and folder.": (
        "{at} : impossible à écrire. Vérifiez les droits du fichier et du dossier."
    ),
    "{at}: cannot be opened. Is it there? Check the path and its rights.": (
        "{at} : impossible à ouvrir. Existe-t-il ? Vérifiez le chemin et ses droits."
    ),
    "--period {at}: is no period. Give one of {known}, a month: {month}, or days:"
    " {days}": (
        "--period {at} : ce n’est pas une période. Donnez l’une de {known}, un mois :"
        " {month}, ou des jours : {days}"
    ),
    "--{role}-id {at}: also --{other}-id. Name each once.": (
        "--{role}-id {at} : déjà --{other}-id. Nommez chacun une fois."
    ),
    "--timezone {at}: no such zone. Use a name, as Europe/Paris or UTC.": (
        "--timezone {at} : ce fuseau n’existe pas. Écrivez un nom, comme Europe/Paris"
        " ou UTC."
    ),
    "What is the report of? Name files, or a database with --db PATH.": (
        "De quoi est le rapport ? Nommez des fichiers, ou une base avec --db CHEMIN."
    ),
    "whom or what? Give one of --user ID and --conversation ID, in UTF-8.": (
        "qui ou quoi ? Donnez --user ID ou --conversation ID, en UTF-8."
    ),
    "what is asked for? Give one of --sample N, --id ID, --list, --precision and"
    " --cases.": (
        "que faut-il faire ? Donnez l’une de --sample N, --id ID, --list, --precision"
        " et --cases."
    ),
    "who judges? Say it: --by NAME.": "qui évalue ? Dites-le : --by NOM.",
    "others could open these pages, and nobody has a token yet. First: jauge serve"
    " --add-user NAME --role review": (
        "d’autres pourraient ouvrir ces pages, et personne n’a encore de jeton."
        " D’abord : jauge serve --add-user NOM --role review"
    ),
    "{at}: which column names the conversation (columns: {columns})? Say --on"
    " COLUMN.": (
        "{at} : quelle colonne nomme la conversation (colonnes : {columns}) ? Dites"
        " --on COLONNE."
    ),
    "{at}: which column holds the rating (columns: {columns})? Say --rating COLUMN.": (
        "{at} : quelle colonne contient la note (colonnes : {columns}) ? Dites --rating"
        " COLONNE."
    ),
}
_CAUSES: Mapping[str, str] = {
    "No such file or directory": "introuvable",
    "Permission denied": "accès refusé",
    "No space left on device": "disque plein",
    "File too large": "fichier trop grand",
    "Is a directory": "c’est un dossier",
    "Not a directory": "ce n’est pas un dossier",
    "Bad file descriptor": "fermée",
    "Read-only file system": "disque en lecture seule",
    "File exists": "existe déjà",
    "File name too long": "nom trop long",
    "Operation not permitted": "interdit",
    "Input/output error": "le disque ne répond pas bien",
    "Disk quota exceeded": "votre part du disque est pleine",
    "Too many open files": "trop de fichiers ouverts",
    "Too many levels of symbolic links": "trop de liens l’un dans l’autre",
}
# As Typer writes them: '--limit' (env var: 'JAUGE_LIMIT').
_VARIABLE = re.compile(r"\(env var: '(\w+)'\)")
_PLACEHOLDER = re.compile(rf"\b(?:{'|'.join(PLACEHOLDERS)})\b")
_QUOTED = re.compile(r"(['\"])(.*)\1", re.DOTALL)
_THOUSANDS, _NARROW = re.compile(r"(?<=\d),(?=\d{3}\b)"), "\u202f"
_PLACE = re.compile(r"\{(\w+)\}")


def error_in_words(message: str, lang: Lang) -> str:
    r"""Say an error in the reader's language; one that is not known stays as it is.

    >>> error_in_words("chats.csv: no such file. Check the path.", "fr")
    'chats.csv\u202f: ce fichier n’existe pas. Vérifiez le chemin.'
    """
    if lang == "en":
        return message
    for reads, french in _known():
        if found := reads.fullmatch(message):
            parts = {
                name: _part(name, text) for name, text in found.groupdict().items()
            }
            return spaced(french).format(**parts)
    return message


def help_in_words(command: str, lang: Lang) -> str:
    """Say which command shows how to write what was written wrongly."""
    return f"Try: {command}" if lang == "en" else spaced(f"Essayez : {command}")


def _part(name: str, text: str) -> str:
    """Say in French what an error names, where that is no name of the reader's."""
    say = _SAYING.get(name)
    return say(text) if say else text


def _value(text: str) -> str:
    told = _QUOTED.fullmatch(text)
    return quoted(told[2], "fr") if told else text


def _option(text: str) -> str:
    told = _VARIABLE.sub(r"(variable \1)", text).replace("'", "")
    return told.replace("=COLUMN", "=COLONNE")


def _asked(text: str) -> str:
    """Say in French what stands for a name of the reader's: FILE…, id=COLUMN."""
    return _PLACEHOLDER.sub(lambda found: PLACEHOLDERS[found[0]], _option(text))


def _why(text: str) -> str:
    return _CAUSES.get(text) or decoded_in_words(text)


def _kind(text: str) -> str:
    return KINDS.get(text, text)


def _pair(text: str) -> str:
    return text.replace(" and ", " et ")


def _fault(fault: str) -> str:
    """Say why a record was rejected; its path, where it has one, stays before it."""
    path, colon, reason = fault.partition(": ")
    if path.startswith("$") and colon:
        return f"{path}{spaced(' : ')}{refusal_in_words(reason, 'fr')}"
    return refusal_in_words(fault, "fr")


@functools.cache
def _known() -> list[tuple[re.Pattern[str], str]]:
    """Give how each error reads; made only when there is one to tell."""
    return [
        (re.compile(_pattern(english), re.DOTALL), french)
        for english, french in {
            **_FRENCH,
            **OF_OPTIONS,
            **OF_FAILURES,
            **OF_TYPER,
        }.items()
    ]


def _pattern(english: str) -> str:
    told = _PLACE.split(english)
    return "".join(
        f"(?P<{part}>.*)" if at % 2 else re.escape(part) for at, part in enumerate(told)
    )


_SAYING: Mapping[str, Callable[[str], str]] = {
    "asked": _asked,
    "choices": _option,
    "columns": lambda text: "aucune" if text == "none" else text,
    "count": lambda text: _THOUSANDS.sub(_NARROW, text),
    "fault": _fault,
    "kind": _kind,
    "option": _option,
    "pair": _pair,
    "value": _value,
    "what": lambda text: WHATS.get(text, text),
    "why": _why,
}
