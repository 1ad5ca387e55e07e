"""Show one conversation in the terminal: transcript, points beside events, the sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from jauge.model.conversation import Action, Close, Handoff, Message, Rating, Role
from jauge.model.signal import Dimension
from jauge.model.wait import SHOWN_WAIT, wait_in_words, waits
from jauge.report.evidence import evidence_in_words, is_cut
from jauge.report.printable import safe
from jauge.report.unbroken import Unbroken
from jauge.report.unseen import is_unread, unseen
from jauge.report.wording import (
    Lang,
    action_in_words,
    number,
    quoted,
    said,
    short_number,
    why_not_scored,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jauge.detectors.protocol import Words
    from jauge.model.conversation import Conversation, Event
    from jauge.model.score import Contribution, Score
    from jauge.scorer import Scorer

WIDTH = 80
_MARK = "*"
_LONGEST_TEXT = 2000
_GROUPS = (
    ("feedback_group", (Dimension.ENGAGEMENT, Dimension.SENTIMENT)),
    (
        "response_group",
        (Dimension.UNDERSTANDING, Dimension.EASE, Dimension.RESPONSE_TIME),
    ),
)


def console() -> Console:
    """Give a console as wide as the terminal; piped, of 80 columns and no colour."""
    plain = Console(highlight=False, markup=False, emoji=False)
    if not plain.is_terminal:
        return Console(highlight=False, markup=False, emoji=False, width=WIDTH)
    return plain


def explained(
    conversation: Conversation, score: Score, scorer: Scorer, lang: Lang
) -> RenderableType:
    """Lay out a conversation with its points under the events that caused them."""
    words = {detector.name: detector.words[lang] for detector in scorer.detectors}
    heading = Unbroken(_heading(conversation, score, scorer, lang))
    parts: list[RenderableType] = [heading, Text()]
    parts.append(_transcript(conversation.events, score.contributions, words, lang))
    if score.status == "scored":
        parts += [Text(), _sum(score, lang)]
    return Group(*parts)


def without_score(conversation: Conversation, lang: Lang) -> RenderableType:
    """Lay out a conversation for a person who judges it: no points, and no ratings."""
    events = [one for one in conversation.events if not isinstance(one, Rating)]
    facts = [conversation.id, conversation.channel]
    facts += [f"{one.at:%Y-%m-%d %H:%M}" for one in events if one.at is not None][:1]
    heading = Text(safe(" · ".join(facts)) + "\n", "bold")
    return Group(heading, _transcript(events, (), {}, lang))


def _heading(
    conversation: Conversation, score: Score, scorer: Scorer, lang: Lang
) -> Text:
    times = [event.at for event in conversation.events if event.at is not None]
    facts = [score.conversation_id, conversation.channel, score.language or "?"]
    if times:
        facts.append(f"{times[0]:%Y-%m-%d %H:%M}")
    text = Text(safe(" · ".join(facts)) + "\n")
    if score.status == "not_scored":
        reason = why_not_scored(lang, str(score.reason))
        return text.append(f"{said(lang, 'not_scored')} ({reason})", "bold")
    low, high = score.range or (0, 100)
    text.append(f"{score.value}", "bold")
    text.append(f" / 100  {said(lang, str(score.band))}  ")
    text.append(f"({said(lang, f'range_{scorer.judge}', low=low, high=high)})", "dim")
    if score.part == "before_handoff":
        text.append("\n" + said(lang, "before_handoff"))
    return text.append(_not_seen(score, scorer, lang))


def _not_seen(score: Score, scorer: Scorer, lang: Lang) -> Text:
    """Say what could not count: the words of another language, what a source lacks."""
    text = Text()
    if score.language and is_unread(score):
        language = safe(score.language)
        text.append("\n" + said(lang, "words_unread", language=language))
    if hidden := unseen(score, scorer, lang):
        names = safe(" · ".join(hidden))
        text.append("\n" + said(lang, "unavailable", names=names), "dim")
    return text


def _transcript(
    events: Sequence[Event],
    contributions: Sequence[Contribution],
    words: Mapping[str, Words],
    lang: Lang,
) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", min_width=6, no_wrap=True)
    table.add_column(min_width=8, no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    points: dict[int | None, list[Contribution]] = {}
    for part in contributions:
        points.setdefault(part.event, []).append(part)
    for index, (event, notes) in enumerate(_noted(events)):
        here = points.get(index, [])
        for note in notes:
            table.add_row("", "", "", Text(note, "dim"))
        at = f"{event.at:%H:%M:%S}" if event.at else ""
        table.add_row(
            "",
            Text(at, "dim"),
            Text(_who(event, lang), _style(event)),
            Unbroken(_shown(event, here, lang)),
        )
        for part in here:
            evidence = evidence_in_words(part, lang, is_cut=is_cut(part, event))
            table.add_row(*_reason(part, words, lang, evidence))
    for part in points.get(None, []):
        table.add_row(*_reason(part, words, lang, evidence_in_words(part, lang)))
    return table


def _reason(
    part: Contribution, words: Mapping[str, Words], lang: Lang, evidence: str
) -> tuple[RenderableType, ...]:
    style = "green" if part.points > 0 else "red" if part.points < 0 else "dim"
    chip = words[part.signal].chip
    line = Text("└ " + chip, style)
    if evidence != chip:
        line.append("  " + evidence, "dim")
    where = said(lang, "whole") if part.event is None else ""
    if where:
        line.append(f"  ({where})", "dim")
    return (
        Text(number(part.points, lang, sign=True), f"bold {style}"),
        Text(),
        Text(),
        Unbroken(line),
    )


def _who(event: Event, lang: Lang) -> str:
    if isinstance(event, Message | Action):
        return said(lang, str(event.role))
    return said(
        lang, {Handoff: "handoff", Rating: "rating", Close: "close"}[type(event)]
    )


def _style(event: Event) -> str:
    role = event.role if isinstance(event, Message | Action) else None
    return (
        {Role.USER: "bold cyan", Role.BOT: "bold"}.get(role, "dim") if role else "dim"
    )


def _shown(event: Event, parts: list[Contribution], lang: Lang) -> Text:
    if isinstance(event, Message):
        return _message(event, parts, lang)
    if isinstance(event, Action):
        product = event.product.name if event.product else None
        target = event.target or product
        action = action_in_words(event.action, lang)
        return Text(safe(f"[{action}] {target or ''}".rstrip()))
    if isinstance(event, Handoff):
        return Text(said(lang, event.state))
    if isinstance(event, Rating):
        best = f" / {short_number(event.best, lang)}" if event.best is not None else ""
        comment = f"  {quoted(safe(event.comment), lang)}" if event.comment else ""
        return Text(f"{short_number(event.value, lang)}{best}{comment}", "dim")
    return Text()


def _message(message: Message, parts: list[Contribution], lang: Lang) -> Text:
    spans = sorted(part.span for part in parts if part.span)
    text, done = Text(), 0
    for start, end in spans:
        # A span that is the whole message needs no mark; nor one inside another.
        if start < done or (end - start == len(message.text) and end > WIDTH):
            continue
        text.append(safe(message.text[done:start]))
        text.append(_MARK + safe(message.text[start:end]) + _MARK, "bold underline")
        done = end
    text.append(safe(message.text[done:]))
    if len(text) > _LONGEST_TEXT:
        text = text[:_LONGEST_TEXT].append(" […]", "dim")
    if not message.text and message.media:
        text.append(said(lang, "media", media=", ".join(message.media)), "dim")
    if message.choices:
        text.append(
            "\n" + " ".join(f"[{safe(choice)}]" for choice in message.choices), "dim"
        )
    return text


def _noted(events: Sequence[Event]) -> Iterator[tuple[Event, list[str]]]:
    """Give each event with what stands before it: a new date, the customer's wait."""
    day, waited = None, waits(events)
    for index, event in enumerate(events):
        notes = []
        if event.at is not None:
            if day not in (None, event.at.date()):
                notes.append(f"{event.at:%Y-%m-%d}")
            day = event.at.date()
        if (seconds := waited.get(index, 0)) >= SHOWN_WAIT:
            notes.append(f"⋮ {wait_in_words(seconds)}")
        yield event, notes


def _sum(score: Score, lang: Lang) -> Table:
    table = Table(box=box.SIMPLE, show_header=False, padding=(0, 1), pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_row(said(lang, "base"), str(score.base))
    dimensions = score.dimensions or {}
    for group, members in _GROUPS:
        table.add_row(Text(said(lang, group), "dim"), "")
        for dimension in members:
            sum_of = dimensions[dimension]
            points = number(sum_of, lang, sign=True) if sum_of else "0"
            table.add_row("  " + said(lang, str(dimension)), points)
    table.add_section()
    table.add_row(Text(said(lang, "score"), "bold"), Text(str(score.value), "bold"))
    return table
