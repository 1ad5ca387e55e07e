"""What someone asks of the conversations: filters, order, and their address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode

from msgspec import Struct
from msgspec.structs import replace

from jauge.columnar.periods import is_period, zone_or_utc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FACETS = (
    "channel", "department", "language", "bot", "version", "flow", "flow_type",
    "level", "bin", "signal", "dimension", "status", "rating", "handoff", "state",
    "review", "product",
)  # fmt: skip
# `bot` is worst for the bot; the name of the bot is sorted by as `bot_name`.
ORDERS = (
    "score", "bot", "latest", "started", "messages", "duration", "channel",
    "department", "language", "bot_name", "version", "rating", "handoff",
    "engagement", "sentiment", "understanding", "ease", "response_time", "state",
)  # fmt: skip
# What a conversation has that tells no department, bot, …
ABSENT = "(none)"
# As many as an address holds that a server takes.
MOST_VALUES = 500
_LONGEST_VALUE = 1000
_LONGEST_TEXT = 300
_ON = "1"
_ALL = "all"

Chosen = tuple[tuple[str, tuple[str, ...]], ...]


class Query(Struct, frozen=True, kw_only=True):
    """Filters combined by AND, values of one facet by OR, and an order.

    `period` is empty, a name as `last-week`, or `2026-11-01..2026-11-23` with either
    end left out; its days are those of `zone`. `chosen` is as `with_` leaves it: facets
    in the order of `FACETS`, values sorted. `text` is words that must all begin a word
    of some message; in quotes, words that stand together.

    >>> query = Query().with_("channel", "sms").with_("level", "negative")
    >>> query.address()
    'channel=sms&level=negative'
    >>> query.toggled("channel", "sms").is_empty
    False
    """

    period: str = ""
    zone: str = "UTC"
    chosen: Chosen = ()
    signals_all: bool = False
    text: str = ""
    order: str = "score"
    descending: bool = False
    count_bot_part: bool = False

    @classmethod
    def of(cls, params: Mapping[str, Sequence[str]]) -> Self:
        """Read the parameters of an address; what is not known is left out.

        >>> Query.of({"channel": ["sms", ""], "order": ["nonsense"]}).address()
        'channel=sms'
        """
        period, order = _last(params, "period"), _last(params, "order")
        chosen = {name: params[name] for name in FACETS if params.get(name)}
        return cls(
            period=period if is_period(period) else "",
            zone=zone_or_utc(_last(params, "zone")),
            chosen=_ordered(chosen),
            signals_all=_last(params, "signals") == _ALL,
            text=" ".join(_last(params, "text")[:_LONGEST_TEXT].split()),
            order=order if order in ORDERS else "score",
            descending=_last(params, "descending") == _ON,
            count_bot_part=_last(params, "bot_part") == _ON,
        )

    def address(self) -> str:
        """Write the query as the part of an address after `?`; the default is empty."""
        pairs = [("period", self.period)] if self.period else []
        pairs += [("zone", self.zone)] if self.zone != "UTC" else []
        pairs += [(name, value) for name, values in self.chosen for value in values]
        pairs += [("signals", _ALL)] if self.signals_all else []
        pairs += [("text", self.text)] if self.text else []
        pairs += [("order", self.order)] if self.order != "score" else []
        pairs += [("descending", _ON)] if self.descending else []
        pairs += [("bot_part", _ON)] if self.count_bot_part else []
        return urlencode(pairs)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is filtered; order and zone filter nothing."""
        return not (self.period or self.chosen or self.text)

    def values(self, facet: str) -> tuple[str, ...]:
        """Give the values chosen of a facet."""
        return dict(self.chosen).get(facet, ())

    def has(self, facet: str, value: str) -> bool:
        """Say whether a value is chosen."""
        return value in self.values(facet)

    def within(self, period: str) -> Self:
        """Ask for another period."""
        return replace(self, period=period)

    def counting_bot_part(self, is_on: bool) -> Self:  # noqa: FBT001 - templates say it
        """Count the bot's part of what an agent took, or do not."""
        return replace(self, count_bot_part=is_on)

    def with_(self, facet: str, value: str) -> Self:
        """Choose a value too; a facet that is not known changes nothing."""
        return self._with_values(facet, (*self.values(facet), value))

    def without(self, facet: str, value: str | None = None) -> Self:
        """Leave a value out again, or all values of the facet."""
        left = tuple(one for one in self.values(facet) if value not in (None, one))
        return self._with_values(facet, left)

    def toggled(self, facet: str, value: str) -> Self:
        """Choose a value that is not, or leave it out."""
        is_on = value in self.values(facet)
        return self.without(facet, value) if is_on else self.with_(facet, value)

    def _with_values(self, facet: str, values: tuple[str, ...]) -> Self:
        return replace(self, chosen=_ordered({**dict(self.chosen), facet: values}))


def _last(params: Mapping[str, Sequence[str]], name: str) -> str:
    """Give the last value of a parameter: a form may follow a link's own."""
    found = params.get(name) or [""]
    return _readable(found[-1])


def _ordered(chosen: Mapping[str, Sequence[str]]) -> Chosen:
    """Give facets and values in their one order, without those that say nothing."""
    kept = (
        (name, sorted({_readable(one) for one in chosen[name][:MOST_VALUES]} - {""}))
        for name in FACETS
        if name in chosen
    )
    return tuple((name, tuple(values)) for name, values in kept if values)


def _readable(text: str) -> str:
    """Make half a character a question mark: an address cannot hold it."""
    return text[:_LONGEST_VALUE].encode("utf-8", "replace").decode()
