"""Numbers of orders, parcels, tickets, accounts: told by the words before them.

Without such words, what has the letters and digits of one is found too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jauge.redaction.found import Found, Kind, matches

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = (
    r"(?:commandes?|cmd|cde|orders?|colis|parcels?|package|shipment|suivi|tracking"
    r"|dossiers?|tickets?|r[ée]f(?:[ée]rences?)?|factures?|invoices?|r[ée]servations?"
    r"|bookings?|reservation|claims?|case|contrats?|contract|police|policy|abonnement"
    r"|subscription|compte|account|clients?|customer|membre|member(?:ship)?|adh[ée]rent"
    r"|carte|card|confirmation|demande|request|sinistre|panier|return|retour)"
)
_MARK = r"(?:n°|nº|n[o°]\.?|num[ée]ro|num|number|nr|nbr|id|code|#)"
# "I want to order 1500": what is counted, not named.
_VERBS = ("to", "i", "we", "you", "je", "on", "nous", "vous", "can", "could")
_NO_VERB = "".join(rf"(?<!\b{one}[ \u00a0])" for one in _VERBS)
_LINK = (
    rf"(?>(?:[ \u00a0\u202f]?(?:{_MARK}|is|est|c['’]est|de|du client|client|commande"
    r"|order|suivi|with|the|le|la|ref|[:=,(])(?![a-zé])){0,5})"
)
# With a hyphen, or of letters in capitals and groups; or digits in long groups.
_IT = (
    r"(?:[A-Za-z]{1,5}-?[0-9][A-Za-z0-9]*+|(?-i:[A-Z]{1,5}) [0-9]++(?: [0-9]++){0,4}+"
    r"|[0-9]{2} [0-9]{4}(?: [0-9]{3,})*+|[0-9][A-Za-z0-9]*+(?: [0-9]{3,}){0,4}+)"
    r"(?:-[A-Za-z0-9]++){0,6}+"
)
_AFTER = (
    r"(?![.,:/]?[0-9])(?! ?(?:[€$£%]|(?:eur|euros?|dollars?|usd|cad|points?|pts|jours?"
    r"|days?|heures?|hours?|min|minutes?|fois|times|mm|cm|m|kg|g|ml|l|go|gb|mb|mo|kwh|h"
    r"|pcs|pi[èe]ces?|gemmes|gems|items?|articles?)\b))"
)
_TOLD = re.compile(
    rf"{_NO_VERB}\b{_WORDS}\b"
    rf"(?P<link>{_LINK})[ \u00a0\u202f]?#?(?P<it>{_IT}){_AFTER}",
    re.IGNORECASE,
)
_HASH = re.compile(
    r"(?<![\w#&/])(?P<it>#[A-Za-z]{0,4}-?[0-9]{3,}+(?:-[A-Za-z0-9]++)*+)(?!\w)"
)
_CODE = re.compile(
    r"(?<![\w./@-])(?!ISO|EN[0-9-]|NF|DIN|IEC|RAL)(?P<it>[A-Z]{1,5}[0-9]*+"
    r"(?:-[A-Z0-9]++)*+"
    r"|[A-Z]{2,4}(?<!EUR|CAD|USD|GBP|CHF) [0-9]{3}(?: [0-9]{1,4}){1,4})"
    r"(?![\w€$£%]|[-.,/][0-9])"
)
_ALONE = re.compile(
    r"\A\s{0,9}#?(?P<it>(?:[A-Za-z]{1,5}-?|[A-Z]{1,5} )?[0-9][A-Za-z0-9]{0,29}"
    r"(?:[ -][A-Z]{0,4}[0-9]{1,19}|-[A-Za-z]{1,9}){0,6})\s{0,9}[.!]?\s{0,9}\Z"
)
_MARKED = re.compile(_MARK, re.IGNORECASE)
_DIGIT = re.compile("[0-9]")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_DATE = re.compile(
    r"(?:[0-3]?[0-9][ -][01]?[0-9][ -](?:19|20)?[0-9]{2}"
    r"|(?:19|20)[0-9]{2}[ -][01]?[0-9][ -][0-3]?[0-9]"
    r"|(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]|[0-3][0-9][01][0-9](?:19|20)[0-9]{2})"
)
_QUANTITY = re.compile("[0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,4}-[0-9]{1,4}")
_TOLD_DIGITS, _MARKED_DIGITS, _CODE_DIGITS, _ALONE_DIGITS = 4, 3, 5, 6


def references_told(text: str) -> Iterator[Found]:
    """Find the numbers that words before them name: `order 55123`."""
    return matches(_TOLD, text, Kind.REFERENCE, _is_told)


def references(text: str) -> Iterator[Found]:
    """Find what looks like one by itself: `#4521-33`, `TS4410982`."""
    yield from matches(_CODE, text, Kind.REFERENCE, _is_code)


def references_marked(text: str) -> Iterator[Found]:
    """Find numbers after `#`."""
    return matches(_HASH, text, Kind.REFERENCE)


def references_alone(text: str) -> Iterator[Found]:
    """Find a number that is all of a message."""
    return matches(_ALONE, text, Kind.REFERENCE, _is_alone)


def _is_told(match: re.Match[str]) -> bool:
    it = match["it"]
    marked = "#" in match[0] or bool(_MARKED.search(match["link"]))
    if _digits(it) < (_MARKED_DIGITS if marked else _TOLD_DIGITS) or _DATE.fullmatch(
        it
    ):
        return False
    return marked or not _YEAR.fullmatch(it)


def _is_code(match: re.Match[str]) -> bool:
    return _digits(match["it"]) >= _CODE_DIGITS


def _is_alone(match: re.Match[str]) -> bool:
    it = match["it"]
    enough = _TOLD_DIGITS if it[0].isalpha() else _ALONE_DIGITS
    is_other = _DATE.fullmatch(it) or _QUANTITY.fullmatch(it)
    return _digits(it) >= enough and not is_other


def _digits(written: str) -> int:
    return len(_DIGIT.findall(written))
