"""Scenarios as Intercom tells them: conversations of the API, and webhooks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import ALL, Scenario, Shape, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

TOLD = ALL - {"fallback", "confidence", "intent", "language"}
AUTHORS = {
    "user": {"type": "user", "id": "u-1"},
    "click": {"type": "lead", "id": "u-1"},
    "bot": {"type": "bot", "id": "7", "name": "Fin", "from_ai_agent": True},
    "agent": {"type": "admin", "id": "21", "name": "Ann"},
    "note": {"type": "admin", "id": "21", "name": "Ann"},
}
ASSIGNED = {
    "requested": {"type": "team", "id": "5"},
    "accepted": {"type": "admin", "id": "21"},
}


def part(scenario: Scenario, number: int, step: Step) -> dict[str, object] | None:
    made: dict[str, object] = {
        "type": "conversation_part",
        "id": f"{scenario.id}{number}"
        if number % 2
        else int(scenario.id) * 10 + number,
        "part_type": "note" if step.kind == "note" else "comment",
        "body": f"<p>{step.text}</p>",
        "created_at": scenario.at(step).timestamp(),
        "author": AUTHORS.get(step.kind, AUTHORS["bot"]),
        "attachments": [],
        "redacted": False,
    }
    if step.kind in ASSIGNED:
        to = ASSIGNED[step.kind]
        return {**made, "part_type": "assignment", "body": None, "assigned_to": to}
    if step.kind not in AUTHORS:
        return None
    if step.choices:
        options = [{"text": one, "uuid": f"uuid {one}"} for one in step.choices]
        made["metadata"] = {"quick_reply_options": options}
    if step.kind == "click":
        made["metadata"] = {"quick_reply_uuid": f"uuid {step.text}"}
    return made


def conversation(scenario: Scenario) -> dict[str, object]:
    numbered = enumerate(scenario.steps)
    parts = [
        made for number, step in numbered if (made := part(scenario, number, step))
    ]
    source = {**parts.pop(0), "type": "conversation", "part_type": None}
    ratings = [step for step in scenario.steps if step.kind == "rating"]
    return {
        "type": "conversation",
        "id": int(scenario.id) if scenario.id.endswith("1") else scenario.id,
        "created_at": source.pop("created_at"),
        "source": source,
        "state": "closed",
        "open": False,
        "contacts": {"type": "contact.list", "contacts": [{"id": "c-1"}]},
        "conversation_rating": {
            "rating": ratings[0].value,
            "remark": ratings[0].text,
            "created_at": scenario.at(ratings[0]).timestamp(),
        }
        if ratings
        else None,
        "ai_agent_participated": True,
        "conversation_parts": {
            "type": "conversation_part.list",
            "conversation_parts": parts,
            "total_count": len(parts),
        },
    }


def lines(scenarios: Sequence[Scenario]) -> bytes:
    return "\n".join(json.dumps(conversation(one)) for one in scenarios).encode()


def page(scenarios: Sequence[Scenario]) -> bytes:
    found = [conversation(one) for one in scenarios]
    return json.dumps({"type": "conversation.list", "conversations": found}).encode()


def webhooks(scenarios: Sequence[Scenario]) -> bytes:
    """Tell each part in a call of its own, with the conversation that it is part of."""
    calls = []
    for scenario in scenarios:
        whole = conversation(scenario)
        parts = whole["conversation_parts"]["conversation_parts"]
        for one in parts:
            held = {**whole, "conversation_parts": {"conversation_parts": [one]}}
            call = {"type": "notification_event", "topic": "conversation.admin.replied"}
            calls.append({**call, "data": {"type": "x", "item": held}})
    return "\n".join(map(json.dumps, calls)).encode()


SHAPES = (
    Shape("intercom API", "intercom", lines, TOLD),
    Shape("intercom page", "intercom", page, TOLD),
    Shape("intercom webhooks", "intercom", webhooks, TOLD),
)
