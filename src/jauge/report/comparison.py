"""Show how two scorers, or two files, differ, and which signals make the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.model.score import BANDS
from jauge.report.cards import wrapped
from jauge.report.printable import one_line
from jauge.report.refusals import fault_in_words
from jauge.report.scorer_words import told
from jauge.report.summary import reasons_in_words
from jauge.report.wording import number, said
from jauge.scoring.scorecard import in_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.comparison import Compared, Side
    from jauge.report.wording import Lang
    from jauge.scorer import Scorer

_LABEL = 30
_BAND = 9
_BAND_LABEL = 22
_SHOWN = 10
_PERCENT = 100


def lines(found: Compared, scorer: Scorer, lang: Lang) -> Iterator[str]:
    """Give a comparison, line by line; the scorer knows the words of signals."""
    yield from wrapped(_title(found, lang))
    yield ""
    yield from _means(found, lang)
    if found.bands:
        yield from ("", *_bands(found, lang))
    yield from ("", told(lang, "by_signal"), *_parts(found, scorer, lang))
    if found.movers:
        yield from ("", told(lang, "largest_movers"))
        width = max(len(one_line(one.id)) for one in found.movers)
        for one in found.movers:
            moved = told(lang, "mover_plain", before=one.before, after=one.after)
            yield f"  {one_line(one.id):{width}}  {moved}"


def count_lines(found: Compared, lang: Lang) -> Iterator[str]:
    """Say what was refused, and the counts."""
    for rejected in found.first.values():
        place = one_line(rejected.place)
        reason = one_line(fault_in_words(rejected, lang))
        yield said(lang, "first_rejected", place=place, reason=reason)
    reasons = reasons_in_words(found.reasons, lang)
    unscored = sum(found.reasons.values())
    yield said(
        lang,
        "counts",
        read=found.read,
        scored=found.read - unscored - found.rejected,
        average="",
        unscored=unscored,
        reasons=f" ({reasons})" if reasons else "",
        rejected=found.rejected,
    )


def _title(found: Compared, lang: Lang) -> str:
    a, b = one_line(found.before.name), one_line(found.after.name)
    counts = [number(side.scored, lang, digits=0) for side in _sides(found)]
    if found.bands:
        return told(lang, "compared_scorers", count=counts[0], a=a, b=b)
    return told(lang, "compared_files", a=a, b=b, count_a=counts[0], count_b=counts[1])


def _sides(found: Compared) -> tuple[Side, Side]:
    return found.before, found.after


def _means(found: Compared, lang: Lang) -> Iterator[str]:
    before, after = (number(side.mean, lang) for side in _sides(found))
    figure = found.difference
    gap = _signed(_tenths(found) / 10, lang)
    if figure.low is None or figure.high is None:
        verdict = told(lang, "no_interval")
    else:
        low, high = _signed(figure.low, lang), _signed(figure.high, lang)
        gap = told(lang, "interval", value=gap, low=low, high=high)
        clearly = found.is_clearly_better, found.is_clearly_worse
        key = {(True, False): "clearly_better", (False, True): "clearly_worse"}
        verdict = told(lang, key.get(clearly, "no_clear"), b=one_line(found.after.name))
    heads = [told(lang, key) for key in ("before", "after", "difference")]
    yield f"  {'':{_LABEL}} {heads[0]:>8} {heads[1]:>8}   {heads[2]}"
    yield f"  {told(lang, 'mean_row'):{_LABEL}} {before:>8} {after:>8}   {gap}"
    yield ""
    yield from wrapped(verdict)


def _bands(found: Compared, lang: Lang) -> Iterator[str]:
    places = {band: place for place, band in enumerate(BANDS)}
    moves = [(places[b] - places[a], n) for (a, b), n in found.bands.items()]
    total = found.bands.total()
    changed = sum(count for step, count in moves if step)
    yield told(
        lang,
        "band_changes",
        count=number(changed, lang, digits=0),
        total=number(total, lang, digits=0),
        share=round(_PERCENT * changed / total),
        up=number(sum(count for step, count in moves if step > 0), lang, digits=0),
    )
    if changed:
        ends = [f"{20 * place}-{20 * place + 19}" for place in range(4)] + ["80-100"]
        heads = "".join(f"{end:>{_BAND}}" for end in ends)
        yield f"  {told(lang, 'from_to_bands'):<{_BAND_LABEL}}{heads}"
        for one, end in zip(BANDS, ends, strict=True):
            label = f"{said(lang, one)}, {end}"
            row = "".join(f"{found.bands[one, two] or '·':>{_BAND}}" for two in BANDS)
            yield f"  {label:<{_BAND_LABEL}}{row}"


def _parts(found: Compared, scorer: Scorer, lang: Lang) -> Iterator[str]:
    """Lay out what each signal adds: whole tenths that add up to the difference."""
    chips = {one.name: one.words[lang].chip for one in scorer.detectors}
    parts = sorted(found.parts, key=lambda part: (-abs(part[1]), part[0]))
    shown, rest = parts[:_SHOWN], parts[_SHOWN:]
    rows = [(chips.get(name, said(lang, "base")), gap) for name, gap in shown]
    if rest:
        words = told(lang, "rest_of_signals", count=len(rest))
        rows.append((words, sum(gap for _, gap in rest)))
    total = _tenths(found)
    tenths = in_whole([10 * gap for _, gap in rows], total)
    for (label, _), count in zip(rows, tenths, strict=True):
        yield f"  {label:{_LABEL}} {_signed(count / 10, lang):>8}"
    yield f"  {told(lang, 'sum_row'):{_LABEL}} {_signed(total / 10, lang):>8}"


def _tenths(found: Compared) -> int:
    return round(10 * (found.after.mean - found.before.mean))


def _signed(value: float, lang: Lang) -> str:
    return number(round(value, 1) + 0.0, lang, sign=True)
