"""Scenarios as Chatwoot tells them: conversations of the API, and webhooks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import ALL, Scenario, Shape, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

TOLD = ALL - {"fallback", "confidence", "intent"}
SENDERS = {
    "user": ("Contact", "contact", 0),
    "click": ("Contact", "contact", 0),
    "bot": ("AgentBot", "agent_bot", 1),
    "agent": ("User", "user", 1),
    "note": ("User", "user", 1),
}
ACTIVITIES = {
    "requested": "Conversation was marked open by SupportBot",
    "accepted": "Assigned to Ann by Ann",
}
WORDS = ("incoming", "outgoing", "activity", "template")


def message(scenario: Scenario, number: int, step: Step) -> dict[str, object] | None:
    """Tell a step as a message of the API; None for what Chatwoot does not keep."""
    made: dict[str, object] = {
        "id": int(scenario.id) * 1000 + number,
        "conversation_id": int(scenario.id),
        "account_id": 1,
        "created_at": scenario.at(step).timestamp(),
        "private": step.kind == "note",
        "content": step.text,
        "content_type": "text",
        "content_attributes": {},
        "message_type": 2,
    }
    if step.kind in ACTIVITIES:
        return {**made, "content": ACTIVITIES[step.kind]}
    if step.kind == "rating":
        answer = {"rating": step.value, "feedback_message": step.text}
        attributes = {"submitted_values": {"csat_survey_response": answer}}
        made |= {"content": "Please rate", "content_type": "input_csat"}
        return {**made, "message_type": 3, "content_attributes": attributes}
    if step.kind not in SENDERS:
        return None
    sender_type, kind, message_type = SENDERS[step.kind]
    sender = {"id": kind, "name": "", "type": kind}
    made |= {"sender_type": sender_type, "sender": sender, "message_type": message_type}
    if step.choices:
        clicked = [one.text for one in scenario.steps if one.kind == "click"]
        items = [{"title": one, "value": one} for one in step.choices]
        picked = [one for one in items if one["title"] in clicked]
        made["content_type"] = "input_select"
        made["content_attributes"] = {"items": items, "submitted_values": picked}
    return made


def messages(scenario: Scenario) -> list[dict[str, object]]:
    numbered = enumerate(scenario.steps)
    made = (message(scenario, number, step) for number, step in numbered)
    return [one for one in made if one is not None]


def about(scenario: Scenario) -> dict[str, object]:
    return {
        "id": int(scenario.id),
        "account_id": 1,
        "inbox_id": 2,
        "status": "resolved",
        "channel": "Channel::WebWidget",
        "additional_attributes": {"browser_language": scenario.language},
    }


def conversations(scenarios: Sequence[Scenario]) -> bytes:
    """Tell a page of the API, the messages newest first."""
    found = [{**about(one), "messages": messages(one)[::-1]} for one in scenarios]
    page = {"meta": {"all_count": len(found)}, "payload": found}
    return json.dumps({"data": page}).encode()


def webhooks(scenarios: Sequence[Scenario]) -> bytes:
    """Tell webhooks of several conversations in turn, some of them delivered twice."""
    lines = []
    for scenario in scenarios:
        for one in messages(scenario):
            said = {
                **{name: told for name, told in one.items() if name != "sender_type"},
                "event": "message_created",
                "message_type": WORDS[one["message_type"]],
                "conversation": about(scenario),
                "account": {"id": 1},
            }
            lines += [said] * (1 + one["id"] % 2)
    lines.sort(key=lambda line: line["id"] % 1000)
    return "\n".join(map(json.dumps, lines)).encode()


SHAPES = (
    Shape("chatwoot API", "chatwoot", conversations, TOLD),
    Shape("chatwoot webhooks", "chatwoot", webhooks, TOLD),
)
