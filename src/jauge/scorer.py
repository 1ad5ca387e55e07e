"""A scorer: detectors, scorecard, word lists and ranges, by name, version and hash."""

from __future__ import annotations

import functools
import gc
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec.structs import replace

from jauge.detectors import KNOWN_NAMES
from jauge.errors import PluginError
from jauge.model.conversation import USER, Conversation
from jauge.model.facts import has_confidence, has_times
from jauge.model.score import Part, Score, band_of
from jauge.scoring.status import before_handoff as part_before_handoff
from jauge.scoring.status import reason_not_scored
from jauge.text.language import READ
from jauge.text.phrases import SIDES, Phrase
from jauge.text.reader import Reader
from jauge.text.reading import Reading
from jauge.text.steps import read_all

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from jauge.detectors.protocol import Detector
    from jauge.model.score import Reason
    from jauge.model.signal import Signal
    from jauge.scoring.card import Card
    from jauge.scoring.interval import RangeTable
    from jauge.scoring.scorecard import Scorecard
    from jauge.text.tables import TextTables

# Two turns of the customer: what compares them is loaded too.
_SHORTEST = Conversation.of([("user", "ok"), ("bot", "ok"), ("user", "ok")])


class ScorerSpec(NamedTuple):
    """What names a scorer, so that another process can load the same one."""

    name: str = "default"
    own_phrases: tuple[Phrase, ...] = ()


@dataclass(frozen=True)
class Scorer:
    """Everything that makes two scores comparable. Immutable; safe to share."""

    spec: ScorerSpec
    name: str
    version: str
    judge: Literal["reader", "customer"]
    detectors: tuple[Detector, ...]
    scorecard: Scorecard
    ranges: RangeTable
    tables: TextTables
    digest: str
    card: Card | None = None

    @property
    def id(self) -> str:
        """Name, version and hash: `default@1.0.0+3f9c2b1a`."""
        return f"{self.name}@{self.version}+{self.digest[:8]}"

    @cached_property
    def reader(self) -> Reader:
        """The reader of texts with this scorer's lists."""
        return Reader(self.tables)

    def prepare(self) -> None:
        """Compile all phrases and load all tables now: no event waits for it later."""
        for language in READ:
            for side in SIDES:
                self.tables.book(language, side).compile()
        read_all([self.read(_SHORTEST)])

    def read(self, conversation: Conversation, last: Reading | None = None) -> Reading:
        """Read a conversation with this scorer's lists, after an earlier reading."""
        return Reading(conversation, self.reader, last)

    def score(
        self, conversation: Conversation, *, before_handoff: bool = False
    ) -> Score:
        """Score one conversation.

        With `before_handoff`, a conversation that an agent took is scored up to there.
        """
        return self.score_all([conversation], before_handoff=before_handoff)[0]

    def score_all(
        self, conversations: Iterable[Conversation], *, before_handoff: bool = False
    ) -> list[Score]:
        """Score conversations, each step over all of them: faster than one by one.

        Each score depends on its own conversation alone.
        """
        parts = [_part(one, before_handoff=before_handoff) for one in conversations]
        with _without_collections():
            return self._score(
                parts, [self.read(conversation) for conversation, _ in parts]
            )

    def score_on(
        self,
        conversation: Conversation,
        last: Reading | None,
        *,
        before_handoff: bool = False,
    ) -> tuple[Score, Reading]:
        """Score a conversation that goes on, with what its last reading found."""
        part = _part(conversation, before_handoff=before_handoff)
        reading = self.read(part[0], last)
        return self._score([part], [reading])[0], reading

    def _score(
        self, parts: Sequence[tuple[Conversation, Part]], readings: Sequence[Reading]
    ) -> list[Score]:
        reasons = [reason_not_scored(conversation) for conversation, _ in parts]
        scored = [one for one, why in zip(readings, reasons, strict=True) if not why]
        read_all(scored)
        hidden = [self.unavailable(reading) for reading in scored]
        found = self._found(scored, hidden)
        made = iter(
            [
                self._scored(reading, signals, names)
                for reading, signals, names in zip(scored, found, hidden, strict=True)
            ]
        )
        return [
            self._not_scored(reading, part, why)
            if why
            else next(made)
            if part == "whole"
            else replace(next(made), part=part)
            for reading, (_, part), why in zip(readings, parts, reasons, strict=True)
        ]

    def _scored(
        self, reading: Reading, signals: list[Signal], unavailable: tuple[str, ...]
    ) -> Score:
        total = self.scorecard.sum(signals, reading.turns, unavailable)
        turns = sum([turn.role is USER for turn in reading.turns])
        return Score(
            conversation_id=reading.conversation.id,
            status="scored",
            value=total.value,
            band=band_of(total.value),
            range=self.ranges.around(total.value, turns),
            logit=total.logit,
            language=reading.conversation.language or reading.language,
            base=total.base,
            dimensions=total.dimensions,
            contributions=total.contributions,
            unavailable=unavailable,
            scorer=self.id,
        )

    def _not_scored(self, reading: Reading, part: Part, reason: Reason) -> Score:
        return Score(
            conversation_id=reading.conversation.id,
            status="not_scored",
            reason=reason,
            part=part,
            language=reading.conversation.language or reading.language,
            unavailable=self.unavailable(reading),
            scorer=self.id,
        )

    def signals(
        self, reading: Reading, unavailable: Iterable[str] = ()
    ) -> list[Signal]:
        """Find the signals of all detectors whose signal the source can show."""
        return self._found([reading], [tuple(unavailable)])[0]

    def _found(
        self, readings: Sequence[Reading], hidden: Sequence[Collection[str]]
    ) -> list[list[Signal]]:
        """Ask one detector after the other about all readings."""
        found: list[list[Signal]] = [[] for _ in readings]
        rows = list(zip(readings, hidden, found, strict=True))
        for detector in self.detectors:
            name = detector.name
            ask = detector.find
            if name not in KNOWN_NAMES:
                ask = functools.partial(_found_by_plugin, detector)
            for reading, names, signals in rows:
                if name not in names:
                    signals.extend(ask(reading))
        return found

    def unavailable(self, reading: Reading) -> tuple[str, ...]:
        """Name the signals that this record could not show, in the detectors' order."""
        missing = frozenset(
            need
            for need, is_there in (
                ("times", has_times(reading.events)),
                ("confidence", has_confidence(reading.events)),
                ("words", reading.is_read),
            )
            if not is_there
        )
        return self._without(missing, reading.conversation.unavailable)

    def _without(
        self, missing: frozenset[str], listed: tuple[str, ...]
    ) -> tuple[str, ...]:
        known = self._known.get((missing, listed))
        if known is None:
            known = self._known[missing, listed] = tuple(
                detector.name
                for detector in self.detectors
                if detector.name in listed or not missing.isdisjoint(detector.needs)
            )
        return known

    @cached_property
    def _known(self) -> dict[tuple[frozenset[str], tuple[str, ...]], tuple[str, ...]]:
        """What is unavailable for what a source lacks: few sources differ."""
        return {}


@contextmanager
def _without_collections() -> Iterator[None]:
    """Let no garbage be looked for: nothing in a reading holds in a circle.

    A chunk makes so many objects that looking at them all takes a tenth of its time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _part(
    conversation: Conversation, *, before_handoff: bool
) -> tuple[Conversation, Part]:
    # An e-mail conversation is never scored, in no part.
    if not before_handoff or conversation.channel == "email":
        return conversation, "whole"
    before = part_before_handoff(conversation)
    return (conversation, "whole") if before is None else (before, "before_handoff")


def _is_strength(signal: Signal, detector: Detector) -> bool:
    """Say whether a strength is one: only a signal of either sign may go below zero."""
    size = abs(signal.strength) if detector.sign == 0 else signal.strength
    return 0 < size <= 1


def _found_by_plugin(detector: Detector, reading: Reading) -> list[Signal]:
    """Ask a detector of another package; its faults are errors with its name."""
    place = f"{detector.name}, conversation {reading.conversation.id}"
    try:
        found = list(detector.find(reading))
    except Exception as error:
        msg = f"{place}: the detector fails: {error!r}. Fix or uninstall it."
        raise PluginError(msg) from error
    for signal in found:
        inside = signal.event is None or 0 <= signal.event < len(reading.events)
        if (
            signal.name != detector.name
            or not inside
            or not _is_strength(signal, detector)
        ):
            msg = f"{place}: an impossible signal: {signal}. Fix or uninstall it."
            raise PluginError(msg)
    return found
