"""Say in words what shows a signal: a quote, a click, what the source tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.report.printable import safe
from jauge.report.wording import action_in_words, quoted, said

if TYPE_CHECKING:
    from jauge.model.score import Contribution
    from jauge.report.wording import Lang


def evidence_in_words(part: Contribution, lang: Lang) -> str:
    """Quote what was written; say in words what a source or a click showed."""
    text = safe(part.evidence)
    # A signal of the whole conversation has no place in a text, but does quote one.
    if part.span is not None or part.event is None:
        return quoted(text, lang)
    kind, _, rest = text.partition(" ")
    if kind == "handoff" and rest in ("requested", "refused"):
        return said(lang, rest)
    if kind == "confidence" and rest:
        return said(lang, kind, value=rest.replace(".", "," if lang == "fr" else "."))
    return said(lang, text) if text == "fallback" else action_in_words(text, lang)
