"""The locale of pages: as told, else that of the system."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jauge.report.wording import Locale

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
