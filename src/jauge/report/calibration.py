"""Say what a calibration learnt from, what it brings, and what moves."""

from __future__ import annotations

import shlex
from pathlib import PurePath
from typing import TYPE_CHECKING

from jauge.outputs import STDOUT
from jauge.report.cards import covered, figure_lines, rated_by, words_told, wrapped
from jauge.report.evaluation_words import said as judged_words
from jauge.report.printable import one_line, safe
from jauge.report.refusals import fault_in_words
from jauge.report.scorer_changes import changes
from jauge.report.scorer_words import told
from jauge.report.summary import reasons_in_words
from jauge.report.wording import number, said, short_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jauge.calibrating import Calibrated, Made, Mover, Tried
    from jauge.model.rejected import Rejected
    from jauge.ratings import Origin
    from jauge.report.wording import Lang
    from jauge.scorer import Scorer

_FEW = 100


def source_in_words(origin: Origin, column: str, lang: Lang) -> str:
    """Name where ratings are from; of a table only the name of its file."""
    if origin.table is not None:
        file = one_line(PurePath(origin.table).name)
        return told(lang, "source_table", file=file, column=one_line(column))
    if origin.label is not None:
        return told(lang, "source_label", field=one_line(origin.label))
    return told(lang, "source_rating")


def proof_lines(
    found: Calibrated, origin: Origin, column: str, lang: Lang
) -> Iterator[str]:
    """Say what was learnt from, and the figures before and after."""
    card, proof = found.file.card, found.proof
    if card is None:
        return
    yield from wrapped(
        told(
            lang,
            "learnt_from",
            name=safe(found.file.name),
            ratings=rated_by(card, lang),
            average=number(card.average, lang),
            source=source_in_words(origin, column, lang),
        )
    )
    if proof.distance is None:
        yield ""
        yield from wrapped(told(lang, "not_tried"))
        return
    yield ""
    yield from figure_lines(card, lang)
    yield ""
    if proof.is_better:
        sure = "better_sure" if proof.is_sure else "better_unsure"
        yield from wrapped(told(lang, "better_few" if proof.is_few else sure))
    words = found.words
    if words is not None:
        yield from wrapped(words_told(words.change, lang, is_kept=words.is_kept))


def refusal(found: Calibrated, lang: Lang) -> str:
    """Say in one line that a calibration is not better, or cannot be tried."""
    change = found.proof.distance
    if change is None:
        return f"{told(lang, 'not_tried')} {told(lang, 'not_written')}"
    before, after = (
        number(one, lang, digits=2) for one in (change.before, change.after)
    )
    why = told(lang, "not_better", before=before, after=after)
    return f"{why} {told(lang, 'not_written')}"


def result_lines(made: Made, path: str, lang: Lang) -> Iterator[str]:
    """Say what changes, which conversations move, and where the scorer is."""
    found, before, after = made.found, made.before, made.after
    yield from _range_lines(found, before, lang)
    if found.file.card is not None and found.file.card.ratings < _FEW:
        yield from wrapped(told(lang, "few"))
    yield from ("", told(lang, "changes_title"))
    yield from changes(before, after, lang)
    if found.movers:
        yield from ("", told(lang, "movers_title"))
        yield from _movers(found.movers, lang)
    yield ""
    if not found.proof.is_better:
        yield told(lang, "forced")
    if path != STDOUT:
        file = one_line(path)
        yield told(lang, "written", path=file, id=safe(after.id))
        yield told(lang, "use", file=shlex.quote(file))


def _movers(movers: Sequence[Mover], lang: Lang) -> Iterator[str]:
    width = max(len(one_line(one.id)) for one in movers)
    for one in movers:
        rating = short_number(round(one.judgement, 1), lang)
        yield f"  {one_line(one.id):{width}}  " + told(
            lang, "mover", before=one.before, after=one.after, rating=rating
        )


def _range_lines(found: Calibrated, before: Scorer, lang: Lang) -> list[str]:
    card = found.file.card
    if card is None or card.coverage is None:
        return wrapped(told(lang, "ranges_kept", scorer=safe(before.id)))
    return wrapped(covered(card, lang))


def _fault_of(rejected: Rejected | None, lang: Lang) -> str:
    return fault_in_words(rejected, lang) if rejected else ""


def count_lines(tried: Tried, lang: Lang) -> Iterator[str]:
    """Say what was refused, which ratings could not be taken, and the counts."""
    counts, rated = tried.counts, tried.rated
    for rejected in counts.first.values():
        place = one_line(rejected.place)
        reason = one_line(fault_in_words(rejected, lang))
        yield said(lang, "first_rejected", place=place, reason=reason)
    for key, times, example in (
        ("no_number", rated.no_number, rated.no_number_example),
        ("off_scale", rated.off_scale, rated.off_scale_example),
        ("again", rated.again, ""),
        ("not_read", rated.not_read, ""),
        ("faulty", rated.faulty, _fault_of(rated.first_faulty, lang)),
    ):
        if times:
            fault = one_line(example or "")
            yield judged_words(lang, key, count=times, example=fault)
    reasons = reasons_in_words(counts.reasons, lang)
    yield told(
        lang,
        "calibration_counts",
        read=counts.read,
        rated=counts.rated,
        unrated=counts.unrated,
        unscored=sum(counts.reasons.values()),
        reasons=f" ({reasons})" if reasons else "",
        rejected=counts.rejected,
    )
