"""Scenarios as Freshdesk tells them: tickets with their conversations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import Fact, Scenario, Shape, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

TOLD: frozenset[Fact] = frozenset(
    {"times", "agents", "language", "channel"} | {"bot_times", "guess", "after_handoff"}
)
AUTHORS = {
    "user": (True, 1, 1101),
    "click": (True, 1, 1101),
    "bot": (False, 5, None),
    "agent": (False, 3, 510),
    "note": (False, 2, 510),
}


def reply(scenario: Scenario, number: int, step: Step) -> dict[str, object] | None:
    if step.kind not in AUTHORS:
        return None
    incoming, category, author = AUTHORS[step.kind]
    return {
        "id": int(scenario.id) * 100 + number,
        "ticket_id": int(scenario.id),
        "body": f"<div>{step.text}</div>",
        "body_text": step.text,
        "incoming": incoming,
        "private": step.kind == "note",
        "category": category,
        "user_id": author,
        "created_at": scenario.at(step).isoformat(),
        "attachments": [],
    }


def whole(scenario: Scenario) -> tuple[dict[str, object], list[dict[str, object]]]:
    told = (reply(scenario, *numbered) for numbered in enumerate(scenario.steps))
    ticket = {
        "id": int(scenario.id),
        "subject": "Chat",
        "description_text": "Chat",
        "source": 15,
        "status": 5,
        "requester_id": 1101,
        "requester": {"id": 1101, "language": scenario.language},
        "created_at": scenario.start.isoformat(),
    }
    return ticket, [one for one in told if one is not None]


def beside(scenarios: Sequence[Scenario]) -> bytes:
    """Tell an array of tickets, each beside its conversations."""
    found = [
        dict(zip(("ticket", "conversations"), whole(one), strict=True))
        for one in scenarios
    ]
    return json.dumps(found).encode()


def inside(scenarios: Sequence[Scenario]) -> bytes:
    """Tell tickets that hold their conversations, one a line."""
    told = ((ticket, replies) for ticket, replies in map(whole, scenarios))
    lines = [{**ticket, "conversations": replies} for ticket, replies in told]
    return "\n".join(map(json.dumps, lines)).encode()


SHAPES = (
    Shape("freshdesk beside", "freshdesk", beside, TOLD),
    Shape("freshdesk inside", "freshdesk", inside, TOLD),
)
