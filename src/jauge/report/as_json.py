"""What commands find, for programs: the same bytes twice, keys in a fixed order.

Nothing in it depends on the reader's language; numbers have four decimals at most.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from jauge.detectors.own_words import OwnWords
from jauge.report.scorer_changes import apart, common, width
from jauge.scoring.card import Card, Change
from jauge.scoring.resampling import Figure

if TYPE_CHECKING:
    from jauge.calibrating import Calibrated, Made, Tried
    from jauge.comparison import Compared, Side
    from jauge.diagnosis.findings import Diagnosis
    from jauge.scorer import Scorer

Verdict = Literal["clearly_better", "clearly_worse", "not_clear", "few"]
_DIGITS = 4


class Mean(Struct, frozen=True):
    """One side of a comparison: a file or a scorer, and its average score."""

    name: str
    scored: int
    average: float


class Part(Struct, frozen=True):
    """What a signal, or the base, adds to the difference of averages, in points."""

    signal: str
    points: float


class Moved(Struct, frozen=True):
    """How many conversations went from one band to another."""

    before: str
    after: str
    conversations: int


class Mover(Struct, frozen=True, omit_defaults=True):
    """A conversation whose score changes; `judgement` is its rating, 0 to 100."""

    conversation_id: str
    before: int
    after: int
    judgement: float | None = None


class Comparison(Struct, frozen=True, kw_only=True):
    """Two files or two scorers; `bands` and `movers` are for two scorers."""

    of: Literal["files", "scorers"]
    before: Mean
    after: Mean
    difference: Figure
    verdict: Verdict
    signals: tuple[Part, ...]
    bands: tuple[Moved, ...]
    movers: tuple[Mover, ...]
    read: int
    not_scored: Mapping[str, int]
    rejected: int


class Sizes(Struct, frozen=True):
    """The size of a signal's weight in both scorers, in log-odds; 0: not counted."""

    signal: str
    before: float
    after: float


class Named(Struct, frozen=True, kw_only=True):
    """A scorer; `width` is that of its ranges on average, in points."""

    id: str
    judge: str
    base: int
    width: float
    own_words: int


class Difference(Struct, frozen=True, kw_only=True):
    """How one scorer differs from another; `factor` is what most weights share."""

    before: Named
    after: Named
    factor: float
    signals: tuple[Sizes, ...]
    is_same_ranges: bool
    is_same_phrases: bool


class Words(Struct, frozen=True):
    """What own words did to the distance, and whether the scorer has them."""

    change: Change
    is_kept: bool


class Judged(Struct, frozen=True):
    """How many judgements could be taken, and why others could not."""

    rated: int
    no_number: int
    off_scale: int
    again: int
    not_read: int
    faulty: int


class Calibration(Struct, frozen=True, kw_only=True):
    """What a calibration brings; `written` is its file, null where none was."""

    is_better: bool
    is_sure: bool
    written: str | None
    card: Card | None
    own_words: Words | None
    scorers: Difference
    movers: tuple[Mover, ...]
    judgements: Judged
    read: int
    rated: int
    unrated: int
    not_scored: Mapping[str, int]
    rejected: int


class _Refused(Struct, frozen=True):
    line: int | None
    path: str
    reason: str
    count: int


def comparison(found: Compared) -> bytes:
    """Write a comparison as one JSON object, laid out to be read."""
    parts = sorted(found.parts, key=lambda part: (-abs(part[1]), part[0]))
    told = Comparison(
        of="scorers" if found.bands else "files",
        before=_mean(found.before),
        after=_mean(found.after),
        difference=found.difference,
        verdict=_verdict(found),
        signals=tuple(Part(name, _rounded(points)) for name, points in parts),
        bands=tuple(Moved(*ends, count) for ends, count in sorted(found.bands.items())),
        movers=tuple(Mover(one.id, one.before, one.after) for one in found.movers),
        read=found.read,
        not_scored=_sorted(found.reasons),
        rejected=found.rejected,
    )
    return laid_out(told)


def calibration(tried: Tried, made: Made, written: str | None) -> bytes:
    """Write a calibration as one JSON object; `written` is the path of its file."""
    found, counts, rated = made.found, tried.counts, tried.rated
    told = Calibration(
        is_better=found.proof.is_better,
        is_sure=found.proof.is_sure,
        written=written,
        card=found.file.card,
        own_words=_words(found),
        scorers=_difference(made.before, made.after),
        movers=tuple(
            Mover(one.id, one.before, one.after, _rounded(one.judgement))
            for one in found.movers
        ),
        judgements=Judged(
            rated.rated,
            rated.no_number,
            rated.off_scale,
            rated.again,
            rated.not_read,
            rated.faulty,
        ),
        read=counts.read,
        rated=counts.rated,
        unrated=counts.unrated,
        not_scored=_sorted(counts.reasons),
        rejected=counts.rejected,
    )
    return laid_out(told)


def difference(before: Scorer, after: Scorer) -> bytes:
    """Write how two scorers differ as one JSON object, laid out to be read."""
    return laid_out(_difference(before, after))


def diagnosis(found: Diagnosis) -> bytes:
    """Write the diagnosis of a file as one line of JSON.

    Of a rejected record it has the place and the reason, never the record.
    """
    told = msgspec.structs.asdict(found)
    told["refusals"] = [
        _Refused(one.first.line, one.first.path, one.first.reason, one.count)
        for one in found.refusals
    ]
    return _encoded(told) + b"\n"


def laid_out(told: Struct) -> bytes:
    """Write one JSON object with an indent, to be read by people too."""
    return msgspec.json.format(_encoded(told), indent=2) + b"\n"


def _encoded(told: object) -> bytes:
    try:
        return msgspec.json.encode(told)
    except UnicodeEncodeError:
        # The name of a file may be no UTF-8: what cannot be read is shown as such.
        plain = json.dumps(
            msgspec.to_builtins(told), ensure_ascii=False, separators=(",", ":")
        )
        return (
            plain.encode("utf-8", "surrogateescape").decode("utf-8", "replace").encode()
        )


def _mean(side: Side) -> Mean:
    return Mean(side.name, side.scored, _rounded(side.mean))


def _verdict(found: Compared) -> Verdict:
    if found.difference.low is None:
        return "few"
    if found.is_clearly_better:
        return "clearly_better"
    return "clearly_worse" if found.is_clearly_worse else "not_clear"


def _words(found: Calibrated) -> Words | None:
    tried = found.words
    return None if tried is None else Words(tried.change, tried.is_kept)


def _difference(before: Scorer, after: Scorer) -> Difference:
    rows = sorted(apart(before, after, 1), key=lambda row: row.name)
    return Difference(
        before=_named(before),
        after=_named(after),
        factor=_rounded(common(before, after)),
        signals=tuple(
            Sizes(row.name, _rounded(row.before), _rounded(row.after)) for row in rows
        ),
        is_same_ranges=before.ranges.rows == after.ranges.rows,
        is_same_phrases=before.tables.digest == after.tables.digest,
    )


def _named(scorer: Scorer) -> Named:
    tables = [one.table for one in scorer.detectors if isinstance(one, OwnWords)]
    return Named(
        id=scorer.id,
        judge=scorer.judge,
        base=scorer.scorecard.base,
        width=_rounded(width(scorer.ranges.rows)),
        own_words=sum(len(table) for table in tables),
    )


def _sorted(counts: Mapping[str, int]) -> Mapping[str, int]:
    return dict(sorted(counts.items()))


def _rounded(value: float) -> float:
    # What rounds to zero has no minus.
    return round(value, _DIGITS) + 0.0
