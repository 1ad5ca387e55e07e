"""The words of the pages: gettext catalogues, read once a process for a locale.

A catalogue is a `.po` file in `locale/`; what a country does not say itself is what its
language says. French typography is put in here, once, on our words alone.
"""

from __future__ import annotations

import functools
import io
from gettext import GNUTranslations
from importlib.resources import files
from typing import TYPE_CHECKING

from jauge.report.wording import spaced, spoken_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from babel.messages.catalog import Catalog, Message

    from jauge.report.wording import Lang, Locale

_DOMAIN = "jauge"
_MANY = 2


class Translations:
    """The words of one language, by key."""

    def __init__(self, catalog: Catalog, lang: Lang) -> None:
        # Babel is an extra, and only pages need it.
        from babel.messages.mofile import write_mo

        compiled = io.BytesIO()
        write_mo(compiled, catalog)
        compiled.seek(0)
        self._said = GNUTranslations(compiled)
        self._lang = lang
        entries = tuple(_entries(catalog))
        self.keys = frozenset(map(_key_of, entries))
        self._counted = frozenset(_key_of(one) for one in entries if one.pluralizable)

    def one(self, key: str) -> str:
        """Give the words for a key; those for many where there are some for one.

        Raises:
            KeyError: no catalogue has it.
        """
        return self.some(key, _MANY)

    def some(self, key: str, count: float) -> str:
        """Give the words for a key and a count, those for one where it is one.

        Raises:
            KeyError: no catalogue has it.
        """
        if key in self._counted:
            return self._said.ngettext(key, key, _whole(count, self._lang))
        # gettext would give the key itself.
        if key not in self.keys:
            raise KeyError(key)
        return self._said.gettext(key)


@functools.cache
def translations(locale: Locale) -> Translations:
    r"""Give the words of a locale.

    >>> translations("fr-CA").one("channel_email"), translations("fr-FR").one("agent")
    ('Courriel', 'Conseiller')
    >>> translations("fr").one("flow")
    'flux\u202f: {name}'
    >>> translations("en").some("others", 1)
    '{count} other'
    """
    lang = spoken_in(locale)
    # The language's own comes first: it also says how plurals are formed.
    names = dict.fromkeys((lang, locale.replace("-", "_")))
    return Translations(_joined(map(_read, names), lang), lang)


def _read(name: str) -> Catalog:
    from babel.messages.pofile import read_po

    file = files("jauge.report").joinpath(f"locale/{name}/LC_MESSAGES/{_DOMAIN}.po")
    return read_po(io.BytesIO(file.read_bytes()), locale=name, charset="utf-8")


def _joined(catalogs: Iterable[Catalog], lang: Lang) -> Catalog:
    """Make one catalogue, in which later ones rule, set as the language is."""
    first, *others = catalogs
    for message in _entries(first):
        message.string = _typeset(message, lang)
    for message in (one for catalog in others for one in _entries(catalog)):
        first.delete(_key_of(message))
        first.add(message.id, _typeset(message, lang))
    return first


def _typeset(message: Message, lang: Lang) -> str | tuple[str, ...]:
    given = message.string or ""
    if not isinstance(given, str):
        return tuple(spaced(form) if lang == "fr" else form for form in given)
    return spaced(given) if lang == "fr" else given


def _entries(catalog: Catalog) -> Iterator[Message]:
    """Give the entries that say something; the first is the head."""
    for message in catalog:
        if message.id and message.string and not message.fuzzy:
            yield message


def _key_of(message: Message) -> str:
    # An entry with a plural has its key twice.
    return message.id if isinstance(message.id, str) else message.id[0]


def _whole(count: float, lang: Lang) -> int:
    """Give the whole number that takes the form of a count: gettext has no parts.

    French takes its singular below two, English for one alone.
    """
    if count == int(count):
        return int(count)
    return int(count) if lang == "fr" else _MANY
