"""The locale of pages: as told, else that of the system."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, get_args

from jauge.errors import JaugeError
from jauge.report.wording import Locale
from jauge.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FRENCH: Mapping[str, Locale] = {"ca": "fr-CA", "fr": "fr-FR"}


def locale_of(given: Locale | None) -> Locale:
    """Choose a locale: as told, else that of the system.

    French of any other country is `fr`; any other language is `en`.
    """
    if given:
        return given
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    told = next((os.environ[name] for name in names if os.environ.get(name)), "")
    language, country, *_ = (*re.split("[-_.@]", told.lower()), "")
    return _FRENCH.get(country, "fr") if language == "fr" else "en"


def locale_asked(arguments: Sequence[str]) -> Locale:
    """Choose a locale when a command has failed, and its options are gone.

    As the commands do: `--lang`, `JAUGE_LANG`, `./jauge.toml`, else the system.

    >>> locale_asked(["load", "chats.csv", "--lang", "fr-CA"])
    'fr-CA'
    """
    found = re.search(r"(?:^|\n)--lang[=\n]([^\n]+)", "\n".join(arguments))
    known = {one.lower(): one for one in get_args(Locale)}
    # The language itself may be what is wrong: then the next that says one is taken.
    for told in (found and found[1], os.environ.get("JAUGE_LANG"), _settled()):
        if told and told.lower() in known:
            return locale_of(known[told.lower()])
    return locale_of(None)


def _settled() -> Locale | None:
    try:
        return load_settings(None).lang
    except JaugeError:
        # Faulty settings are what is to be told, mostly.
        return None
