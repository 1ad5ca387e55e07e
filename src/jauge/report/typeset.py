"""Write words, numbers, times and names as the locale of the page does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.model.wait import wait_in_words
from jauge.report.printable import one_line
from jauge.report.translations import translations
from jauge.report.wording import number, short_number, spoken_in
from jauge.text.fold import fold

if TYPE_CHECKING:
    from datetime import datetime

    from jauge.model.score import Band
    from jauge.report.wording import Locale

_NO_BREAK = "\u00a0"
_PERCENT = 100
_UTC = frozenset({"UTC", "ETC/UTC", "ZULU", "ETC/ZULU", "UCT", "ETC/UCT"})
_CITIES = {"America/Montreal": "Montréal"}
_VOWELS = frozenset("aeiou")
_KEYS: dict[Band, str] = {
    "very_negative": "vn",
    "negative": "n",
    "neutral": "m",
    "positive": "p",
    "very_positive": "vp",
}
LEVELS = tuple(_KEYS)


class Typesetter:
    """Writes for one locale: the functions that templates call."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale
        self.lang = spoken_in(locale)
        self._words = translations(locale)
        self._babel = locale.replace("-", "_")

    def t(self, key: str, **values: object) -> str:
        r"""Give the words for a key; values keep the blanks that they have.

        >>> Typesetter("fr").t("flow", name="a : b")
        'flux\u202f: a : b'
        """
        return self._words.one(key).format(**values)

    def tn(self, key: str, count: float, **values: object) -> str:
        """Give the words for a key and a count, which is written as a number is.

        >>> Typesetter("en").tn("others", 1), Typesetter("fr").tn("others", 0)
        ('1 other', '0 autre')
        """
        shown = values.pop("shown", None) or self.n(count)
        return self._words.some(key, count).format(count=shown, **values)

    def has(self, key: str) -> bool:
        """Say whether there are words for a key."""
        return key in self._words.keys

    def n(self, value: float, digits: int = 0) -> str:
        """Write a number."""
        return number(value, self.lang, digits=digits)

    def tenths(self, value: int) -> str:
        """Write tenths without a sign."""
        return number(value / 10, self.lang)

    def signed(self, value: int) -> str:
        """Write points, given in tenths, with their sign; zero has none."""
        return number(value / 10, self.lang, sign=value != 0)

    def share(self, part: int, whole: int, digits: int = 1) -> str:
        """Write a share in per cent."""
        value = _PERCENT * part / whole if whole else 0.0
        blank = "\u202f" if self.lang == "fr" else ""
        return f"{self.n(value, digits)}{blank}%"

    def short(self, value: float) -> str:
        """Write a number with the digits that it has."""
        return short_number(value, self.lang)

    def day(self, at: datetime) -> str:
        """Write a date: 23 nov. 2026, Nov 23, 2026."""
        from babel.dates import format_skeleton

        return format_skeleton("yMMMd", at, tzinfo=at.tzinfo, locale=self._babel)

    def weekday(self, at: datetime) -> str:
        """Write a date with its day of the week."""
        from babel.dates import format_skeleton

        return format_skeleton("yMMMEd", at, tzinfo=at.tzinfo, locale=self._babel)

    def clock(self, at: datetime) -> str:
        """Write a time: 14 h 02, 14:02."""
        if self.lang == "fr":
            return f"{at.hour}{_NO_BREAK}h{_NO_BREAK}{at.minute:02}"
        return f"{at:%H:%M}"

    @staticmethod
    def wait(seconds: float) -> str:
        """Write a wait, on one line."""
        return wait_in_words(seconds).replace(" ", _NO_BREAK)

    def language(self, tag: str) -> str:
        """Name a language in that of the page; one that is not known keeps its tag."""
        from babel import Locale, UnknownLocaleError

        try:
            name = Locale.parse(tag, sep="-").get_display_name(self._babel)
        except (ValueError, UnknownLocaleError):
            return tag
        return name or tag

    def channel(self, name: str) -> str:
        """Name a channel; one that is not known keeps its own name."""
        key = f"channel_{name}"
        return self.t(key) if self.has(key) else name

    def zone(self, name: str) -> str:
        """Say whose clock times are of, by the name of a zone.

        >>> Typesetter("fr").zone("America/Montreal"), Typesetter("en").zone("UTC")
        ('heure de Montréal', 'UTC')
        >>> Typesetter("fr").zone("Africa/Abidjan")
        'heure d’Abidjan'
        """
        if name.upper() in _UTC:
            return self.t("zone_utc")
        city = self._city(name)
        is_vowel = fold(city).text[:1] in _VOWELS
        return self.t("zone_vowel" if is_vowel else "zone", name=one_line(city))

    def _city(self, name: str) -> str:
        """Name the city of a zone as the language does, if it is the same one."""
        from babel.dates import get_timezone_location

        own = _CITIES.get(name, name.rpartition("/")[2].replace("_", " "))
        try:
            said = get_timezone_location(name, locale=self._babel, return_city=True)
        except LookupError:
            return own
        # An old name may stand for another city: Toronto for Montréal.
        return said if fold(said).text == fold(own).text else own

    @staticmethod
    def key_of(band: Band) -> str:
        """Give the short key of a level, as the style sheet names it."""
        return _KEYS[band]


def capital(text: str) -> str:
    """Start a text with a capital.

    >>> capital("s’excuse")
    'S’excuse'
    """
    return text[:1].upper() + text[1:]
