"""Scenarios as Botpress Cloud tells them: pages of messages, newest first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import ALL, Scenario, Shape, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

TOLD = ALL - {
    "fallback", "confidence", "intent", "guess", "rating", "comment", "requested",
    "accepted", "language",
}  # fmt: skip


def message(scenario: Scenario, number: int, step: Step) -> dict[str, object]:
    at = scenario.at(step).isoformat().replace("+00:00", "Z")
    is_customer = step.kind in ("user", "click")
    users = {"agent": "user_7", "bot": "user_bot"}
    payload: dict[str, object] = {"text": step.text}
    if step.choices:
        payload["options"] = [{"label": x, "value": f"v-{x}"} for x in step.choices]
    if step.kind == "click":
        payload["payload"] = f"v-{step.text}"
    return {
        "id": f"msg_{scenario.id}_{number}",
        "createdAt": at,
        "updatedAt": at,
        "type": "choice" if step.choices else "text",
        "payload": payload,
        "direction": "incoming" if is_customer else "outgoing",
        "userId": users.get(step.kind, "user_1"),
        "conversationId": scenario.id,
        "tags": {"hitl:agent": "true"} if step.kind == "agent" else {},
    }


def messages(scenario: Scenario) -> list[dict[str, object]]:
    return [
        message(scenario, number, step)
        for number, step in enumerate(scenario.steps)
        if step.kind in ("user", "click", "bot", "agent")
    ][::-1]


def conversations(scenarios: Sequence[Scenario]) -> bytes:
    found = [
        {
            "conversation": {
                "id": one.id,
                "channel": "channel",
                "integration": "webchat",
                "tags": {"webchat:id": "x"},
            },
            "messages": messages(one),
            "meta": {"nextToken": None},
        }
        for one in scenarios
    ]
    return json.dumps(found, indent=1).encode()


def pages(scenarios: Sequence[Scenario]) -> bytes:
    """Tell pages of three messages, as the API does."""
    found = [
        {"messages": messages(one)[start : start + 3], "meta": {"nextToken": "t"}}
        for one in scenarios
        for start in range(0, len(messages(one)), 3)
    ]
    return "\n".join(map(json.dumps, found)).encode()


SHAPES = (
    Shape("botpress cloud conversations", "botpress_cloud", conversations, TOLD),
    Shape("botpress cloud pages", "botpress_cloud", pages, TOLD - {"channel"}),
)
