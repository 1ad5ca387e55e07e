"""Say how well scores agree with judgements: the answer first, then the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.report.as_json import laid_out
from jauge.report.evaluation_tables import INDENT, count, tables, titled, wrapped
from jauge.report.evaluation_words import figure_in_words, said
from jauge.report.wording import short_number
from jauge.scoring.resampling import LEAST, LEAST_CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.evaluation.findings import Evaluation, Group
    from jauge.report.wording import Lang
    from jauge.scoring.resampling import Figure

_LABEL = 12


def lines(found: Evaluation, lang: Lang) -> Iterator[str]:
    """Give an evaluation, line by line."""
    whole = next((group for group in found.groups if group.by == "all"), None)
    yield from _head(found, whole, lang)
    if whole is not None:
        yield from titled("short", lang)
        for sentence in _sentences(found, whole, lang):
            yield from wrapped(INDENT, sentence)
    yield from tables(found, whole, lang)


def json(found: Evaluation) -> bytes:
    """Write an evaluation as one JSON object, laid out to be read."""
    return laid_out(found)


def nothing_to_compare(found: Evaluation) -> str:
    """Say why no score could be compared with a judgement, and what to do."""
    told = found.judgements
    if told.no_number + told.off_scale and not (told.rated or told.not_read):
        example = told.no_number_example or told.off_scale_example
        scale = f"{told.worst:g}-{told.best:g}"
        return (
            f"no judgement could be read on the scale {scale}, as {example!r}."
            " Correct --scale, or name the right column or field."
        )
    if told.rated:
        return f"{told.rated} conversations are judged, and none of them is scored."
    if told.kind == "table" and not told.not_read:
        first = f" ({told.first_faulty})" if told.first_faulty else ""
        return f"{told.file}: there is no rating in it{first}. Name another table."
    if told.kind == "table":
        return (
            f"{told.file}: none of its ratings is of the {found.read} conversations"
            " that were read. Name the column of their id: --on COLUMN."
        )
    if told.kind == "label":
        return f"--label {told.field}: no conversation has a value there. Name another."
    return _no_rating(found.read)


def _no_rating(read: int) -> str:
    if not read:
        return "no conversation could be read. See what the files hold: jauge doctor"
    return (
        f"none of {read} conversations has a rating."
        " Add --ratings FILE --on COLUMN, or --label FIELD."
    )


def _row(key: str, text: str, lang: Lang) -> Iterator[str]:
    label = said(lang, key) if key else ""
    return wrapped(f"{INDENT}{label:{_LABEL}}  ", text)


def _head(found: Evaluation, whole: Group | None, lang: Lang) -> Iterator[str]:
    told = found.judgements
    judge = said(lang, f"judge_{found.judge}")
    yield from _row("scorer", f"{found.scorer}, {judge}", lang)
    origin = said(lang, f"from_{told.kind}", field=told.field, file=told.file)
    ends = (short_number(end, lang) for end in (told.worst, told.best))
    scale = said(lang, "on_scale", **dict(zip(("worst", "best"), ends, strict=True)))
    origin = origin if told.kind == "rating" else f"{origin}, {scale}"
    yield from _row("judged_by", origin, lang)
    if whole is not None:
        parts = [said(lang, "compared_of", count=count(found.compared, lang))]
        if whole.customers < whole.conversations:
            customers = count(whole.customers, lang)
            parts.append(said(lang, "of_customers", count=customers))
        below = short_number(found.dissatisfied_below, lang)
        bad = count(whole.dissatisfied, lang)
        parts.append(said(lang, "dissatisfied", count=bad, below=below))
        yield from _row("compared", ", ".join(parts), lang)
    key = "not_taken"
    for line in _not_taken(found, lang):
        yield from _row(key, line, lang)
        key = ""


def _not_taken(found: Evaluation, lang: Lang) -> Iterator[str]:
    told = found.judgements
    unscored = told.rated - sum(
        group.conversations for group in found.groups if group.by in ("all", "part")
    )
    for key, times, example in (
        ("not_scored_judged", unscored, ""),
        ("no_number", told.no_number, told.no_number_example),
        ("off_scale", told.off_scale, told.off_scale_example),
        ("again", told.again, ""),
        ("not_read", told.not_read, ""),
        ("faulty", told.faulty, told.first_faulty),
    ):
        if times:
            yield said(lang, key, count=count(times, lang), example=example)


def _sentences(found: Evaluation, whole: Group, lang: Lang) -> Iterator[str]:
    if whole.spearman.why == "few":
        yield (
            said(lang, "short_few", count=whole.conversations, least=LEAST)
            if whole.conversations < LEAST
            else said(
                lang,
                "short_few_customers",
                customers=whole.customers,
                least=LEAST_CUSTOMERS,
            )
        )
        return
    yield said(lang, "short_order", figure=figure_in_words(whole.spearman, lang))
    best = [one for one in whole.baselines if one.name == found.best_baseline]
    for baseline in best:
        gain = baseline.spearman_gain
        if gain is not None and gain.value is not None:
            yield said(
                lang,
                f"short_{_side(gain, 'worse', 'same', 'better')}",
                name=said(lang, f"way_{baseline.name}"),
                figure=figure_in_words(gain, lang, sign=True),
            )
    side = _side(whole.level, "low", "same", "high")
    level = figure_in_words(whole.level, lang, digits=1, sign=True)
    yield said(lang, f"short_level_{side}", figure=level)
    if found.judge == "reader" and found.judgements.kind != "label":
        yield said(lang, "short_reader")
    yield said(lang, "interval")


def _side(figure: Figure, below: str, between: str, above: str) -> str:
    """Choose a word by the side of zero on which the whole interval lies."""
    if figure.low is not None and figure.low > 0:
        return above
    return below if figure.high is not None and figure.high < 0 else between
