"""Load a scorer: detectors, weights, word lists and ranges, put together and hashed."""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from jauge.detectors import BUILTIN, KNOWN_NAMES, own_words
from jauge.errors import PluginError, UsageError
from jauge.scorer import Scorer, ScorerSpec
from jauge.scoring.interval import RangeTable
from jauge.scoring.scorecard import Scorecard, Weight
from jauge.scoring.scorer_file import ScorerFile, read_scorer_file
from jauge.text.tables import load_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jauge.detectors.protocol import Detector
    from jauge.text.tables import TextTables

DEFAULT = ScorerSpec()
_SHIPPED = Path(__file__).parent / "scoring" / "default" / "weights.toml"


def build_scorer(
    spec: ScorerSpec = DEFAULT, *, plugins: Sequence[Detector] = ()
) -> Scorer:
    """Build a scorer: `default`, or that of the file that its spec names.

    Raises:
        UsageError: no such scorer, or its file is faulty.
        ListError: a phrase list has a faulty line.
        PluginError: a plugin's signal has no weight, or a name that is taken.
    """
    path = _SHIPPED if spec.name == DEFAULT.name else Path(spec.name)
    return put_together(*read_scorer_file(path), spec, plugins=plugins)


def put_together(
    file: ScorerFile,
    source: bytes,
    spec: ScorerSpec,
    *,
    plugins: Sequence[Detector] = (),
) -> Scorer:
    """Make a scorer of its file and the bytes of that.

    Raises:
        UsageError: the file has no weight for a signal.
        ListError: a phrase list has a faulty line.
        PluginError: a plugin's signal has no weight, or a name that is taken.
    """
    own = own_words.of_tables(file.own_words)
    detectors = (*BUILTIN, *own, *plugins)
    _check_names(detectors, plugins)
    tables = load_tables(spec.own_phrases)
    return Scorer(
        spec=spec,
        name=file.name,
        version=file.version,
        judge=file.judge,
        detectors=detectors,
        scorecard=Scorecard(
            base=file.base,
            weights={detector.name: _weight(file, detector) for detector in detectors},
            dimensions={detector.name: detector.dimension for detector in detectors},
        ),
        ranges=RangeTable(file.ranges),
        tables=tables,
        digest=_digest(source, detectors, tables),
        card=file.card,
    )


def _weight(file: ScorerFile, detector: Detector) -> Weight:
    row = file.signals.get(detector.name)
    # A signal of either sign has it in its strength.
    sign = detector.sign or 1
    if row is None:
        if detector.name in KNOWN_NAMES:
            msg = (
                f"{file.name}: no weight for {detector.name}. The scorer file is of"
                " another release: calibrate again."
            )
            raise UsageError(msg)
        own = getattr(detector, "weight", None)
        if not isinstance(own, int | float) or own <= 0:
            msg = (
                f"{detector.name}: no weight. Give the detector `weight`, the log-odds"
                f" of one hit before damping (0.1 to 3), or a row in the scorer file."
            )
            raise PluginError(msg)
        return Weight(rate=sign * float(own), reason="the plugin's own prior")
    return Weight(
        rate=sign * row.rate,
        end=sign * row.end,
        fact=sign * row.fact,
        mean=row.mean,
        reason=row.reason,
    )


def _check_names(detectors: Sequence[Detector], plugins: Sequence[Detector]) -> None:
    """Refuse names that say two things: jauge trusts what bears one of its own."""
    names = [detector.name for detector in detectors]
    twice = {name for name in names if names.count(name) > 1}
    ours = {plugin.name for plugin in plugins} & KNOWN_NAMES
    for name in sorted(twice | ours):
        told = "jauge has this name itself" if name in ours else "two have this name"
        msg = f"{name}: {told}. Rename or remove the detector of a package."
        raise PluginError(msg)


def _digest(source: bytes, detectors: Sequence[Detector], tables: TextTables) -> str:
    """Hash weights, lists and what detectors declare; a version covers their code."""
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
    """Name the thresholds of a detector: the fields of its class but the words."""
    names: Iterable[str] = getattr(detector, "__struct_fields__", ())
    if not names and is_dataclass(detector):
        names = [field.name for field in fields(detector)]
    return sorted(name for name in names if name != "words")
