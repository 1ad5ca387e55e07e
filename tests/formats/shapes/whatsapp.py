"""Scenarios as the WhatsApp Cloud API tells them: the customer's side only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec.structs import replace

from jauge.importers.whatsapp import UNAVAILABLE
from jauge.model.conversation import Message, Role
from tests.formats.scenarios import Fact, Scenario, Shape, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jauge.model.conversation import Event

FACTS = {"channel": "whatsapp", "unavailable": UNAVAILABLE}
TOLD: frozenset[Fact] = frozenset(
    {"times", "clicks", "agents", "bot_times", "guess", "after_handoff"}
)
NUMBER = {"display_phone_number": "33100000000", "phone_number_id": "100000000000001"}


def change(scenario: Scenario, number: int, step: Step) -> dict[str, object] | None:
    made: dict[str, object] = {
        "id": f"wamid.{scenario.id}.{number}",
        "timestamp": f"{scenario.at(step).timestamp():.0f}",
    }
    if step.kind == "bot":
        sent = {**made, "recipient_id": scenario.id}
        states = [{**sent, "status": word} for word in ("sent", "delivered", "read")]
        return {"statuses": states}
    if step.kind == "user":
        said = {
            **made,
            "from": scenario.id,
            "type": "text",
            "text": {"body": step.text},
        }
        return {"messages": [said]}
    if step.kind == "click":
        reply = {
            "type": "button_reply",
            "button_reply": {"id": "X", "title": step.text},
        }
        taken = {
            **made,
            "from": scenario.id,
            "type": "interactive",
            "interactive": reply,
        }
        return {"messages": [taken]}
    if step.kind == "agent":
        typed = {**made, "to": scenario.id, "type": "text", "text": {"body": step.text}}
        return {"message_echoes": [typed]}
    return None


def wordless(event: Event) -> Event:
    """Leave of what the bot wrote that it was sent, and of times the seconds."""
    at = event.at.replace(microsecond=0)
    if isinstance(event, Message) and event.role is Role.BOT:
        return Message(role=Role.UNKNOWN, at=at)
    return replace(event, at=at)


def calls(scenarios: Sequence[Scenario]) -> bytes:
    """Tell two changes a call, of two customers where one ends."""
    told = [
        {"field": "messages", "value": {"metadata": NUMBER, **made}}
        for scenario in scenarios
        for number, step in enumerate(scenario.steps)
        if (made := change(scenario, number, step)) is not None
    ]
    pairs = [told[place : place + 2] for place in range(0, len(told), 2)]
    lines = [
        {"object": "whatsapp_business_account", "entry": [{"id": "2", "changes": pair}]}
        for pair in pairs
    ]
    return "\n".join(map(json.dumps, lines)).encode()


SHAPES = (Shape("whatsapp webhooks", "whatsapp", calls, TOLD, FACTS, wordless),)
