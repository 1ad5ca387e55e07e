"""Ask a person about conversations, one by one; each answer is kept at once."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from jauge.cli.endings import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jauge.model.label import Stars
    from jauge.report.wording import Lang
    from jauge.store.database import Store

_STARS: dict[str, Stars | None] = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "?": None}
_SKIP, _STOP = "s", "q"
Answer = Literal["kept", "unsure", "skipped", "stop", "gone"]


@dataclass
class _Session:
    """Who is asked, of what, in which language; and what came of it."""

    store: Store
    who: str
    lang: Lang
    is_masked: bool
    kept: int = 0
    unsure: int = 0
    skipped: int = 0

    def count(self, answer: Answer) -> None:
        self.kept += answer in ("kept", "unsure")
        self.unsure += answer == "unsure"
        self.skipped += answer == "skipped"


def ask_all(
    store: Store, ids: Sequence[str], who: str, lang: Lang, *, is_masked: bool
) -> None:
    """Show each conversation without its score, and keep what the person says."""
    from jauge.report.printable import one_line
    from jauge.report.review_words import review_words

    session = _Session(store, who, lang, is_masked)
    if not ids:
        say([review_words(lang, "none_left")])
        return
    for number, id_ in enumerate(ids, 1):
        say([review_words(lang, "drawn", number=number, count=len(ids))])
        answer = _ask(session, id_)
        if answer == "stop":
            break
        session.count(answer)
    say(
        [
            review_words(
                lang,
                "kept",
                who=one_line(who),
                kept=session.kept,
                unsure=session.unsure,
                skipped=session.skipped,
            )
        ]
    )


def _ask(session: _Session, id_: str) -> Answer:
    """Ask about one conversation; keep the answer."""
    from msgspec.structs import replace

    from jauge.model.label import Label
    from jauge.report.review_words import review_words
    from jauge.store.labels import put_label

    content = _show(session, id_)
    if content is None:
        say([review_words(session.lang, "gone")])
        return "gone"
    told = _stars(session.lang)
    if told == _SKIP:
        return "skipped"
    if told == _STOP:
        return "stop"
    label = Label(
        stars=_STARS[told],
        reason="",
        who=session.who,
        at=datetime.now(UTC),
        blind=True,
        sampled=True,
        content=content,
    )
    try:
        reason = _reason(session.lang)
    except KeyboardInterrupt:
        # The stars are given; only the reason is not.
        put_label(session.store, id_, label)
        raise
    if not put_label(session.store, id_, replace(label, reason=reason)):
        say([review_words(session.lang, "gone")])
        return "gone"
    return "unsure" if label.stars is None else "kept"


def _show(session: _Session, id_: str) -> bytes | None:
    """Show a conversation; say which version it is. None: it is gone."""
    from jauge.redaction.together import masked_alone
    from jauge.report import terminal
    from jauge.store.rows import identity

    history = session.store.conversation(id_)
    if history is None:
        return None
    chat = history.kept.conversation
    content: bytes = identity(chat)["content"]
    if session.is_masked:
        chat = masked_alone(chat, session.lang)
    terminal.console().print(terminal.without_score(chat, session.lang))
    return content


def _stars(lang: Lang) -> str:
    """Ask until an answer is one; the end of the input stops."""
    from jauge.report.review_words import review_words

    while True:
        told = _answer(review_words(lang, "stars"))
        if told is None:
            return _STOP
        told = told.lower()
        if told in _STARS or told in (_SKIP, _STOP):
            return told
        say([review_words(lang, "not_one")])


def _reason(lang: Lang) -> str:
    """Ask for a reason until it is short enough; at the end of the input, it is empty.

    What was judged before the end is kept.
    """
    from jauge.report.review_words import review_words
    from jauge.report.wording import number
    from jauge.store.given import LONGEST_TEXT

    while True:
        told = _answer(review_words(lang, "reason")) or ""
        if len(told) <= LONGEST_TEXT:
            return told
        most = number(LONGEST_TEXT, lang, digits=0)
        say([review_words(lang, "too_long", most=most)])


def _answer(question: str) -> str | None:
    """Ask a question; None at the end of the input."""
    sys.stdout.flush()
    sys.stderr.write(question)
    sys.stderr.flush()
    line = sys.stdin.buffer.readline()
    return line.decode("utf-8", "replace").strip() if line else None
