"""Check digits: what tells a payment card, an IBAN or a NIR from any other number."""

from __future__ import annotations

_IBAN_LENGTHS = {
    code: length
    for length, codes in {
        15: "NO", 16: "BE", 18: "DK FI FO GL NL SD", 19: "MK SI",
        20: "AT BA EE KZ LT LU MN XK", 21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG", 25: "LY PT ST",
        26: "IS TR", 27: "BI DJ FR GR IT MC MR SM", 28: "AL AZ BY CY DO GT HU LB NI PL",
        29: "BR EG PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 32: "LC", 33: "RU",
    }.items()
    for code in codes.split()
}  # fmt: skip
_CARDS = (
    (16, ("2", "4", "51", "52", "53", "54", "55", "6")),
    (15, ("34", "37")),
    (14, ("300", "301", "302", "303", "304", "305", "36", "38", "39")),
    (19, ("4", "6")),
)
_CORSICA = {"2A": "19", "2B": "18"}
_NIR_LENGTH, _ARTICLE_LENGTH = 15, 13


def is_card(digits: str) -> bool:
    """Say whether digits are of a known kind of card, and pass Luhn's check.

    >>> is_card("4970100000000154"), is_card("4970100000000155")
    (True, False)
    """
    known = any(
        len(digits) == length and digits.startswith(starts) for length, starts in _CARDS
    )
    return known and _luhn(digits)


def _luhn(digits: str) -> bool:
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    return (sum(map(int, digits[::-2])) + sum(doubled)) % 10 == 0


def iban_length(country: str) -> int:
    """Say how many letters and digits an IBAN of a country has; 0 if none is known."""
    return _IBAN_LENGTHS.get(country, 0)


def is_iban(written: str) -> bool:
    """Say whether letters and digits, in capitals and not parted, are an IBAN.

    >>> is_iban("FR1420041010050500013M02606"), is_iban("FR1520041010050500013M02606")
    (True, False)
    """
    turned = written[4:] + written[:4]
    return int("".join(str(int(one, 36)) for one in turned)) % 97 == 1


def is_nir(written: str) -> bool:
    """Say whether 15 signs, not parted, are a French social security number.

    >>> is_nir("255081416802538"), is_nir("255081416802539")
    (True, False)
    """
    if len(written) != _NIR_LENGTH:
        return False
    place = written[5:7].upper()
    number = written[:5] + _CORSICA.get(place, place) + written[7:]
    return number.isdecimal() and 97 - int(number[:13]) % 97 == int(number[13:])


def is_article(digits: str) -> bool:
    """Say whether digits are the number of an article, as bar codes have (EAN-13).

    >>> is_article("4006381333931"), is_article("4006381333932")
    (True, False)
    """
    if len(digits) != _ARTICLE_LENGTH or not digits.isdecimal():
        return False
    return (sum(map(int, digits[::2])) + 3 * sum(map(int, digits[1::2]))) % 10 == 0
