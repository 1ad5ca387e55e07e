"""Scenarios as Freshchat tells them: pages of messages, and webhooks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import ALL, Scenario, Shape, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

# Ratings stand in a report of their own: `test_desks.py` reads both.
TOLD = ALL - {
    "fallback", "confidence", "intent", "language", "channel", "rating", "comment",
}  # fmt: skip
ACTORS = {
    "user": "user",
    "click": "user",
    "bot": "bot",
    "agent": "agent",
    "note": "agent",
}
SYSTEM = {
    "requested": "Conversation assigned to group Support",
    "accepted": "Conversation assigned to Ann",
}


def message(scenario: Scenario, number: int, step: Step) -> dict[str, object] | None:
    if step.kind not in ACTORS and step.kind not in SYSTEM:
        return None
    made: dict[str, object] = {
        "id": f"{scenario.id}-{number}",
        "conversation_id": scenario.id,
        "interaction_id": f"i-{scenario.id}",
        "created_time": scenario.at(step).isoformat(timespec="milliseconds"),
        "actor_type": ACTORS.get(step.kind, "system"),
        "actor_id": step.kind,
        "message_type": "private" if step.kind == "note" else "normal",
        "message_parts": [{"text": {"content": SYSTEM.get(step.kind, step.text)}}],
        "isBotsInput": step.kind == "click",
    }
    if step.kind in SYSTEM:
        made["message_type"] = "system"
    if step.choices:
        buttons = [{"quick_reply_button": {"label": one}} for one in step.choices]
        made["reply_parts"] = [{"collection": {"sub_parts": buttons}}]
    return made


def messages(scenario: Scenario) -> list[dict[str, object]]:
    told = (message(scenario, *numbered) for numbered in enumerate(scenario.steps))
    return [one for one in told if one is not None]


def pages(scenarios: Sequence[Scenario]) -> bytes:
    """Tell a page a line, the newest message first."""
    lines = [
        {
            "conversation": {"conversation_id": one.id, "status": "resolved"},
            "messages": messages(one)[::-1],
            "link": {"href": None},
        }
        for one in scenarios
    ]
    return "\n".join(map(json.dumps, lines)).encode()


def webhooks(scenarios: Sequence[Scenario]) -> bytes:
    calls = [
        {
            "actor": {"actor_type": one["actor_type"], "actor_id": one["actor_id"]},
            "action": "message_create",
            "action_time": one["created_time"],
            "data": {"message": one},
        }
        for scenario in scenarios
        for one in messages(scenario)
    ]
    return "\n".join(map(json.dumps, calls)).encode()


SHAPES = (
    Shape("freshchat pages", "freshchat", pages, TOLD),
    Shape("freshchat webhooks", "freshchat", webhooks, TOLD),
)
