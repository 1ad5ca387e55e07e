"""Say in plain words what a file holds, what it lacks, and what to do about it."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, NamedTuple

from jauge.report import doctor_words, left_out
from jauge.report.naming import Naming, in_terminal
from jauge.report.printable import one_line, safe
from jauge.report.refusals import refusal_in_words
from jauge.report.summary import shape_lines
from jauge.report.terminal import WIDTH
from jauge.report.wording import number, quoted, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jauge.diagnosis.findings import Diagnosis, Suspect
    from jauge.report.wording import Lang

_LABEL = 21
_INDENT = "  "
_NAMES_SHOWN = 12
_KINDS_SHOWN = 10
_PERCENT = 100


class Fact(NamedTuple):
    """One thing that a file holds or lacks; more of the same kind has no label."""

    label: str
    text: str


def lines(diagnosis: Diagnosis, lang: Lang) -> Iterator[str]:
    """Give the diagnosis of one file, line by line."""
    yield one_line(diagnosis.file)
    if diagnosis.report is not None:
        told = doctor_words.REPORT[1 if diagnosis.report else 0]
        text = left_out.worded(told, lang).format(
            column=diagnosis.report, file=diagnosis.file
        )
        yield from _wrapped(_INDENT, text)
        return
    if diagnosis.format is None and not diagnosis.rejected:
        yield _INDENT + said(lang, "empty_file")
        return
    for label, text in facts(diagnosis, lang):
        yield from _wrapped(f"{_INDENT}{label:{_LABEL}} ", text)
    refused = [one.first for one in diagnosis.refusals]
    for text in shape_lines(refused, diagnosis.conversations, lang):
        yield from _wrapped(_INDENT, text)
    if diagnosis.suspects:
        yield from _suspects(diagnosis.suspects, lang)


def facts(
    diagnosis: Diagnosis, lang: Lang, naming: Naming | None = None
) -> Iterator[Fact]:
    """Give what a file holds and lacks: a label, or none for one more text below it.

    Names are those of a terminal, unless a page brings its own.
    """
    if diagnosis.format is None:
        if diagnosis.rejected:
            yield from _refusals(diagnosis, lang)
        return
    naming = naming or in_terminal(lang)
    words = diagnosis.format_words[lang]
    around = (
        left_out.worded(doctor_words.ENVELOPED, lang) if diagnosis.is_enveloped else ""
    )
    yield _row("format", f"{diagnosis.format} ({words}){around}", lang)
    yield _row("conversations_found", _grouped(diagnosis.conversations, lang), lang)
    if diagnosis.conversations:
        yield from _contents(diagnosis, lang, naming)
        yield from _fields(diagnosis, lang, naming)
        yield from _unavailable(diagnosis, lang, naming)
        yield from _not_scored(diagnosis, lang, naming)
    yield from _refusals(diagnosis, lang)


def _row(key: str, text: str, lang: Lang) -> Fact:
    """Give one line of the report: its label, and its text beside it."""
    return Fact(said(lang, key) if key else "", text)


def _titled(title: tuple[str, str], text: str, lang: Lang) -> Fact:
    return Fact(left_out.worded(title, lang), text)


def _wrapped(start: str, text: str) -> Iterator[str]:
    rest = " " * len(start)
    yield from textwrap.wrap(
        safe(text),
        WIDTH,
        initial_indent=start,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [start.rstrip()]


def _contents(diagnosis: Diagnosis, lang: Lang, naming: Naming) -> Iterator[Fact]:
    events = {
        said(lang, f"events_{kind}"): count
        for kind, count in diagnosis.events.items()
        if count
    }
    total = _grouped(sum(diagnosis.events.values()), lang)
    yield _row(
        "events_found",
        said(lang, "colon").join(filter(None, (total, _counted(events, lang)))),
        lang,
    )
    if diagnosis.roles:
        roles = {naming.role(role): count for role, count in diagnosis.roles.items()}
        yield _row("roles_found", _counted(roles, lang), lang)
    if diagnosis.roles.get("unknown"):
        names = ", ".join(
            f"{quoted(name, lang)} ({_grouped(count, lang)})"
            for name, count in [*diagnosis.unknown.items()][:_NAMES_SHOWN]
        )
        yield Fact("", naming.who.format(names=f" ({names})" if names else ""))
    yield from _unheard(diagnosis, lang, naming)
    named = {naming.channel(name): n for name, n in diagnosis.channels.items()}
    yield _row("channels_found", _counted(named, lang), lang)
    yield _row("languages_found", _counted(diagnosis.languages, lang), lang)
    if diagnosis.span is None:
        yield _row("span_found", said(lang, "no_times"), lang)
    else:
        first, last = map(naming.moment, diagnosis.span)
        yield _row("span_found", said(lang, "from_to", first=first, last=last), lang)


def _unheard(diagnosis: Diagnosis, lang: Lang, naming: Naming) -> Iterator[Fact]:
    """Say which names that were told a role nobody has, and who there is."""
    there = [name for name in diagnosis.speakers if name not in diagnosis.unknown]
    names = ", ".join(quoted(name, lang) for name in there[:_NAMES_SHOWN])
    who = left_out.worded(doctor_words.SPEAKERS, lang).format(names=names)
    for name, role in diagnosis.unheard.items():
        told = left_out.worded(doctor_words.UNHEARD, lang)
        text = told.format(name=quoted(name, lang), role=naming.role(role).lower())
        yield Fact("", text + who * bool(names))


def _fields(diagnosis: Diagnosis, lang: Lang, naming: Naming) -> Iterator[Fact]:
    if diagnosis.columns:
        columns = [
            f"{name} → {naming.field(field)}"
            for name, field in diagnosis.columns.items()
        ]
        yield _row("columns_found", ", ".join(columns), lang)
    found = [
        f"{naming.field(name)}{_part(count, diagnosis.conversations, lang)}"
        for name, count in diagnosis.found.items()
    ]
    none = said(lang, "none")
    yield _row("fields_found", ", ".join(found) or none, lang)
    missing = [naming.missing(name) for name in diagnosis.missing]
    yield _row("fields_missing", ", ".join(missing) or none, lang)
    kept = [name for name, count in diagnosis.ignored.items() if count is None]
    if kept:
        names = ", ".join(_first(kept, lang))
        yield _row("columns_kept", said(lang, "columns_kept_told", names=names), lang)
    ignored = [
        f"{name}{_part(count, diagnosis.conversations, lang)}"
        for name, count in diagnosis.ignored.items()
        if count is not None
    ]
    yield _row("fields_ignored", ", ".join(_first(ignored, lang)) or none, lang)
    left = {
        left_out.named(kind, lang): count for kind, count in diagnosis.left_out.items()
    }
    if left:
        yield _titled(left_out.TITLE, _counted(left, lang), lang)
    if diagnosis.format_lacks:
        lacks = diagnosis.format_lacks["fr"], diagnosis.format_lacks["en"]
        text = left_out.worded(lacks, lang)
        yield _titled(left_out.NEVER_TOLD, text, lang)


def _part(count: int, total: int, lang: Lang) -> str:
    return "" if count == total else f" {_grouped(count, lang)}/{_grouped(total, lang)}"


def _unavailable(diagnosis: Diagnosis, lang: Lang, naming: Naming) -> Iterator[Fact]:
    key = "signals_unavailable"
    for unavailable in diagnosis.unavailable:
        where = (
            said(lang, "in_all")
            if unavailable.conversations == diagnosis.scorable
            else said(
                lang,
                "in_some",
                count=_grouped(unavailable.conversations, lang),
                total=_grouped(diagnosis.scorable, lang),
            )
        )
        cause = f"{said(lang, f'cause_{unavailable.cause}')}, {where}"
        names = ", ".join(map(naming.signal, unavailable.signals))
        yield _row(key, said(lang, "colon").join((cause, names)), lang)
        key = ""
    if key:
        none = left_out.worded(doctor_words.NOT_LOOKED, lang)
        yield _row(key, said(lang, "none") if diagnosis.scorable else none, lang)


def _not_scored(diagnosis: Diagnosis, lang: Lang, naming: Naming) -> Iterator[Fact]:
    count = sum(diagnosis.not_scored.values())
    yield _row(
        "not_scored_found", _grouped(count, lang) if count else said(lang, "none"), lang
    )
    for reason, times in diagnosis.not_scored.items():
        yield _row("", f"{_grouped(times, lang)} × {naming.reason(reason)}", lang)


def _refusals(diagnosis: Diagnosis, lang: Lang) -> Iterator[Fact]:
    count = diagnosis.rejected
    yield _row(
        "rejected_found", _grouped(count, lang) if count else said(lang, "none"), lang
    )
    for refusal in diagnosis.refusals[:_KINDS_SHOWN]:
        first = refusal.first
        place = said(lang, "line", number=first.line) if first.line else ""
        path = first.path if first.path != "$" else ""
        reason = refusal_in_words(first.reason, lang)
        told = said(lang, "colon").join(filter(None, (place, path, reason)))
        yield _row("", f"{_grouped(refusal.count, lang)} × {told}", lang)
    more = len(diagnosis.refusals) - _KINDS_SHOWN
    if more > 0:
        yield _row("", said(lang, "more_kinds", count=more), lang)


def _suspects(suspects: Iterable[Suspect], lang: Lang) -> Iterator[str]:
    """Show the phrases, and what to write in `jauge.toml` if they are fallbacks."""
    suspects = tuple(suspects)
    yield from _wrapped(_INDENT, said(lang, "phrases_found"))
    for told in suspects_in_words(suspects, lang):
        yield from _wrapped(_INDENT * 2 + "- ", told)
    yield from _wrapped(_INDENT, said(lang, "phrases_add"))
    for line in settings_of(suspects):
        yield _INDENT * 2 + line


def suspects_in_words(suspects: Iterable[Suspect], lang: Lang) -> Iterator[str]:
    """Say of each phrase how often it comes, and what customers do after it."""
    for suspect in suspects:
        yield said(
            lang,
            "phrase_row",
            phrase=quoted(suspect.phrase, lang),
            share=number(suspect.share * _PERCENT, lang, digits=0),
            followed=number(suspect.followed * _PERCENT, lang, digits=0),
            others=number(suspect.others * _PERCENT, lang, digits=0),
        )


def settings_of(suspects: Iterable[Suspect]) -> Iterator[str]:
    """Write what makes the phrases known, line by line, as `jauge.toml` takes it."""
    told: dict[str, list[str]] = {}
    for suspect in suspects:
        told.setdefault(suspect.language, []).append(suspect.phrase)
    for language, phrases in told.items():
        yield f"[phrases.{language}]"
        written = ", ".join(
            json.dumps(phrase, ensure_ascii=False) for phrase in phrases
        )
        yield safe(f"bot_fallback = [{written}]")


def _counted(names: Mapping[str, int], lang: Lang) -> str:
    return ", ".join(
        _first(
            [f"{name} {_grouped(count, lang)}" for name, count in names.items()], lang
        )
    )


def _first(names: list[str], lang: Lang) -> list[str]:
    more = len(names) - _NAMES_SHOWN
    return (
        [*names[:_NAMES_SHOWN], said(lang, "more_names", count=more)]
        if more > 1
        else names
    )


def _grouped(count: int, lang: Lang) -> str:
    return number(count, lang, digits=0)
