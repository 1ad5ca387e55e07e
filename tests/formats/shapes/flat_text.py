"""Flat text: one message a line, with the date in front or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.formats.scenarios import Fact, Scenario, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

NAMES = {"user": "Client", "click": "Client", "bot": "SupportBot", "agent": "Agent"}
SYSTEM = {"requested": "Transfert demandé", "accepted": "Ann a rejoint la discussion"}


def lines(
    scenario: Scenario, stamp: Callable[[datetime], str], colon: str, *, system: bool
) -> Iterator[str]:
    yield f"Conversation {scenario.id}"
    for step in scenario.steps:
        if step.kind in NAMES:
            at = stamp(scenario.at(step))
            yield f"{at}{NAMES[step.kind]}{colon} {step.text}"
        elif step.kind == "note":
            yield f"{stamp(scenario.at(step))}Note{colon} {step.text}"
        elif step.kind in SYSTEM and system:
            yield f"{stamp(scenario.at(step))}{SYSTEM[step.kind]}"
    yield ""


def iso(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z "


def dated(scenarios: Sequence[Scenario]) -> bytes:
    told = (lines(one, iso, ":", system=True) for one in scenarios)
    return "\n".join(line for one in told for line in one).encode()


def bare(scenarios: Sequence[Scenario]) -> bytes:
    told = (lines(one, lambda _: "", "\u202f:", system=False) for one in scenarios)
    return "\r\n".join(line for one in told for line in one).encode()


SAID: frozenset[Fact] = frozenset({"agents", "after_handoff"})
SHAPES = (
    Shape("text with dates", "text", dated, SAID | {"times", "bot_times"}),
    Shape("text without dates", "text", bare, SAID),
)
