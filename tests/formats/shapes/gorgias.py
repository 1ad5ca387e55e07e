"""Scenarios as Gorgias tells them: tickets, and pages of messages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import ALL, Scenario, Shape, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

# A tag tells the hand-off, without its time: `test_desks.py` says where it is put.
TOLD = ALL - {"fallback", "confidence", "intent", "requested", "accepted"}
SENDERS = {
    "user": (False, "gorgias_chat", None),
    "click": (False, "gorgias_chat", None),
    "bot": (True, "api", 55),
    "agent": (True, "helpdesk", None),
    "note": (True, "helpdesk", None),
}


def message(scenario: Scenario, number: int, step: Step) -> dict[str, object] | None:
    if step.kind not in SENDERS:
        return None
    from_agent, via, rule_id = SENDERS[step.kind]
    return {
        "id": int(scenario.id) * 100 + number,
        "ticket_id": int(scenario.id),
        "channel": "internal-note" if step.kind == "note" else "chat",
        "via": via,
        "from_agent": from_agent,
        "rule_id": rule_id,
        "public": step.kind != "note",
        "body_text": f"{step.text}\n> quoted",
        "body_html": f"<div>{step.text}</div>",
        "stripped_text": step.text,
        "sender": {"id": 7 if rule_id else 21, "name": "Bot" if rule_id else ""},
        "attachments": [],
        "meta": {"buttons": list(step.choices)} if step.choices else None,
        "created_datetime": scenario.at(step).isoformat(),
    }


def messages(scenario: Scenario) -> list[dict[str, object]]:
    told = (message(scenario, *numbered) for numbered in enumerate(scenario.steps))
    return [one for one in told if one is not None]


def ticket(scenario: Scenario) -> dict[str, object]:
    ratings = [step for step in scenario.steps if step.kind == "rating"]
    return {
        "id": int(scenario.id),
        "uri": f"/api/tickets/{scenario.id}/",
        "channel": "chat",
        "status": "closed",
        "language": scenario.language,
        "customer": {"id": 9001},
        "assignee_team": None,
        "tags": [{"id": 1, "name": "vip"}],
        "satisfaction_survey": {
            "score": ratings[0].value,
            "body_text": ratings[0].text or None,
            "scored_datetime": scenario.at(ratings[0]).isoformat(),
        }
        if ratings
        else None,
        "messages": messages(scenario),
    }


def lines(scenarios: Sequence[Scenario]) -> bytes:
    return "\n".join(json.dumps(ticket(one)) for one in scenarios).encode()


def page(scenarios: Sequence[Scenario]) -> bytes:
    """Tell a page of tickets, the messages newest first."""
    found = [{**ticket(one), "messages": messages(one)[::-1]} for one in scenarios]
    return json.dumps({"object": "list", "data": found}).encode()


SHAPES = (
    Shape("gorgias tickets", "gorgias", lines, TOLD),
    Shape("gorgias page", "gorgias", page, TOLD),
)
