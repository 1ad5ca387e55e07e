"""How a diagnosis names channels, times, people, fields and signals.

A terminal names them as options and files do; a page as all its other pages do.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from jauge.report import doctor_words, left_out
from jauge.report.wording import WORDS, said, why_not_scored

if TYPE_CHECKING:
    from jauge.report.wording import Lang


class Naming(NamedTuple):
    """What writes each kind of name; `who` says what to do with `{names}` unknown."""

    channel: Callable[[str], str]
    moment: Callable[[datetime], str]
    role: Callable[[str], str]
    field: Callable[[str], str]
    missing: Callable[[str], str]
    signal: Callable[[str], str]
    reason: Callable[[str], str]
    who: str


def in_terminal(lang: Lang) -> Naming:
    """Name all as options and files do.

    >>> in_terminal("en").channel("web_chat"), in_terminal("en").missing("at")
    ('web_chat', 'at (date and time)')
    """

    def channel(name: str) -> str:
        return said(lang, "unknown").lower() if name == "unknown" else name

    def missing(name: str) -> str:
        words = field_in_words(name, lang)
        return name if words == name else f"{name} ({words})"

    return Naming(
        channel=channel,
        moment=lambda at: f"{at:%Y-%m-%d %H:%M}",
        role=lambda name: said(lang, name),
        field=lambda name: name,
        missing=missing,
        signal=lambda name: name,
        reason=lambda name: why_not_scored(lang, name),
        who=left_out.worded(doctor_words.WHO, lang),
    )


def field_in_words(name: str, lang: Lang) -> str:
    """Say what a field is; one that has no words keeps its name."""
    key = f"field_{name}"
    return said(lang, key) if key in WORDS[lang] else name
