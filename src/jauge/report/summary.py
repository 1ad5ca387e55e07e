"""Sum up a run: the closing line of counts, and an average with its interval."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from jauge.report.printable import one_line
from jauge.report.refusals import fault_in_words
from jauge.report.wording import number, said, spaced, why_not_scored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jauge.batch import Counts
    from jauge.model.rejected import Rejected
    from jauge.report.wording import Lang

# Student's t for a two-sided 95% interval; beyond the table the normal's 1.96 is near.
_T95 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
_NORMAL95 = 1.96
_WHO = (
    "Dites qui parle : --bot-id NOM et --user-id NOM (--user-id '*' : tous les autres "
    "sont des clients). Les noms : jauge doctor FICHIER",
    "Say who speaks: --bot-id NAME and --user-id NAME (--user-id '*': everybody else "
    "is a customer). The names: jauge doctor FILE",
)
_EMPTY = (
    "Rien à lire : aucun fichier ne contient d’enregistrement. Voyez : jauge doctor "
    "FICHIER",
    "Nothing to read: no file holds a record. See: jauge doctor FILE",
)
_OUTSIDE = (
    "Aucune conversation sur {count} ne commence dans la période.",
    "No conversation of {count} starts in the period.",
)
_SHAPE = (
    "Est-ce du JSON d’une autre forme ? Dites où s’y trouvent les faits : --mapping "
    "FICHIER (docs/mapping.fr.md)",
    "Is it JSON of another shape? Say where the facts stand in it: --mapping FILE "
    "(docs/mapping.md)",
)
_SHAPELESS = tuple(f"Object missing required field `{one}`" for one in ("id", "events"))


class Mean(NamedTuple):
    """An average with its 95% interval."""

    value: float
    low: float
    high: float


def mean_of(
    values: Sequence[int], customers: Sequence[int] | None = None
) -> Mean | None:
    """Average scores, with Student's 95% interval; None when there is none.

    With the customer of each, the interval counts customers: conversations of one are
    alike (cluster-robust variance, Liang & Zeger 1986). If all differ, both agree.

    >>> mean_of([50, 60, 70])
    Mean(value=60.0, low=35.15..., high=84.84...)
    >>> mean_of([50, 60, 70], [1, 2, 3]) == mean_of([50, 60, 70])
    True
    """
    if not values:
        return None
    mean = math.fsum(values) / len(values)
    off: dict[int, float] = {}
    for value, customer in zip(values, customers or range(len(values)), strict=True):
        off[customer] = off.get(customer, 0.0) + value - mean
    count = len(off)
    if count == 1:
        return Mean(mean, 0.0, 100.0)
    squares = math.fsum(one**2 for one in off.values())
    error = math.sqrt(squares * count / (count - 1)) / len(values)
    margin = student95(count) * error
    return Mean(mean, max(0.0, mean - margin), min(100.0, mean + margin))


def student95(count: int) -> float:
    """Give how many standard errors a 95% interval reaches, for two or more customers.

    >>> student95(2), student95(1000)
    (12.706, 1.96)
    """
    return _T95[count - 2] if count - 2 < len(_T95) else _NORMAL95


def reasons_in_words(reasons: Mapping[str, int], lang: Lang) -> str:
    """List reasons with their counts: `e-mail conversation: 2, …`."""
    colon = said(lang, "colon")
    return ", ".join(
        f"{why_not_scored(lang, reason)}{colon}{count}"
        for reason, count in by_count(reasons)
    )


def who_lines(reasons: Mapping[str, int], scored: int, lang: Lang) -> Iterator[str]:
    """Say what helps where mostly nobody knows who speaks; few are as they are.

    A name that is nobody's leaves all without a bot.
    """
    if reasons.get("unknown_roles", 0) + reasons.get("no_bot_message", 0) > scored:
        yield _worded(_WHO, lang)


def empty_lines(read: int, lang: Lang) -> Iterator[str]:
    """Say that files were empty, or held a header alone, where all of them were."""
    if not read:
        yield _worded(_EMPTY, lang)


def shape_lines(refused: Iterable[Rejected], others: int, lang: Lang) -> Iterator[str]:
    """Say what helps where no record is a conversation as jauge writes them."""
    if not others and any(
        one.path == "$" and one.reason in _SHAPELESS for one in refused
    ):
        yield _worded(_SHAPE, lang)


def _worded(pair: tuple[str, str], lang: Lang) -> str:
    french, english = pair
    return spaced(french) if lang == "fr" else english


def by_count(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Order names with their counts, the most frequent first."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def count_lines(counts: Counts, lang: Lang, *, scored: bool = True) -> Iterator[str]:
    """Say what a run read, scored and refused; the line of counts comes last."""
    for part in counts.skipped:
        yield said(lang, "skipped", part=one_line(part))
    for rejected in counts.first.values():
        place = one_line(rejected.place)
        reason = one_line(fault_in_words(rejected, lang))
        yield said(lang, "first_rejected", place=place, reason=reason)
    yield from _notes(counts, lang)
    if not scored:
        yield said(
            lang,
            "converted",
            read=counts.read,
            written=counts.scored,
            rejected=counts.rejected,
        )
        return
    yield from who_lines(counts.reasons, counts.scored, lang)
    average = counts.total / counts.averaged if counts.averaged else None
    reasons = reasons_in_words(counts.reasons, lang)
    yield said(
        lang,
        "counts",
        read=counts.read,
        scored=counts.scored,
        average=""
        if average is None
        else said(lang, "average", value=number(average, lang)),
        unscored=sum(counts.reasons.values()),
        reasons=f" ({reasons})" if reasons else "",
        rejected=counts.rejected,
    )


def _notes(counts: Counts, lang: Lang) -> Iterator[str]:
    """Say what is odd about what was read, where something is."""
    yield from shape_lines(counts.first.values(), counts.read - counts.rejected, lang)
    if counts.twice:
        example = one_line(counts.twice_example)
        key = "duplicate" if counts.twice == 1 else "duplicates"
        yield said(lang, key, count=counts.twice, example=example)
    if counts.apart:
        yield said(lang, "apart", format=counts.apart)
    if counts.outside and counts.read == counts.rejected:
        yield _worded(_OUTSIDE, lang).format(count=counts.outside)
    yield from empty_lines(counts.read + counts.outside + len(counts.skipped), lang)
