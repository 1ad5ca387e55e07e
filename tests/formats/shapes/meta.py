"""Scenarios as the webhooks of Messenger and Instagram tell them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import ALL, Scenario, Shape, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TOLD = (
    ALL
    - {"fallback", "confidence", "intent", "language", "rating", "comment"}
    - {"choices", "channel"}
)
PAGE, BOT, INBOX = "404217156637689", 1111111111, 263902037430900
CONTROLS = {"requested": "pass_thread_control", "accepted": "take_thread_control"}


def event(scenario: Scenario, number: int, step: Step) -> dict[str, object] | None:
    sides = [{"id": PAGE}, {"id": scenario.id}]
    if step.kind in ("user", "click"):
        sides.reverse()
    made: dict[str, object] = {
        "sender": sides[0],
        "recipient": sides[1],
        "timestamp": int(scenario.at(step).timestamp() * 1000),
    }
    said = {"mid": f"m_{scenario.id}_{number}", "text": step.text}
    if step.kind == "user":
        return {**made, "message": said}
    if step.kind == "click":
        return {**made, "message": {**said, "quick_reply": {"payload": "X"}}}
    if step.kind in ("bot", "agent"):
        app = BOT if step.kind == "bot" else INBOX
        return {**made, "message": {**said, "is_echo": True, "app_id": app}}
    if step.kind in CONTROLS:
        return {**made, CONTROLS[step.kind]: {"new_owner_app_id": str(INBOX)}}
    return {**made, "read": {"watermark": 1}} if step.kind == "typing" else None


def calls(name: str) -> Callable[[Sequence[Scenario]], bytes]:
    def render(scenarios: Sequence[Scenario]) -> bytes:
        """Tell two events a call, some calls of two customers, some twice."""
        told = [
            made
            for scenario in scenarios
            for number, step in enumerate(scenario.steps)
            if (made := event(scenario, number, step)) is not None
        ]
        told.sort(key=lambda one: one["timestamp"])
        pairs = [told[place : place + 2] for place in range(0, len(told), 2)]
        lines = [
            {"object": name, "entry": [{"id": PAGE, "time": 1, "messaging": pair}]}
            for pair in pairs
        ]
        return "\n".join(map(json.dumps, [*lines, *lines[:3]])).encode()

    return render


SHAPES = tuple(
    Shape(f"{name} webhooks", name, calls(object_), TOLD, {"channel": name})
    for name, object_ in (("messenger", "page"), ("instagram", "instagram"))
)
