"""Every signal fires where a careful person sees it, and not at the near misses."""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from jauge.detectors import BUILTIN, actions
from jauge.detectors.protocol import Detector
from jauge.model.conversation import Conversation
from jauge.model.signal import Signal
from jauge.testing import check_detector, conversation, reading_of

CASES = Path(__file__).parent / "cases"
DETECTORS = {detector.name: detector for detector in BUILTIN}
CLICKS = {detector.name for detector in actions.BUILTIN}
OWN_FIELDS = {"why", "lang", "chat", "at", "lowers"}


class Case(NamedTuple):
    """One short conversation, and the events at which the signal is expected.

    `lowers`: a signal of either sign is below zero there.
    """

    id: str
    lang: str
    detector: Detector
    chat: Conversation
    at: list[int | None]
    lowers: bool


def read_cases(detector: Detector, kind: str) -> list[Case]:
    """Read the cases of one kind, numbered in each language."""
    text = (CASES / f"{detector.name}.yaml").read_text(encoding="utf-8")
    counted: Counter[str] = Counter()
    cases = []
    for row in yaml.safe_load(text)[kind]:
        lang = row["lang"]
        counted[lang] += 1
        facts = {name: row[name] for name in row if name not in OWN_FIELDS}
        chat = conversation(*row["chat"], **{"language": lang} | facts)
        name = f"{detector.name}-{kind}-{lang}-{counted[lang]}"
        cases.append(
            Case(
                name, lang, detector, chat, row.get("at", []), row.get("lowers", False)
            )
        )
    return cases


@cache
def all_cases(kind: str) -> list[Case]:
    """Read the cases of one kind, of all signals that have a file."""
    named = {path.stem for path in CASES.glob("*.yaml")}
    return [
        case
        for detector in BUILTIN
        if detector.name in named
        for case in read_cases(detector, kind)
    ]


def found_in(case: Case) -> list[Signal]:
    """Find the signal of a case in its conversation."""
    return list(case.detector.find(reading_of(case.chat)))


def test_every_signal_has_a_file_and_every_file_a_signal() -> None:
    assert {path.stem for path in CASES.glob("*.yaml")} == set(DETECTORS)


@pytest.mark.parametrize("kind", ["fires", "silent"])
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", DETECTORS)
def test_every_signal_has_enough_cases(name: str, lang: str, kind: str) -> None:
    least = 3 if name in CLICKS else 5
    cases = read_cases(DETECTORS[name], kind)
    assert sum(case.lang == lang for case in cases) >= least


@pytest.mark.parametrize("case", all_cases("fires"), ids=lambda case: case.id)
def test_signal_fires_with_evidence_where_expected(case: Case) -> None:
    found = found_in(case)
    assert list(dict.fromkeys(signal.event for signal in found)) == case.at
    assert all(signal.evidence for signal in found)
    assert all((signal.strength < 0) == case.lowers for signal in found)


@pytest.mark.parametrize("case", all_cases("silent"), ids=lambda case: case.id)
def test_signal_is_silent_at_a_near_miss(case: Case) -> None:
    assert found_in(case) == []


@pytest.mark.parametrize("name", DETECTORS)
def test_detector_keeps_its_promises_on_its_cases(name: str) -> None:
    detector = DETECTORS[name]
    kinds = ("fires", "silent")
    cases = [case for kind in kinds for case in read_cases(detector, kind)]
    check_detector(detector, [case.chat for case in cases])
