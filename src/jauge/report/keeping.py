"""Say what a load, a new scoring or an erasure did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.report import comparison
from jauge.report.keeping_words import kept_words
from jauge.report.printable import one_line
from jauge.report.refusals import fault_in_words
from jauge.report.summary import empty_lines, reasons_in_words, shape_lines, who_lines
from jauge.report.wording import number, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Protocol

    from jauge.keeping.rescoring import Rescored
    from jauge.model.rejected import Rejected
    from jauge.ratings import RatingCounts
    from jauge.report.wording import Lang
    from jauge.scorer import Scorer
    from jauge.store.forgotten import Forgotten

    class Loaded(Protocol):
        """What a load counts."""

        new: int
        longer: int
        otherwise: int
        unchanged: int
        erased: int
        rejected: int
        scored: int
        ratings: RatingCounts | None
        shown: str | None
        scorer: str

        @property
        def read(self) -> int:
            """How many records were read."""
            ...

        @property
        def read_otherwise(self) -> int:
            """How many were read otherwise than they were kept."""
            ...

        @property
        def reasons(self) -> Mapping[str, int]:
            """How many were not scored, by reason."""
            ...

        @property
        def first(self) -> Mapping[str, Rejected]:
            """The first refusal of each kind."""
            ...


def load_lines(counts: Loaded, lang: Lang) -> Iterator[str]:
    """Say what a load refused, took and scored; the line of counts comes last."""
    for rejected in counts.first.values():
        place = one_line(rejected.place)
        reason = one_line(fault_in_words(rejected, lang))
        yield said(lang, "first_rejected", place=place, reason=reason)
    yield from shape_lines(counts.first.values(), counts.read - counts.rejected, lang)
    if counts.erased:
        yield kept_words(lang, "erased", count=counts.erased)
    if counts.otherwise:
        yield kept_words(lang, "otherwise", count=counts.otherwise)
    rated = counts.ratings
    if rated is not None:
        yield kept_words(
            lang,
            "ratings",
            column=one_line(rated.column),
            rated=rated.rated,
            not_read=rated.not_read,
            faulty=rated.faulty + rated.no_number + rated.off_scale,
        )
    if counts.shown not in (None, counts.scorer):
        yield kept_words(lang, "other_scorer", shown=counts.shown, scorer=counts.scorer)
    yield from empty_lines(counts.read, lang)
    yield from who_lines(counts.reasons, counts.scored, lang)
    reasons = reasons_in_words(counts.reasons, lang)
    yield kept_words(
        lang,
        "loaded",
        read=counts.read,
        new=counts.new,
        longer=counts.longer,
        otherwise=_otherwise(counts, lang),
        unchanged=counts.unchanged,
        scored=counts.scored,
        unscored=sum(counts.reasons.values()),
        reasons=f" ({reasons})" if reasons else "",
        rejected=counts.rejected,
    )


def _otherwise(counts: Loaded, lang: Lang) -> str:
    """Count what was read otherwise, where something was: mostly nothing is."""
    count = counts.read_otherwise
    return kept_words(lang, "counted_otherwise", count=count) if count else ""


def preview_lines(found: Rescored, scorer: Scorer, lang: Lang) -> Iterator[str]:
    """Say what another scorer would change, if there is another."""
    if found.compared is None:
        yield kept_words(lang, "same_scorer")
    else:
        yield from comparison.lines(found.compared, scorer, lang)


def rescored_lines(found: Rescored, lang: Lang) -> Iterator[str]:
    """Say what was added, and which scorer reports show."""
    yield kept_words(
        lang, "rescored", scorer=found.scorer, added=found.added, count=found.count
    )
    if found.parts:
        yield kept_words(lang, "parts", scorer=found.scorer, count=found.parts)
    if found.is_switched:
        yield kept_words(lang, "switched", scorer=found.scorer)
    elif found.compared is not None:
        yield kept_words(lang, "stays", shown=found.shown)


def forgotten_lines(
    found: Forgotten, shortest: tuple[int, int], lang: Lang
) -> Iterator[str]:
    """Say what was erased, and prove it; or that nothing was there."""
    if found.is_nothing:
        yield kept_words(
            lang, "forgotten_before" if found.was_asked else "forgotten_nothing"
        )
    else:
        yield kept_words(
            lang,
            "forgotten",
            conversations=found.conversations,
            scores=found.scores,
            rejected=found.rejected,
        )
    if found.reviews:
        yield kept_words(lang, "forgotten_reviews", count=found.reviews)
    yield kept_words(
        lang, "sought", ids=found.ids, texts=found.texts, pieces=found.pieces
    )
    for file, size in found.files:
        told = number(size, lang, digits=0)
        yield kept_words(lang, "file", file=one_line(file), bytes=told)
    if found.shared:
        yield kept_words(lang, "shared", count=found.shared)
    if found.left:
        yield kept_words(lang, "left", count=found.left)
    elif not found.is_nothing or found.was_asked:
        yield kept_words(lang, "nothing_left")
    yield kept_words(lang, "not_sought", id=shortest[0], text=shortest[1])
