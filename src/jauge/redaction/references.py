"""Numbers of orders, parcels, tickets, accounts: told by the words before them.

Without such words, what has the letters and digits of one is found too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jauge.redaction.check_digits import is_article
from jauge.redaction.found import Found, Kind, matches

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = (
    r"(?:commandes?|cmd|cde|orders?|colis|parcels?|package|shipment|suivi|tracking"
    r"|dossiers?|tickets?|r[ée]f(?:[ée]rences?)?|factures?|invoices?|r[ée]servations?"
    r"|bookings?|reservation|claims?|case|contrats?|contract|police|policy|abonnement"
    r"|subscription|compte|account|clients?|customer|membre|member(?:ship)?|adh[ée]rent"
    r"|carte|card|conf(?:irmation)?|receipt|re[çc]u|billet|devis|quote|r[ée]sa|voucher|coupon"
    r"|prescription|demande|request|sinistre|panier|return|retour)"
)
_MARK = r"(?:n°|nº|n[o°]\.?|num[ée]ro|num|number|nr|nbr|id|code)"
# "I want to order 1500": what is counted, not named.
_VERB = re.compile(
    r"(?:\A|\W)(?:to|i|we|you|je|on|nous|vous|can|could)[ \u00a0]\Z", re.IGNORECASE
)
_VERB_SIGNS = 7
_LINK = (
    rf"(?>(?:[ \u00a0\u202f]?(?:{_MARK}|is|est|c['’]est|de|du client|client|commande"
    r"|order|suivi|with|the|le|la|ref|[:=,(])(?![a-zé])){0,5})"
)
# With a hyphen, or of letters in capitals and groups; or digits in long groups.
_IT = (
    r"(?:[A-Za-z]{1,5}-?[0-9][A-Za-z0-9]*+|(?-i:[A-Z]{1,5}) [0-9]++(?: [0-9]++){0,4}+"
    r"|[0-9]{2} [0-9]{4}(?: [0-9]{3,})*+"
    r"|[0-9][A-Za-z0-9]*+(?:(?: [0-9]{3,}){1,4}+(?: [0-9]{2})?)?)"
    r"(?:-[A-Za-z0-9]++){0,6}+(?:/[0-9]{4,})?"
)
_AFTER = (
    r"(?![.,:/]?[0-9])(?! ?(?:[€$£%]|(?:eur|euros?|dollars?|usd|cad|points?|pts|jours?"
    r"|days?|heures?|hours?|min|minutes?|fois|times|mm|cm|m|kg|g|ml|l|go|gb|mb|mo|kwh|h"
    r"|pcs|pi[èe]ces?|gemmes|gems|items?|articles?)\b))"
)
_TOLD = re.compile(
    rf"\b(?:{_WORDS}\b|(?P<bare>n[°º]))(?P<link>{_LINK})[ \u00a0\u202f]?"
    rf"(?P<it>#?{_IT}){_AFTER}",
    re.IGNORECASE,
)
_HASH = re.compile(
    r"(?<![\w#&/])(?P<it>#[A-Za-z]{0,4}-?[0-9]{3,}+(?:-[A-Za-z0-9]++){0,6}+)(?!\w)"
)
_END = r"(?![\w€$£%]|[-.,/][0-9])"
_CODE = re.compile(
    r"(?<![\w./@-])(?!ISO|EN[0-9-]|NF|DIN|IEC|RAL)(?:[A-Z]{1,5}[0-9]*+(?:-[A-Z0-9]++){0,6}+"
    r"|(?=[A-Z0-9]{10})[0-9]++[A-Z][A-Z0-9]*+)" + _END
)
_GROUPS = re.compile(
    r"(?<![\w./@-])[A-Z]{2,3}(?<!EUR|CAD|USD|GBP|CHF)"
    r"(?<!\bDE|\bET|\bLE|\bLA|\bEN|\bOU|\bAU|\bDU|\bIN|\bTO|\bOF|\bAT|\bON|\bOR|\bIS)"
    r" (?P<digits>[0-9]{2,5}(?: [0-9]{1,5}){1,4})" + _END
)
_LONG = re.compile(
    r"(?<![\w€$£+])(?<![0-9][.,/-])(?!(?:19|20)[0-9]{2}-[01][0-9]-)"
    r"(?:[0-9]{10,30}|[0-9]{2,6}(?:[ -][0-9]{2,6}){2,5})"
    r"(?! ?(?:[0-9€$£%]|eur\b|euros?\b|points?\b|ml\b|mm\b|cm\b))(?!\w|[-.,/:][0-9])"
)
_ALONE = re.compile(
    r"\A\s{0,9}#?(?P<it>(?:[A-Za-z]{1,5}-?|[A-Z]{1,3} )?[0-9][A-Za-z0-9]{0,29}"
    r"(?:[ -][A-Z]{0,4}[0-9]{1,19}|-[A-Za-z]{1,9}){0,6})\s{0,9}[.!]?\s{0,9}\Z"
)
_MARKED = re.compile(_MARK, re.IGNORECASE)
_DIGIT = re.compile("[0-9]")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_DATE = re.compile(
    r"(?:[0-3]?[0-9][ -][01]?[0-9][ -](?:19|20)?[0-9]{2}"
    r"|(?:19|20)[0-9]{2}[ -][01]?[0-9][ -][0-3]?[0-9]"
    r"|[0-3]?[0-9]/(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]|[0-3][0-9][01][0-9](?:19|20)[0-9]{2})"
)
_QUANTITY = re.compile("[0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,4}-[0-9]{1,4}")
_TOLD_DIGITS, _MARKED_DIGITS, _CODE_DIGITS = 4, 3, 5
_ALONE_DIGITS, _LONG_DIGITS, _LOCATOR = 6, 10, 6


def references_told(text: str) -> Iterator[Found]:
    """Find the numbers that words before them name: `order 55123`."""
    return matches(_TOLD, text, Kind.REFERENCE, _is_told)


def references(text: str) -> Iterator[Found]:
    """Find letters with digits, as shops write them: `TS4410982`, `LR2026-8814`."""
    return matches(_CODE, text, Kind.REFERENCE, _is_code)


def references_in_groups(text: str) -> Iterator[Found]:
    """Find capitals and groups of digits: `AX 771 300 2`."""
    return matches(_GROUPS, text, Kind.REFERENCE, _is_in_groups)


def references_long(text: str) -> Iterator[Found]:
    """Find digits that are too many for a price, a date or a size."""
    return matches(_LONG, text, Kind.REFERENCE, _is_long)


def references_marked(text: str) -> Iterator[Found]:
    """Find numbers after `#`."""
    return matches(_HASH, text, Kind.REFERENCE)


def references_alone(text: str) -> Iterator[Found]:
    """Find a number that is all of a message."""
    return matches(_ALONE, text, Kind.REFERENCE, _is_alone)


def _is_told(match: re.Match[str]) -> bool:
    it = match["it"]
    before = match.string[max(0, match.start() - _VERB_SIGNS) : match.start()]
    if _VERB.search(before) or (match["bare"] and _digits(it) < _CODE_DIGITS):
        return False
    marked = "#" in match[0] or bool(_MARKED.search(match["link"]))
    if it.isupper() and len(it) >= _LOCATOR and _digits(it) > 1:
        return True
    least = _MARKED_DIGITS if marked else _TOLD_DIGITS
    if _digits(it) < least or _DATE.fullmatch(it):
        return False
    return marked or not _YEAR.fullmatch(it)


def _is_code(match: re.Match[str]) -> bool:
    return _digits(match[0]) >= _CODE_DIGITS


def _is_in_groups(match: re.Match[str]) -> bool:
    digits = match["digits"]
    # Shouted, three letters before thousands are a word.
    is_count = _QUANTITY.fullmatch(digits) and match[0][2] != " "
    # "XPS 13 9340" is a product.
    least = _ALONE_DIGITS + (match[0][2] != " ")
    return _digits(digits) >= least and not is_count


def _is_long(match: re.Match[str]) -> bool:
    digits = _digits(match[0])
    is_other = _QUANTITY.fullmatch(match[0]) or _is_article(match[0])
    return digits >= _LONG_DIGITS and not is_other


def _is_alone(match: re.Match[str]) -> bool:
    it = match["it"]
    enough = _TOLD_DIGITS if it[0].isalpha() else _ALONE_DIGITS
    is_other = _DATE.fullmatch(it) or _QUANTITY.fullmatch(it) or _is_article(it)
    return _digits(it) >= enough and not is_other


def _is_article(written: str) -> bool:
    return is_article("".join(_DIGIT.findall(written)))


def _digits(written: str) -> int:
    return len(_DIGIT.findall(written))
