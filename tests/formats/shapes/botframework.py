"""Scenarios as a Bot Framework transcript tells them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import ALL, Scenario, Shape, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

TOLD = ALL - {"fallback", "confidence", "intent", "rating", "comment"}
BOT = {"id": "bot-7", "name": "SupportBot", "role": "bot"}
CUSTOMER = {"id": "u-1", "role": "user"}
EVENTS = {
    "requested": {"name": "handoff.initiate", "value": {"Skill": "tier1"}},
    "accepted": {"name": "handoff.status", "value": {"state": "accepted"}},
}


def activity(scenario: Scenario, number: int, step: Step) -> dict[str, object] | None:
    made: dict[str, object] = {
        "id": f"{scenario.id}-{number}",
        "timestamp": scenario.at(step).isoformat().replace("+00:00", "Z"),
        "channelId": "webchat",
        "conversation": {"id": scenario.id},
        "locale": scenario.language,
        "from": CUSTOMER if step.kind in ("user", "click") else BOT,
        "type": "message",
        "text": step.text,
    }
    if step.kind == "typing":
        return {**made, "type": "typing"}
    if step.kind in EVENTS:
        return {**made, "type": "event", **EVENTS[step.kind]}
    if step.kind == "click":
        return {**made, "channelData": {"postBack": True}}
    if step.kind == "agent":
        person = {"id": "a-12", "name": "Ann", "role": "bot"}
        return {**made, "from": person, "channelData": {"tags": "agent"}}
    if step.kind not in ("user", "bot"):
        return None
    actions = [{"type": "imBack", "title": one, "value": one} for one in step.choices]
    return {**made, "suggestedActions": {"actions": actions}}


def transcript(scenarios: Sequence[Scenario]) -> bytes:
    found = [
        made
        for scenario in scenarios
        for number, step in enumerate(scenario.steps)
        if (made := activity(scenario, number, step)) is not None
    ]
    return json.dumps(found, indent=1).encode()


SHAPES = (Shape("botframework transcript", "botframework", transcript, TOLD),)
