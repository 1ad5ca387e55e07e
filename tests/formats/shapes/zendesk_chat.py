"""Scenarios as the Chat API of Zendesk tells them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import ALL, Scenario, Shape, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

# A rating is good or bad there: `test_desks.py` says how it is read.
TOLD = ALL - {
    "fallback", "confidence", "intent", "language", "requested", "rating", "comment",
}  # fmt: skip
NICKS = {
    "user": "visitor",
    "click": "visitor",
    "bot": "agent:trigger",
    "agent": "agent:360786799676",
    "accepted": "agent:360786799676",
}


def entry(scenario: Scenario, number: int, step: Step) -> dict[str, object] | None:
    if step.kind not in NICKS:
        return None
    made: dict[str, object] = {
        "timestamp": scenario.at(step).isoformat().replace("+00:00", "Z"),
        "msg_id": f"{scenario.id}{number}",
        "channel": "#chat",
        "nick": NICKS[step.kind],
        "name": "",
    }
    if step.kind == "accepted":
        return {**made, "type": "chat.memberjoin"}
    said = {"type": "chat.msg", "msg": step.text, "options": "/".join(step.choices)}
    return {**made, **said}


def chat(scenario: Scenario) -> dict[str, object]:
    told = (entry(scenario, *numbered) for numbered in enumerate(scenario.steps))
    return {
        "id": scenario.id,
        "type": "chat",
        "timestamp": scenario.start.isoformat(),
        "visitor": {"id": "3.45678", "name": "Visitor"},
        "history": [
            {
                "type": "chat.memberjoin",
                "nick": "visitor",
                "timestamp": scenario.start.isoformat(),
            },
            *filter(None, told),
        ],
        "rating": None,
        "comment": None,
        "department_name": None,
    }


def page(scenarios: Sequence[Scenario]) -> bytes:
    chats = [chat(one) for one in scenarios]
    return json.dumps({"chats": chats, "count": len(chats), "next_page": None}).encode()


def asked_by_id(scenarios: Sequence[Scenario]) -> bytes:
    docs = {one.id: chat(one) for one in scenarios}
    return json.dumps({"count": len(docs), "docs": docs}).encode()


def connector(scenarios: Sequence[Scenario]) -> bytes:
    lines = [{"stream": "chats", "data": chat(one)} for one in scenarios]
    return "\n".join(map(json.dumps, lines)).encode()


SHAPES = (
    Shape("zendesk chat page", "zendesk_chat", page, TOLD),
    Shape("zendesk chat by id", "zendesk_chat", asked_by_id, TOLD),
    Shape("zendesk chat connector", "zendesk_chat", connector, TOLD),
)
