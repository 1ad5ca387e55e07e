"""The words for what stands in a file and is no turn of a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.report.wording import spaced

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jauge.report.wording import Lang

TITLE = ("Écartés", "Left out")
NEVER_TOLD = ("Jamais dit", "Never told")
_WORDS: Mapping[str, tuple[str, str]] = {
    "note": ("notes internes", "internal notes"),
    "typing": ("« en train d’écrire »", "typing signs"),
    "receipt": ("accusés de réception ou de lecture", "delivery or read receipts"),
    "echo": ("échos d’envois", "echoes of what was sent"),
    "edit": ("modifications", "edits"),
    "deletion": ("suppressions", "deletions"),
    "tool": ("appels d’outils", "tool calls"),
    "system": ("messages du système", "system messages"),
    "activity": (
        "arrivées, départs, affectations, changements d’état",
        "joins, leaves, assignments, changes of state",
    ),
    "status": ("états d’envoi", "sending states"),
    "reaction": ("réactions", "reactions"),
    "trace": ("étapes internes du bot", "inner steps of the bot"),
    "duplicate": ("reçus deux fois", "received twice"),
    "rating": ("notes qui ne sont pas des nombres", "ratings that are no number"),
    "confidence": (
        "confiances qui ne sont pas des nombres",
        "confidences that are no number",
    ),
    "empty": ("messages vides", "empty messages"),
    "thread": ("autres échanges", "other threads"),
    "other": ("autres", "others"),
}


def named(kind: str, lang: Lang) -> str:
    """Name a kind of what is left out.

    >>> named("note", "en"), named("a new one", "fr")
    ('internal notes', 'a new one')
    """
    return worded(_WORDS.get(kind, (kind, kind)), lang)


def worded(pair: tuple[str, str], lang: Lang) -> str:
    """Give the word of a language."""
    return spaced(pair[0]) if lang == "fr" else pair[1]
