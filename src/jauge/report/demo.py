"""Lay out the demonstration: the extremes, the average, one explained, the files."""

from __future__ import annotations

import shlex
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from jauge.report import summary, terminal
from jauge.report.printable import one_line
from jauge.report.wording import number, said, why_not_scored
from jauge.text.language import primary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from jauge.detectors.protocol import Words
    from jauge.model.conversation import Conversation
    from jauge.model.score import Score
    from jauge.report.wording import Lang
    from jauge.scorer import Scorer

    Scored = tuple[Conversation, Score]

_SHOWN = 5
_REASONS = 3
_SHORT = 12
_INDENT = 5
_STYLES = {
    "very_negative": "red",
    "negative": "red",
    "positive": "green",
    "very_positive": "green",
}


class Kept(NamedTuple):
    """The files that the demonstration leaves; no page without its extra."""

    conversations: Path
    scores: Path
    table: Path
    page: Path | None


def parts(
    scored: Sequence[Scored], scorer: Scorer, kept: Kept, lang: Lang
) -> Iterator[RenderableType]:
    """Give the parts of the demonstration in the order in which they are read."""
    words = {detector.name: detector.words[lang] for detector in scorer.detectors}
    rising = sorted((one for one in scored if one[1].value is not None), key=_low)
    told = _telling(rising, lang)
    other = rising[0] if rising[0] is not told else rising[-1]
    yield Text(said(lang, "demo_intro", count=len(scored)))
    yield _extremes("worst", rising[:_SHOWN], words, lang)
    yield _extremes("best", rising[: -_SHOWN - 1 : -1], words, lang)
    yield _average(scored, lang)
    yield _titled("explained", terminal.explained(*told, scorer, lang), lang)
    yield _files(kept, other[0].id, lang)


def _low(scored: Scored) -> tuple[int, int, str]:
    score = scored[1]
    return score.value or 0, score.logit or 0, score.conversation_id


def _telling(rising: Sequence[Scored], lang: Lang) -> Scored:
    """Choose the lowest that is short, in the reader's language if there is one."""
    short = [one for one in rising if len(one[0].events) <= _SHORT]
    own = [one for one in short if primary(one[1].language) == lang]
    return (own or short or list(rising))[0]


def _titled(key: str, part: RenderableType, lang: Lang) -> RenderableType:
    title = Rule(Text(said(lang, key), "bold"), align="left", style="dim")
    return Group(Text(), title, Text(), part)


def _extremes(
    key: str, scored: Sequence[Scored], words: Mapping[str, Words], lang: Lang
) -> RenderableType:
    shown: list[RenderableType] = []
    for conversation, score in scored:
        shown += [_heading(conversation, score, lang), _reasons(score, words, lang)]
    return _titled(key, Group(*shown), lang)


def _heading(conversation: Conversation, score: Score, lang: Lang) -> Table:
    line = Table.grid(padding=(0, 2, 0, 0))
    line.add_column(justify="right", min_width=_INDENT - 2)
    line.add_column(min_width=13, no_wrap=True)
    line.add_column(no_wrap=True)
    line.add_column(no_wrap=True)
    band = str(score.band)
    where = ", ".join(filter(None, (conversation.channel, score.language)))
    line.add_row(
        Text(str(score.value), f"bold {_STYLES.get(band, '')}"),
        said(lang, band),
        Text(one_line(score.conversation_id), "bold"),
        Text(one_line(where), "dim"),
    )
    return line


def _reasons(score: Score, words: Mapping[str, Words], lang: Lang) -> RenderableType:
    """Show the strongest signals, each with all its points of the conversation."""
    tenths: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for part in score.contributions:
        tenths[part.signal] += part.tenths
        times[part.signal] += 1
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", min_width=5, no_wrap=True)
    table.add_column()
    for name in sorted(tenths, key=lambda name: -abs(tenths[name]))[:_REASONS]:
        line = words[name].told(tenths[name]).rstrip(".")
        if times[name] > 1:
            line += f" ({said(lang, 'times', count=times[name])})"
        table.add_row(number(tenths[name] / 10, lang, sign=True), line)
    return Padding(table, (0, 0, 0, _INDENT))


def _average(scored: Sequence[Scored], lang: Lang) -> RenderableType:
    values = [score.value for _, score in scored if score.value is not None]
    reasons = Counter[str](
        score.reason for _, score in scored if score.reason is not None
    )
    shown: list[RenderableType] = []
    if mean := summary.mean_of(values):
        figures = {
            name: number(figure, lang)
            for name, figure in zip(("mean", "low", "high"), mean, strict=True)
        }
        shown.append(Text(said(lang, "mean", count=len(values), **figures)))
    shown.append(Text(said(lang, "unscored", count=reasons.total())))
    colon = said(lang, "colon")
    shown += [
        Text(f"{' ' * _INDENT}{why_not_scored(lang, reason)}{colon}{count}")
        for reason, count in summary.by_count(reasons)
    ]
    return _titled("average_title", Group(*shown), lang)


def _files(kept: Kept, other: str, lang: Lang) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for key, path in zip(("conversations", "scores", "table"), kept[:3], strict=True):
        table.add_row(said(lang, key), Text(one_line(str(path))))
    if kept.page is not None:
        table.add_row(said(lang, "page"), Text(one_line(str(kept.page))))
    shown: list[RenderableType] = [table, Text()]
    if kept.page is None:
        shown += [Text(said(lang, "install")), Text()]
    typed = shlex.join(["jauge", "explain", str(kept.conversations), "--id", other])
    command = Text(f"  {one_line(typed)}", "bold", overflow="fold")
    told = Text(said(lang, "explain_another"))
    return _titled("files", Group(*shown, told, command), lang)
