"""Show the card of a calibrated scorer, and figures before and after."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from jauge.report.card_words import limit_on_card, source_on_card
from jauge.report.printable import one_line
from jauge.report.scorer_words import told
from jauge.report.terminal import WIDTH
from jauge.report.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.report.wording import Lang
    from jauge.scoring.card import Card, Change

_LABEL = 30
_PERCENT = 100
_DIGITS = {"distance": 1, "spearman": 2, "level": 1}


def card_lines(card: Card, lang: Lang) -> Iterator[str]:
    """Say what a scorer was made from, what that brought, and what it cannot do."""
    words = told(
        lang, "card_from", scorer=one_line(card.made_from), ratings=rated_by(card, lang)
    )
    yield from wrapped(words, "  ")
    languages = ", ".join(
        f"{one_line(name)} {number(count, lang, digits=0)}"
        for name, count in card.languages.items()
    )
    for key, text in (
        ("card_source", source_on_card(one_line(card.source), lang)),
        ("card_average", number(card.average, lang)),
        ("card_languages", languages),
    ):
        yield f"  {told(lang, key):{_LABEL}} {text}"
    yield from figure_lines(card, lang)
    if card.coverage is not None:
        yield from wrapped(covered(card, lang), "  ")
    if card.own_words is not None:
        yield from wrapped(words_told(card.own_words, lang, is_kept=True), "  ")
    for limit in card.limits:
        yield from wrapped(f"- {limit_on_card(one_line(limit), lang)}", "  ")


def rated_by(card: Card, lang: Lang) -> str:
    """Say how many ratings there are, and of how many customers if they differ."""
    key = "one_rating" if card.ratings == 1 else "many_ratings"
    words = told(lang, key, count=number(card.ratings, lang, digits=0))
    if card.customers == card.ratings:
        return words
    key = "of_one_customer" if card.customers == 1 else "of_customers"
    return words + told(lang, key, count=number(card.customers, lang, digits=0))


def figure_lines(card: Card, lang: Lang) -> Iterator[str]:
    """Lay out the figures before and after, with the interval of their difference."""
    rows = [
        _figure(key, change, lang)
        for key, change in (
            ("distance", card.distance),
            ("spearman", card.spearman),
            ("level", card.level),
        )
        if change is not None
    ]
    if rows:
        before, after, difference = (
            told(lang, key) for key in ("before", "after", "difference")
        )
        yield f"  {'':{_LABEL}} {before:>8} {after:>8}   {difference}"
        yield from rows


def _figure(key: str, change: Change, lang: Lang) -> str:
    digits = _DIGITS[key]
    before, after = (
        _number(value, lang, digits=digits, sign=key == "level")
        for value in (change.before, change.after)
    )
    value, low, high = (
        _number(one, lang, digits=digits, sign=True)
        for one in (change.difference, change.low, change.high)
    )
    interval = told(lang, "interval", value=value, low=low, high=high)
    return f"  {told(lang, key):{_LABEL}} {before:>8} {after:>8}   {interval}"


def _number(value: float, lang: Lang, *, digits: int, sign: bool) -> str:
    # What rounds to zero has no minus.
    return number(round(value, digits) + 0.0, lang, digits=digits, sign=sign)


def covered(card: Card, lang: Lang) -> str:
    """Say how many judgements ranges hold that were measured on others."""
    held = card.coverage
    if held is None:
        return ""
    share = round(_PERCENT * held.inside / held.tried)
    return told(lang, "coverage", inside=held.inside, tried=held.tried, share=share)


def words_told(change: Change, lang: Lang, *, is_kept: bool) -> str:
    """Say what own words do to the error, and whether they are part of the scorer."""
    before, after = (
        number(one, lang, digits=2) for one in (change.before, change.after)
    )
    difference, low, high = (
        _number(one, lang, digits=2, sign=True)
        for one in (change.difference, change.low, change.high)
    )
    return told(
        lang,
        "words_kept" if is_kept else "words_left_out",
        before=before,
        after=after,
        difference=difference,
        low=low,
        high=high,
    )


def wrapped(text: str, indent: str = "") -> list[str]:
    """Wrap a sentence to the width of a page."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
