"""Scenarios as turns: what the customer said, and what the bot answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.formats.scenarios import Scenario, Step

if TYPE_CHECKING:
    from collections.abc import Iterator


class Turn(NamedTuple):
    """One turn; `asked` is None where the bot speaks first."""

    asked: Step | None
    answered: Step | None


def turns(scenario: Scenario) -> Iterator[Turn]:
    """Give the turns up to where an agent takes over."""
    asked: Step | None = None
    for step in scenario.steps:
        if step.kind == "accepted":
            return
        if step.kind in ("user", "click"):
            asked = step
        elif step.kind == "bot":
            yield Turn(asked, step)
            asked = None


def heard(scenario: Scenario, step: Step) -> Step:
    """Give the bot's answer to a step, which says what it understood."""
    later = scenario.steps[scenario.steps.index(step) + 1 :]
    return next((one for one in later if one.kind == "bot"), step._replace(intent=None))
