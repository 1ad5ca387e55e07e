"""Say what people judged: a label that was kept, how often the points are right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

from jauge.detectors import KNOWN
from jauge.report.printable import one_line
from jauge.report.review_words import review_words
from jauge.report.wording import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from jauge.report.wording import Lang
    from jauge.reviewing.precision import Precision, SignalPrecision

_PERCENT = 100


def stars_in_words(stars: int | None, lang: Lang) -> str:
    """Say a judgement in words.

    >>> stars_in_words(4, "en"), stars_in_words(None, "en")
    ('4 of 5', 'cannot tell')
    """
    if stars is None:
        return review_words(lang, "cannot_tell")
    return review_words(lang, "of_five", stars=stars)


def precision_table(seen: Precision, lang: Lang) -> list[RenderableType]:
    """Lay out how often each signal is right, the most doubtful first."""
    parts: list[RenderableType] = []
    if seen.signals:
        parts += [
            review_words(lang, "precision", count=seen.conversations),
            _table(seen.signals, lang),
        ]
    else:
        parts.append(review_words(lang, "no_review"))
    if seen.blind:
        parts.append(review_words(lang, "blind", count=seen.blind))
    return parts


def _table(signals: Sequence[SignalPrecision], lang: Lang) -> Table:
    chips = {one.name: one.words[lang].chip for one in KNOWN}
    table = Table(box=box.SIMPLE, padding=(0, 1), pad_edge=False)
    table.add_column(review_words(lang, "signal"), overflow="fold")
    for name in ("shown", "wrong"):
        table.add_column(review_words(lang, name), justify="right")
    table.add_column(review_words(lang, "share"), overflow="fold")
    for one in signals:
        name = one_line(one.signal)
        if one.signal in chips:
            name += f" ({chips[one.signal]})"
        table.add_row(name, str(one.shown), str(one.objected), _share(one, lang))
    return table


def _share(one: SignalPrecision, lang: Lang) -> str:
    if not one.is_enough:
        return review_words(lang, "too_few")
    share, low, high = (
        number(_PERCENT * part, lang) for part in (one.share, *one.interval)
    )
    return review_words(lang, "right", share=share, low=low, high=high)
