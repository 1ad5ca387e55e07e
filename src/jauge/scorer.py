"""A scorer: detectors, scorecard, word lists and ranges, by name, version and hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from jauge.detectors import BUILTIN
from jauge.errors import PluginError, UsageError
from jauge.model.conversation import Role
from jauge.model.score import Part, Score, band_of
from jauge.model.signal import Dimension
from jauge.scoring.interval import RangeRow, RangeTable
from jauge.scoring.scorecard import Scorecard, Weight
from jauge.scoring.status import before_handoff as part_before_handoff
from jauge.scoring.status import reason_not_scored
from jauge.text.language import READ
from jauge.text.phrases import SIDES
from jauge.text.reader import Reader
from jauge.text.reading import Reading
from jauge.text.tables import load_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jauge.detectors.protocol import Detector
    from jauge.model.conversation import Conversation
    from jauge.model.score import Reason
    from jauge.model.signal import Signal
    from jauge.text.phrases import Phrase
    from jauge.text.tables import TextTables

_DEFAULT = Path(__file__).parent / "scoring" / "default"
_DIMENSIONS = tuple(Dimension)
_BUILTIN_NAMES = frozenset(detector.name for detector in BUILTIN)


class _WeightRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reason: str
    rate: float = 0.0
    end: float = 0.0
    fact: float = 0.0
    mean: float = 0.0


class _RangeFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    turns: int
    value: int
    below: int
    above: int


class _ScorerFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    version: str
    base: int
    judge: Literal["reader", "customer"]
    signals: dict[str, _WeightRow]
    ranges: list[_RangeFile]


@dataclass(frozen=True)
class Scorer:
    """Everything that makes two scores comparable. Immutable; safe to share."""

    name: str
    version: str
    judge: Literal["reader", "customer"]
    detectors: tuple[Detector, ...]
    scorecard: Scorecard
    ranges: RangeTable
    tables: TextTables
    digest: str

    @property
    def id(self) -> str:
        """Name, version and hash: `default@1.0.0+3f9c2b1a`."""
        return f"{self.name}@{self.version}+{self.digest[:8]}"

    @cached_property
    def reader(self) -> Reader:
        """The reader of texts with this scorer's lists."""
        return Reader(self.tables)

    def prepare(self) -> None:
        """Compile all phrases now, so that no event waits for it later."""
        for language in READ:
            for side in SIDES:
                self.tables.book(language, side)

    def read(self, conversation: Conversation) -> Reading:
        """Read a conversation with this scorer's lists."""
        return Reading(conversation, self.reader)

    def score(
        self, conversation: Conversation, *, before_handoff: bool = False
    ) -> Score:
        """Score one conversation.

        With `before_handoff`, a conversation that an agent took is scored up to there.
        """
        part: Part = "whole"
        if before_handoff:
            before = part_before_handoff(conversation)
            if before is not None:
                conversation, part = before, "before_handoff"
        return self.score_reading(self.read(conversation), part)

    def score_reading(self, reading: Reading, part: Part = "whole") -> Score:
        """Score a conversation that was read with this scorer's reader."""
        conversation = reading.conversation
        reason = reason_not_scored(conversation)
        if reason is not None:
            return self._not_scored(reading, part, reason)
        unavailable = self.unavailable(reading)
        found = self.signals(reading, unavailable)
        total = self.scorecard.sum(found, reading.turns, unavailable)
        turns = sum(1 for turn in reading.turns if turn.role is Role.USER)
        tenths = dict.fromkeys(_DIMENSIONS, 0)
        for contribution in total.contributions:
            tenths[contribution.dimension] += contribution.tenths
        return Score(
            conversation_id=conversation.id,
            status="scored",
            part=part,
            value=total.value,
            band=band_of(total.value),
            range=self.ranges.around(total.value, turns),
            logit=total.logit,
            language=conversation.language or reading.language,
            base=total.base,
            dimensions={str(name): points / 10 for name, points in tenths.items()},
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
            scorer=self.id,
        )

    def signals(
        self, reading: Reading, unavailable: Iterable[str] = ()
    ) -> list[Signal]:
        """Find the signals of all detectors whose signal the source can show."""
        hidden = frozenset(unavailable)
        found: list[Signal] = []
        for detector in self.detectors:
            name = detector.name
            if name in hidden:
                continue
            if name in _BUILTIN_NAMES:
                found += detector.find(reading)
            else:
                found += _found_by_plugin(detector, reading)
        return found

    def unavailable(self, reading: Reading) -> tuple[str, ...]:
        """Name the signals that this record could not show, in the order of detectors."""
        missing = frozenset(
            need
            for need, is_there in (
                ("times", reading.has_times),
                ("confidence", reading.has_confidence),
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
        if signal.name != detector.name or not inside or not 0 < signal.strength <= 1:
            msg = f"{place}: an impossible signal: {signal}. Fix or uninstall it."
            raise PluginError(msg)
    return found


def load_scorer(
    name: str = "default",
    *,
    own_phrases: tuple[Phrase, ...] = (),
    plugins: Sequence[Detector] = (),
) -> Scorer:
    """Load a scorer: `default`, or the path of a scorer file.

    Raises:
        UsageError: no such scorer, or its file is faulty.
        ListError: a phrase list has a faulty line.
        PluginError: a plugin's signal has no weight, or a name that is taken.
    """
    path = _DEFAULT / "weights.toml" if name == "default" else Path(name)
    try:
        source = path.read_bytes()
    except OSError as error:
        msg = f"{name}: no such scorer. Use `default`, or the path of a scorer file."
        raise UsageError(msg) from error
    try:
        file = msgspec.toml.decode(source, type=_ScorerFile)
    except msgspec.MsgspecError as error:
        msg = f"{path}: not a scorer file: {error}."
        raise UsageError(msg) from error
    detectors = (*BUILTIN, *plugins)
    _check_names(detectors)
    tables = load_tables(own_phrases)
    return Scorer(
        name=file.name,
        version=file.version,
        judge=file.judge,
        detectors=detectors,
        scorecard=Scorecard(
            base=file.base,
            weights={detector.name: _weight(file, detector) for detector in detectors},
            dimensions={detector.name: detector.dimension for detector in detectors},
        ),
        ranges=RangeTable(
            [
                RangeRow(row.turns, row.value, row.below, row.above)
                for row in file.ranges
            ]
        ),
        tables=tables,
        digest=_digest(source, detectors, tables),
    )


def _weight(file: _ScorerFile, detector: Detector) -> Weight:
    row = file.signals.get(detector.name)
    if row is None:
        own = getattr(detector, "weight", None)
        if not isinstance(own, int | float) or own <= 0:
            msg = (
                f"{detector.name}: no weight. Give the detector `weight`, the log-odds of"
                f" one hit before damping (0.1 to 3), or a row in the scorer file."
            )
            raise PluginError(msg)
        return Weight(rate=detector.sign * float(own), reason="the plugin's own prior")
    return Weight(
        rate=detector.sign * row.rate,
        end=detector.sign * row.end,
        fact=detector.sign * row.fact,
        mean=row.mean,
        reason=row.reason,
    )


def _check_names(detectors: Sequence[Detector]) -> None:
    names = [detector.name for detector in detectors]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        msg = f"{twice[0]}: two detectors have this name. Rename or remove one of them."
        raise PluginError(msg)


def _digest(source: bytes, detectors: Sequence[Detector], tables: TextTables) -> str:
    """Hash weights, lists and what each detector declares; a version covers its code."""
    digest = hashlib.sha256(source)
    digest.update(tables.digest.encode())
    for detector in detectors:
        thresholds = [
            (field, repr(getattr(detector, field))) for field in _fields(detector)
        ]
        declared = (
            detector.name,
            detector.dimension,
            detector.sign,
            sorted(detector.needs),
            thresholds,
        )
        digest.update(msgspec.json.encode(declared))
        digest.update(repr(getattr(detector, "weight", None)).encode())
    return digest.hexdigest()


def _fields(detector: Detector) -> list[str]:
    found = getattr(type(detector), "__dataclass_fields__", {})
    return sorted(
        name
        for name in found
        if name in {field.name for field in fields(detector)} and name != "words"
    )  # type: ignore[arg-type]
