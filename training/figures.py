"""The figures of the model card: every set judged by what never saw it.

`make bench-accuracy` prints them, `make train` writes them into `MODEL_CARD.md`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jauge.scoring.conformal import held as inside
from jauge.scoring.conformal import ranges
from training.baselines import Counts, by_vader, columns_of
from training.crowd import APART, M7, ONLY_MEASURED, rated
from training.data import own_chats, part_of, second_reader_says
from training.gathering import PARALLEL, read_again, two_sides
from training.statistics import (
    Figure,
    auc,
    difference,
    mean_of,
    measured,
    pearson,
    short,
    spearman,
)
from training.strip import text_alone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from training.crossfit import Crossfit
    from training.gathering import Seen
    from training.heldout import HeldOut

    Numbers = NDArray[np.float64]
    Foretell = Callable[[Sequence[Seen]], Numbers]

# Of fewer conversations no correlation is told.
_FEWEST = 30
_R5 = ("star", "uss-sgd", "uss-mwoz", "uss-redial", "convai2-wild")
_SPANS = ((1, 2), (3, 4), (5, 8), (9, 10_000))


class Table(NamedTuple):
    """A table as it is printed, and as it stands in the card."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


class Accuracy:
    """All judged conversations, what the held-out fits say of them, and the floors."""

    def __init__(self, crossfit: Crossfit, held: HeldOut, seen: Sequence[Seen]) -> None:
        self._crossfit = crossfit
        self._held = held
        self._seen = seen
        self._counts = Counts(seen)

    def tables(self) -> Iterator[Table]:
        """Give every table, in the order of the card."""
        yield self.own()
        yield self.raters()
        yield self.readers()
        yield self.parity()
        yield self.ranges()
        yield self.spread()

    def own(self) -> Table:
        """Measure on our own chats, each sector left out."""
        alone = list(read_again(self._crossfit, own_chats(), text_alone))
        rows = []
        for title, chats in (("all facts", self._seen), ("text alone", alone)):
            for group in ("own-chats", "own-hard"):
                for language in ("fr", "en"):
                    found = [
                        one
                        for one in chats
                        if one.judge == "own"
                        and one.language == language
                        and one.set.startswith("own-hard") == (group == "own-hard")
                    ]
                    rows.append(
                        (
                            f"{group}, {title}",
                            language,
                            str(len(found)),
                            *self._both(found, self.ours),
                            str(self._order(found, self._by_counts)),
                            str(self._order(found, by_vader)),
                            _second_reader(found),
                        )
                    )
        return Table(
            "Own chats, the sector left out: satisfaction as their writer meant it",
            ("set", "language", "chats", "Spearman", "AUC of dissatisfied",
             "15 counts", "VADER", "a second reader"),
            tuple(rows),
            "Counts and VADER read English words only. Own chats are invented.",
        )  # fmt: skip

    def raters(self) -> Table:
        """Measure on what customers and hired raters said, each set left out."""
        rows, ours, theirs, lows, low_counts, lengths = [], [], [], [], [], []
        for name in (*M7, *APART):
            found = [s for s in self._seen if s.set == name and s.judge == "raters"]
            order, counts = (
                self._order(found, how) for how in (self.ours, self._by_counts)
            )
            low, low_count = (
                self._low(found, how) for how in (self.ours, self._by_counts)
            )
            words = self._order(found, by_vader)
            length = _with_length(self.ours(found), found)
            rows.append(
                (name, str(len(found)), str(order), str(low), str(counts),
                 str(words), f"{length:+.2f}", _raters_agree(name))
            )  # fmt: skip
            if name in M7:
                ours.append(order)
                theirs.append(counts)
                lows.append(low)
                low_counts.append(low_count)
                lengths.append(abs(length))
        mean, floor = mean_of(ours), mean_of(theirs)
        rows.append(
            ("mean of the first seven", "", str(mean), str(mean_of(lows)), str(floor),
             "", f"{np.mean(lengths):.2f}", "")
        )  # fmt: skip
        gain, low_gain = (
            difference(mean, floor),
            difference(mean_of(lows), mean_of(low_counts)),
        )
        return Table(
            "Ratings by customers and hired raters, the set left out",
            ("set", "chats", "Spearman", "AUC of dissatisfied", "15 counts", "VADER",
             "with length", "one rater and the others"),
            tuple(rows),
            f"Ours less the counts, over the seven: Spearman {gain}, AUC {low_gain}."
            " The last three sets are apart: small talk, or labels that disagree."
            " Published figures on these sets are of three classes a turn, or of models"
            " trained on the same set: none is of whole conversations never seen.",
        )  # fmt: skip

    def readers(self) -> Table:
        """Measure on what a careful reader said of public sets, each left out."""
        rows, ours = [], []
        wanted = [(name, "en") for name in _R5]
        wanted += [("wmt24-chat-fr", "fr"), ("wmt24-chat-fr", "en")]
        for name, language in wanted:
            found = [
                one
                for one in self._seen
                if one.judge == "reader" and (one.set, one.language) == (name, language)
                if name in _R5 or part_of(one.shown.id, worked_on=False) == "report"
            ]
            order = self._order(found, self.ours)
            if name in _R5:
                ours.append(order)
            rows.append(
                (name, language, str(len(found)), str(order),
                 str(self._low(found, self.ours)),
                 str(self._order(found, self._by_counts)),
                 str(self._order(found, by_vader)))
            )  # fmt: skip
        rows.append(("mean of the first five", "", "", str(mean_of(ours)), "", "", ""))
        return Table(
            "Judgements of a careful reader, the set left out; text alone",
            ("set", "language", "chats", "Spearman", "AUC of dissatisfied",
             "15 counts", "VADER"),
            tuple(rows),
            "wmt24-chat-fr: the mean of three readers, who agree by .94 to .96; only"
            " the two thirds that no list was written on. VADER reads English only.",
        )  # fmt: skip

    def parity(self) -> Table:
        """Compare the two sides of the same chats."""
        rows = []
        for name in PARALLEL:
            pairs = [
                [self._held.value(name, side) for side in pair]
                for pair in two_sides(self._crossfit, name)
            ]
            french, english = np.array(pairs, float).T
            gap = np.abs(french - english).mean()
            rows.append(
                (name, str(len(pairs)), str(measured(french, english, pearson)),
                 f"{gap:.1f}", f"{gap / english.std():.2f}",
                 f"{(french - english).mean():+.1f}")
            )  # fmt: skip
        return Table(
            "French beside English: the two sides of the same chats",
            ("set", "chats", "Pearson", "mean gap, points", "share of the spread",
             "French less English"),
            tuple(rows),
        )  # fmt: skip

    def ranges(self) -> Table:
        """Count the judgements inside ranges that were measured on the other sets."""
        judged = [one for one in self._seen if one.judge != "raters"]
        told: dict[str, list[bool]] = defaultdict(list)
        for name in sorted({one.set for one in judged}):
            table = ranges(
                [
                    self._held.foretold(one)
                    for one in judged
                    if one.set != name and one.set not in ONLY_MEASURED
                ]
            )
            for one in judged:
                if one.set == name:
                    found = self._held.foretold(one)
                    hit = inside(table, [found]) == 1
                    group = name if one.judge == "reader" else name[:8]
                    for row in (
                        "all",
                        "own-hard" if group == "own-hard" else
                        "own-chats" if one.judge == "own" else group,
                        _span(one),
                    ):  # fmt: skip
                        told[row].append(hit)
        rows = tuple(
            (name, str(len(hits)), _share(hits)) for name, hits in sorted(told.items())
        )
        return Table(
            "Ranges, measured on the other sets: judgements inside, of 80 % promised",
            ("conversations", "chats", "inside"),
            rows,
        )

    def spread(self) -> Table:
        """Say how wide the scores of own chats spread, and how far off the level is."""
        found = [
            one
            for one in self._seen
            if one.judge == "own" and not one.set.startswith("own-hard")
        ]
        values = np.array([self._held.value(one.set, one.shown) for one in found])
        told = np.array([(one.judgement - 1) * 25 for one in found])
        order = np.argsort(values, kind="stable")
        bins = [part for part in np.array_split(order, 10) if len(part)]
        error = sum(
            abs(values[part].mean() - told[part].mean()) * len(part) for part in bins
        ) / len(found)
        rows = (
            ("standard deviation of the scores", f"{values.std():.1f}"),
            ("standard deviation of the judgements", f"{told.std():.1f}"),
            ("mean score less mean judgement", f"{values.mean() - told.mean():+.1f}"),
            ("calibration error, ten bins of equal count", f"{error:.1f}"),
        )
        return Table(
            "Level and spread on own chats, the sector left out, in points",
            ("what", "points"),
            rows,
        )

    def ours(self, found: Sequence[Seen]) -> Numbers:
        """Give the log-odds of what is left out."""
        return np.array([self._held.log_odds(one.set, one.shown) for one in found])

    def _by_counts(self, found: Sequence[Seen]) -> Numbers:
        return self._counts.foretell(found[0].set, columns_of(found))

    def _order(self, found: Sequence[Seen], how: Foretell) -> Figure:
        told = np.array([one.judgement for one in found])
        return measured(how(found), told, spearman)

    def _low(self, found: Sequence[Seen], how: Foretell) -> Figure:
        low = np.array([float(one.dissatisfied) for one in found])
        return measured(how(found), low, auc)

    def _both(self, found: Sequence[Seen], how: Foretell) -> tuple[str, str]:
        return str(self._order(found, how)), str(self._low(found, how))


def _with_length(values: Numbers, found: Iterable[Seen]) -> float:
    turns = np.array([one.shown.turns for one in found], float)
    return float(spearman(values[None], turns[None])[0])


def _raters_agree(name: str) -> str:
    """Correlate what one rater says with the mean of the others, where several did."""
    votes = [one.votes for one in rated(name) if len(one.votes) > 1]
    if not votes:
        return ""
    found = []
    for at in range(max(map(len, votes))):
        pairs = [
            (told[at], (sum(told) - told[at]) / (len(told) - 1))
            for told in votes
            if at < len(told)
        ]
        if len(pairs) < _FEWEST:
            continue
        one, others = np.array(pairs).T
        found.append((len(pairs), float(spearman(one[None], others[None])[0])))
    total = sum(count for count, _ in found)
    return short(sum(count * value for count, value in found) / total)


def _second_reader(found: Iterable[Seen]) -> str:
    says = second_reader_says()
    both = [
        (one.judgement, says[one.shown.id]) for one in found if one.shown.id in says
    ]
    told, again = np.array(both, float).T
    return short(float(spearman(told[None], again[None])[0]))


def _span(one: Seen) -> str:
    for low, high in _SPANS:
        if low <= max(1, one.shown.turns) <= high:
            return f"{low} to {high} customer turns" if high < 100 else f"{low} or more"
    raise ValueError(one.shown.turns)


def _share(hits: Sequence[bool]) -> str:
    """Give a share with its 95 % interval (Wilson 1927)."""
    size, share, z = len(hits), sum(hits) / len(hits), 1.96
    middle = (share + z * z / (2 * size)) / (1 + z * z / size)
    reach = z / (1 + z * z / size)
    reach *= float(np.sqrt(share * (1 - share) / size + z * z / (4 * size * size)))
    return f"{share:.0%} [{middle - reach:.0%} {middle + reach:.0%}]"
