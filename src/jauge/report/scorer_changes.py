"""Say in words how one scorer differs from another: level, weights, ranges."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, NamedTuple

from jauge.detectors.own_words import OwnWords
from jauge.report.cards import wrapped
from jauge.report.scorer_words import told
from jauge.report.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jauge.report.wording import Lang
    from jauge.scorer import Scorer
    from jauge.scoring.scorer_file import RangeRow

_SHOWN = 8
_LABEL = 26
_ALIKE = 0.05
_PERCENT = 100


class SignalSizes(NamedTuple):
    """A signal, its size in both scorers, and how far it leaves the common factor."""

    name: str
    before: float
    after: float
    apart: float


def difference(before: Scorer, after: Scorer, lang: Lang) -> Iterator[str]:
    """Name two scorers, and say how the second differs from the first."""
    yield f"{before.id} → {after.id}"
    yield from changes(before, after, lang)


def changes(before: Scorer, after: Scorer, lang: Lang) -> Iterator[str]:
    """Give the differences line by line, the strongest signals first."""
    found = list(_rows(before, after, lang))
    yield from found or [told(lang, "same_scorer")]


def _rows(before: Scorer, after: Scorer, lang: Lang) -> Iterator[str]:
    one, two = before.scorecard.base, after.scorecard.base
    if one != two:
        words = told(lang, "base_up" if two > one else "base_down")
        yield _row(told(lang, "row_base"), f"{one} → {two}", words)
    factor = common(before, after)
    if abs(factor - 1) >= _ALIKE:
        words = told(lang, "bolder" if factor > 1 else "shyer")
        times = told(lang, "times_factor", factor=number(factor, lang, digits=2))
        yield _row(told(lang, "row_weights"), times, words)
    yield from _signals(before, after, factor, lang)
    yield from _own_words(before, after, lang)
    a, b = (width(one.ranges.rows) for one in (before, after))
    if before.ranges.rows != after.ranges.rows:
        words = told(lang, "width", a=round(a), b=round(b))
        yield _row(told(lang, "row_ranges"), "", words)
    if before.judge != after.judge:
        words = told(lang, f"judge_{after.judge}")
        yield _row(told(lang, "row_judge"), "→", words)
    if before.tables.digest != after.tables.digest:
        yield _row(told(lang, "row_phrases"), "", told(lang, "phrases_differ"))


def _signals(before: Scorer, after: Scorer, factor: float, lang: Lang) -> Iterator[str]:
    rows = [row for row in apart(before, after, factor) if _leaves(row, factor)]
    rows.sort(key=lambda row: (-abs(row.apart), row.name))
    chips = {one.name: one.words[lang].chip for one in after.detectors}
    for row in rows[:_SHOWN]:
        sizes = " → ".join(
            f"{number(size, lang, digits=2):>5}" for size in (row.before, row.after)
        )
        yield _row(chips[row.name], sizes, _in_words(row, lang))
    hidden = len(rows) - _SHOWN
    if hidden > 0:
        yield f"  {told(lang, 'other_signals_more', count=hidden)}"
    elif rows and len(rows) < len(after.detectors):
        count = len(after.detectors) - len(rows)
        yield f"  {told(lang, 'other_signals', count=count)}"


def _own_words(before: Scorer, after: Scorer, lang: Lang) -> Iterator[str]:
    """Name the own words that the second scorer has anew, the strongest first."""
    known = [one.table for one in before.detectors if isinstance(one, OwnWords)]
    for one in after.detectors:
        if not isinstance(one, OwnWords) or one.table in known:
            continue
        yield f"  {one.words[lang].chip}"
        for key, sign in (("words_raise", 1), ("words_lower", -1)):
            found = [word for word, size in one.table.items() if sign * size > 0]
            found.sort(key=lambda word: -abs(one.table[word]))
            words = ", ".join(found[:_SHOWN])
            if found:
                text = told(lang, key, count=len(found), words=words)
                yield from wrapped(text, "    ")


def _in_words(row: SignalSizes, lang: Lang) -> str:
    if not row.before:
        return told(lang, "counts_now")
    if not row.after:
        return told(lang, "counts_no_more")
    times = row.after / row.before
    if abs(times - 1) < _ALIKE:
        return told(lang, "counts_same")
    if times < 1:
        return told(lang, "counts_less", share=round(_PERCENT * times))
    return told(lang, "counts_more", factor=number(times, lang))


def _leaves(row: SignalSizes, factor: float) -> bool:
    return abs(row.apart) >= _ALIKE * max(row.before * factor, row.after)


def apart(before: Scorer, after: Scorer, factor: float) -> Iterator[SignalSizes]:
    """Give the signals that one of two scorers counts, beside the common factor."""
    for name in after.scorecard.weights:
        one, two = _size(before, name), _size(after, name)
        if one or two:
            yield SignalSizes(name, one, two, two - factor * one)


def common(before: Scorer, after: Scorer) -> float:
    """Give the factor of most weights: the median of all."""
    factors = [
        _size(after, name) / size
        for name in after.scorecard.weights
        if (size := _size(before, name))
    ]
    return statistics.median(factors) if factors else 1.0


def _size(scorer: Scorer, name: str) -> float:
    """Give the size of a weight: of a hit, at the end, and of a fact together."""
    weight = scorer.scorecard.weights.get(name)
    if weight is None:
        return 0.0
    return abs(weight.rate) + abs(weight.end) + abs(weight.fact)


def width(rows: Sequence[RangeRow]) -> float:
    """Give how wide ranges are on average, in points."""
    return statistics.fmean(row.below + row.above for row in rows)


def _row(label: str, numbers: str, words: str) -> str:
    return f"  {label:{_LABEL}} {numbers:13} {words}".rstrip()
