"""The filters of a page: their values in words, and how many each would leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from jauge.columnar.periods import NAMES, bounds_of, days_of
from jauge.columnar.query import ABSENT, FACETS, MOST_VALUES, Query
from jauge.model.signal import Dimension
from jauge.report.shown import shown_text
from jauge.report.typeset import capital

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from jauge.columnar.facets import Facet
    from jauge.columnar.selection import Selection
    from jauge.report.typeset import Typesetter
    from jauge.scorer import Scorer
    from jauge.service.site import Site

# Shown in this order; bars of the histogram are chosen in their picture only.
_FACETS = (
    "channel", "department", "language", "bot", "version", "flow", "flow_type",
    "level", "signal", "dimension", "status", "rating", "handoff", "state", "review",
    "product", "bin",
)  # fmt: skip
# These are always there; the others only where the data have more than one value.
_ALWAYS = frozenset({"level", "signal", "dimension", "status", "state", "review"})
_NONE = "none"
_MOST_DIGITS = 3


class Choice(Struct, frozen=True):
    """A value of a filter in words; `count` is how many conversations it leaves."""

    value: str
    words: str
    count: int
    is_on: bool


class Group(Struct, frozen=True):
    """Values that stand together, under a title if there are several groups."""

    title: str
    choices: tuple[Choice, ...]


class Filter(Struct, frozen=True):
    """A filter: its name in addresses, in words, and what can be chosen.

    `more` is how many values are not listed, as they are rarer.
    """

    name: str
    words: str
    groups: tuple[Group, ...]
    more: int = 0

    @property
    def size(self) -> int:
        """How many values there are."""
        return sum(len(group.choices) for group in self.groups)

    @property
    def is_full(self) -> bool:
        """Say whether it takes no more values."""
        return len(self.chosen) >= MOST_VALUES

    @property
    def chosen(self) -> list[Choice]:
        """What is chosen."""
        return [one for group in self.groups for one in group.choices if one.is_on]


class Period(Struct, frozen=True):
    """The period that is asked for: its name, or its first and last day.

    `choices` are all that have a name; the first is that of all times.
    """

    name: str
    words: str
    first: str
    last: str
    choices: tuple[Choice, ...]


def filters_of(
    selection: Selection, query: Query, typesetter: Typesetter, site: Site
) -> list[Filter]:
    """Give all filters that have something to choose."""
    words = _Words(typesetter, site.scorer)
    return [
        _filter(name, facet, words)
        for name in _FACETS
        if (facet := selection.facets.get(name)) is not None and _is_shown(name, facet)
    ]


def whole_filter(
    selection: Selection, name: str, typesetter: Typesetter, site: Site
) -> Filter | None:
    """Give one filter with all its values; None if there is no such filter."""
    if name not in FACETS:
        return None
    return _filter(name, selection.whole(name), _Words(typesetter, site.scorer))


def _filter(name: str, facet: Facet, words: _Words) -> Filter:
    groups = tuple(words.groups(name, facet))
    return Filter(name, words.name_of(name), groups, facet.more)


def _is_shown(name: str, facet: Facet) -> bool:
    is_on = any(option.is_on for option in facet.options)
    if name == "bin":
        return is_on
    return is_on or name in _ALWAYS or len(facet.options) > 1


class _Words:
    """Says the values of filters in a language."""

    def __init__(self, typesetter: Typesetter, scorer: Scorer) -> None:
        self._t, self._typesetter = typesetter.t, typesetter
        lang = typesetter.lang
        self._chips = {
            one.name: capital(one.words[lang].chip) for one in scorer.detectors
        }
        self._dimensions = {one.name: str(one.dimension) for one in scorer.detectors}

    def name_of(self, name: str) -> str:
        """Name a filter."""
        return self._t(f"filter_{name}")

    def groups(self, name: str, facet: Facet) -> Iterator[Group]:
        """Give the values of a filter; signals stand by dimension."""
        choices = [
            Choice(one.value, self.said(name, one.value), one.count, one.is_on)
            for one in facet.options
        ]
        if name != "signal":
            yield Group("", tuple(choices))
            return
        for dimension in map(str, Dimension):
            inside = [
                one
                for one in choices
                if self._dimensions.get(one.value, dimension) == dimension
            ]
            if inside:
                yield Group(self._t(dimension), tuple(inside))

    def said(self, name: str, value: str) -> str:
        """Say one value."""
        if value == ABSENT:
            return self._t("filter_absent")
        own = getattr(self, f"_{name}", None)
        if own is not None:
            return str(own(value))
        if name in ("level", "dimension"):
            return self._known(value, value)
        if name in ("state", "review", "flow_type"):
            return self._known(f"{name}_{value}", value)
        return shown_text(value)

    def _known(self, key: str, value: str) -> str:
        is_known = self._typesetter.has(key)
        return self._t(key) if is_known else shown_text(value)

    def _channel(self, value: str) -> str:
        return shown_text(self._typesetter.channel(value))

    def _language(self, value: str) -> str:
        return capital(shown_text(self._typesetter.language(value)))

    def _signal(self, value: str) -> str:
        return self._chips.get(value, shown_text(value))

    def _status(self, value: str) -> str:
        key = "scored" if value == "scored" else f"reason_{value}"
        return self._known(key, value)

    def _handoff(self, value: str) -> str:
        key = "handoff_none" if value == _NONE else f"handoff_is_{value}"
        return self._known(key, value)

    def _rating(self, value: str) -> str:
        if value == _NONE:
            return self._t("filter_none")
        if not _is_whole(value):
            return shown_text(value)
        return self._typesetter.tn("filter_stars", int(value))

    def _bin(self, value: str) -> str:
        if not _is_whole(value):
            return shown_text(value)
        low = int(value)
        return self._t("filter_range", low=low, high=100 if low == 95 else low + 4)  # noqa: PLR2004 - the last bar


def _is_whole(value: str) -> bool:
    """Say whether a value is a number of ours; an address can hold anything."""
    return value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS


def chosen_of(
    filters: Sequence[Filter], query: Query, typesetter: Typesetter
) -> list[tuple[str, Query]]:
    """Give each filter that is on, in words, with the question without it."""
    colon = typesetter.t("colon")
    found = [
        (f"{one.words}{colon}{choice.words}", query.without(one.name, choice.value))
        for one in filters
        for choice in one.chosen
    ]
    if query.text:
        words = f"{typesetter.t('filter_text')}{colon}{shown_text(query.text)}"
        found.append((words, replace(query, text="")))
    return found


def period_of(selection: Selection, now: datetime, typesetter: Typesetter) -> Period:
    """Say the period that is asked for, with its days, and what others would leave."""
    query = selection.query
    first, last = days_of(query.period, query.zone, now)
    choices = []
    for name in ("", *NAMES):
        bounds = bounds_of(days_of(name, query.zone, now), query.zone)
        words, count = _period_words(name, typesetter), selection.count_within(bounds)
        choices.append(Choice(name, words, count, name == query.period))
    return Period(
        query.period,
        _period_words(query.period, typesetter),
        first.isoformat() if first else "",
        last.isoformat() if last else "",
        tuple(choices),
    )


def _period_words(name: str, typesetter: Typesetter) -> str:
    if name in NAMES:
        return typesetter.t(f"period_{name}")
    return typesetter.t("period_free" if name else "period_all")
