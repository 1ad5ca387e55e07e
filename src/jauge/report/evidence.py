"""Say in words what shows a signal: a quote, a click, what the source tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.model.conversation import Message
from jauge.report.printable import safe
from jauge.report.wording import action_in_words, quoted, said
from jauge.text.sentences import sentences_of

if TYPE_CHECKING:
    from jauge.model.conversation import Event
    from jauge.model.score import Contribution
    from jauge.report.wording import Lang

# What is shorter is a phrase that was heard: it is all of what shows the signal.
_LEAST_CUT = 40


def is_cut(part: Contribution, event: Event) -> bool:
    """Say whether evidence ends inside a sentence, as a part that was shortened does.

    Only people are told so: in files, evidence is the very words of its span.
    """
    if part.span is None or not isinstance(event, Message):
        return False
    start, end = part.span
    if end - start < _LEAST_CUT or not event.text[end : end + 1].isspace():
        return False
    return any(first < end < last for first, last in sentences_of(event.text))


def evidence_in_words(part: Contribution, lang: Lang, *, is_cut: bool = False) -> str:
    """Quote what was written; say in words what a source or a click showed."""
    text = safe(part.evidence) + ("…" if is_cut else "")
    # A signal of the whole conversation has no place in a text, but does quote one.
    if part.span is not None or part.event is None:
        return quoted(text, lang)
    kind, _, rest = text.partition(" ")
    if kind == "handoff" and rest in ("requested", "refused"):
        return said(lang, rest)
    if kind == "confidence" and rest:
        return said(lang, kind, value=rest.replace(".", "," if lang == "fr" else "."))
    return said(lang, text) if text == "fallback" else action_in_words(text, lang)
