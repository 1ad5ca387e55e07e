"""The tables of an evaluation: order, level, curve, simpler ways, raters, gaps."""

from __future__ import annotations

import shlex
import textwrap
from typing import TYPE_CHECKING

from jauge.report.evaluation_words import WORDS, figure_in_words, said
from jauge.report.printable import one_line, safe
from jauge.report.terminal import WIDTH
from jauge.report.wording import number, short_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jauge.evaluation.findings import (
        Bin,
        By,
        Disagreement,
        Evaluation,
        Group,
        Raters,
    )
    from jauge.report.wording import Lang
    from jauge.scoring.resampling import Figure

INDENT = "  "
_GAP = "  "
_SHOWN = 5
_CHANNELS_SHOWN = 12
_PERCENT = 100
_LONGEST_NAME = 16
_LONGEST_ID = 50


def tables(found: Evaluation, whole: Group | None, lang: Lang) -> Iterator[str]:
    """Give all tables that there is enough for; `whole` is the group of all."""
    told = [group for group in found.groups if group.spearman.why != "few"]
    if told:
        yield from _order(found, told, lang)
        yield from _level(found, told, lang)
    if found.curve and whole is not None:
        yield from _curve(found, lang)
        yield from _simpler(whole, lang)
    if found.who_rates:
        yield from _raters(found.who_rates, lang)
    gaps = found.scored_high_judged_low, found.scored_low_judged_high
    for key, apart in zip(("high", "low"), gaps, strict=True):
        yield from _gaps(key, apart, lang)
    for first in (*gaps[0], *gaps[1])[:1]:
        yield ""
        yield said(lang, "read_one", id=one_line(shlex.quote(first.conversation_id)))


def wrapped(start: str, text: str) -> Iterator[str]:
    """Wrap a text that starts with a label; its other lines stand under the text."""
    yield from textwrap.wrap(
        one_line(text),
        WIDTH,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_long_words=False,
        break_on_hyphens=False,
    )


def titled(key: str, lang: Lang) -> Iterator[str]:
    """Give a title, after an empty line."""
    yield ""
    yield said(lang, key)


def count(times: int, lang: Lang) -> str:
    """Write a count, in groups of three digits."""
    return number(times, lang, digits=0)


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lay out rows: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = (
            f"{cell:>{width}}" for cell, width in zip(rest, widths[1:], strict=True)
        )
        line = _GAP.join([f"{first:{widths[0]}}", *cells])
        yield safe(f"{INDENT}{line}".rstrip())


def _order(found: Evaluation, groups: Sequence[Group], lang: Lang) -> Iterator[str]:
    yield from titled("order", lang)
    head = ["", *(said(lang, key) for key in ("judged", "correlation", "found"))]
    rows = [
        [
            _name(group.by, group.name, lang),
            count(group.conversations, lang),
            figure_in_words(group.spearman, lang),
            figure_in_words(group.auc, lang),
        ]
        for group in groups
    ]
    yield from _table([head, *rows])
    few = [
        f"{_name(group.by, group.name, lang)} ({count(group.conversations, lang)})"
        for group in found.groups
        if group not in groups
    ]
    if few:
        yield from wrapped(INDENT, said(lang, "few_groups", names=", ".join(few)))
    below = short_number(found.dissatisfied_below, lang)
    yield from wrapped(INDENT, said(lang, "order_note", below=below))


def _level(found: Evaluation, groups: Sequence[Group], lang: Lang) -> Iterator[str]:
    yield from titled("level", lang)
    keys = ("score", "judgement", "difference", "calibration")
    rows = [
        [
            _name(group.by, group.name, lang),
            number(group.mean_score, lang),
            number(group.mean_judgement, lang),
            figure_in_words(group.level, lang, digits=1, sign=True),
            figure_in_words(group.calibration_error, lang, digits=1),
        ]
        for group in groups
    ]
    yield from _table([["", *(said(lang, key) for key in keys)], *rows])
    chance = found.groups[0].calibration_error_by_chance
    if chance is not None:
        told = number(chance, lang)
        yield from wrapped(INDENT, said(lang, "level_note", chance=told))


def _curve(found: Evaluation, lang: Lang) -> Iterator[str]:
    yield from titled("curve", lang)
    keys = ("scores", "conversations", "mean_score", "mean_judgement")
    rows = [
        [
            f"{one.low}-{one.high}" if one.low < one.high else str(one.low),
            count(one.conversations, lang),
            number(one.mean_score, lang),
            _judged_in(one, lang),
        ]
        for one in found.curve
    ]
    yield from _table([[said(lang, key) for key in keys], *rows])


def _judged_in(band: Bin, lang: Lang) -> str:
    """Write the mean judgement of a band; equal ones say nothing of their spread."""
    told = band.judgement
    if told.value is not None and told.low == told.high:
        return said(lang, "bin_same", value=number(told.value, lang))
    return figure_in_words(told, lang, digits=1)


def _simpler(whole: Group, lang: Lang) -> Iterator[str]:
    yield from titled("simpler", lang)
    order = [one for one in whole.baselines if one.spearman is not None]
    better = said(lang, "better_by")
    rows = [["", said(lang, "judged"), said(lang, "correlation"), better]]
    rows.append(_way("ours", whole.conversations, whole.spearman, None, lang))
    rows += [
        _way(
            f"way_{one.name}", one.conversations, one.spearman, one.spearman_gain, lang
        )
        for one in order
    ]
    rows.append(["", "", said(lang, "found"), ""])
    rows.append(_way("ours", whole.conversations, whole.auc, None, lang))
    rows += [
        _way(f"way_{one.name}", one.conversations, one.auc, one.auc_gain, lang)
        for one in order
    ]
    rows += _distances(whole, lang)
    yield from _table(rows)
    for one in whole.baselines:
        if one.missing:
            yield from wrapped(INDENT, said(lang, f"vader_{one.missing}"))
    yield from wrapped(INDENT, said(lang, "simpler_note"))


def _way(
    key: str, size: int, figure: Figure | None, gain: Figure | None, lang: Lang
) -> list[str]:
    """Lay out a way of foretelling; the gain is what the score has more of."""
    return [
        said(lang, key),
        count(size, lang),
        figure_in_words(figure, lang) if figure else "",
        figure_in_words(gain, lang, sign=True) if gain else "",
    ]


def _distances(whole: Group, lang: Lang) -> Iterator[list[str]]:
    for one in whole.baselines:
        if one.distance is not None and one.distance_gain is not None:
            size = count(one.conversations, lang)
            ours = figure_in_words(whole.distance, lang, digits=1)
            theirs = figure_in_words(one.distance, lang, digits=1)
            gain = figure_in_words(one.distance_gain, lang, digits=1, sign=True)
            yield ["", "", said(lang, "distance"), ""]
            yield [said(lang, "ours"), size, ours, ""]
            yield [said(lang, f"way_{one.name}"), size, theirs, gain]


def _raters(raters: Sequence[Raters], lang: Lang) -> Iterator[str]:
    yield from titled("raters", lang)
    if raters[0].rated == raters[0].scored:
        yield INDENT + said(lang, "all_rate")
        return
    keys = ("scored", "share", "score_rated", "score_others", "difference")
    rows = [
        [
            _name(one.by, one.name, lang),
            count(one.scored, lang),
            _share(one, lang),
            _mean(one.mean_score_rated, lang),
            _mean(one.mean_score_others, lang),
            "–"
            if one.difference.why == "same"
            else figure_in_words(one.difference, lang, digits=1, sign=True),
        ]
        for one in raters[: _CHANNELS_SHOWN + 1]
    ]
    yield from _table([["", *(said(lang, key) for key in keys)], *rows])


def _share(raters: Raters, lang: Lang) -> str:
    share = number(_PERCENT * raters.rated / raters.scored, lang, digits=0)
    return said(lang, "percent", value=share)


def _mean(value: float | None, lang: Lang) -> str:
    return "–" if value is None else number(value, lang)


def _gaps(key: str, gaps: Sequence[Disagreement], lang: Lang) -> Iterator[str]:
    if not gaps:
        return
    yield from titled(key, lang)
    head = [said(lang, "conversation"), said(lang, "score"), said(lang, "judgement")]
    rows = [
        [
            _short(gap.conversation_id, _LONGEST_ID),
            str(gap.score),
            short_number(gap.judgement, lang),
        ]
        for gap in gaps[:_SHOWN]
    ]
    yield from _table([head, *rows])


def _name(by: By, name: str, lang: Lang) -> str:
    """Name a group; languages and parts in words, channels as they are."""
    if by in ("all", "part"):
        return said(lang, by)
    if by == "messages":
        return said(lang, by, name=name)
    if by == "language":
        key = f"language_{name}" if name else "unknown"
        return said(lang, key) if key in WORDS[lang] else _short(name, _LONGEST_NAME)
    return _short(name, _LONGEST_NAME)


def _short(name: str, most: int) -> str:
    plain = one_line(name)
    return plain if len(plain) <= most else plain[: most - 1] + "…"
