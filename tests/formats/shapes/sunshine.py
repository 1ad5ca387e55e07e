"""Scenarios as the webhooks of Sunshine Conversations tell them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import ALL, Scenario, Shape, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

TOLD = ALL - {"fallback", "confidence", "intent", "language", "rating", "comment"}
AUTHORS = {
    "user": ({"type": "user", "userId": "u-1"}, "web"),
    "bot": ({"type": "business", "subtypes": ["AI"]}, "zd:answerBot"),
    "agent": ({"type": "business", "displayName": "Ann"}, "zd:agentWorkspace"),
}
KINDS = {
    "click": "conversation:postback",
    "typing": "conversation:typing",
    "requested": "switchboard:passControl",
    "accepted": "switchboard:acceptControl",
}


def event(scenario: Scenario, number: int, step: Step) -> dict[str, object] | None:
    people = step.kind in ("requested", "accepted", "agent")
    holder = "zd:agentWorkspace" if people else "zd:answerBot"
    at = scenario.at(step).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    payload: dict[str, object] = {
        "conversation": {
            "id": scenario.id,
            "type": "personal",
            "activeSwitchboardIntegration": {"name": holder, "integrationType": holder},
        }
    }
    made = {"id": f"{scenario.id}-{number}", "createdAt": at, "payload": payload}
    if step.kind == "click":
        payload["postback"] = {"type": "postback", "text": step.text, "payload": "X"}
    elif step.kind in AUTHORS:
        author, source = AUTHORS[step.kind]
        content: dict[str, object] = {"type": "text", "text": step.text}
        if step.choices:
            content["actions"] = [
                {"type": "postback", "text": one, "payload": "X"}
                for one in step.choices
            ]
        payload["message"] = {
            "id": f"m-{number}",
            "received": at,
            "author": author,
            "content": content,
            "source": {"type": source},
        }
    elif step.kind not in KINDS:
        return None
    return {**made, "type": KINDS.get(step.kind, "conversation:message")}


def calls(scenarios: Sequence[Scenario]) -> bytes:
    """Tell the events two a call: some calls tell of two conversations."""
    told = [
        made
        for scenario in scenarios
        for number, step in enumerate(scenario.steps)
        if (made := event(scenario, number, step)) is not None
    ]
    about = {"app": {"id": "a"}, "webhook": {"id": "w", "version": "v2"}}
    pairs = [told[place : place + 2] for place in range(0, len(told), 2)]
    return "\n".join(json.dumps({**about, "events": pair}) for pair in pairs).encode()


SHAPES = (Shape("sunshine webhooks", "sunshine", calls, TOLD),)
