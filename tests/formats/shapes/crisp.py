"""Scenarios as Crisp tells them: pages of messages, and webhooks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import ALL, Scenario, Shape, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

HOOKS = ALL - {"fallback", "confidence", "intent", "accepted", "language"}
PAGES = HOOKS - {"rating", "comment"} | {"language"}
FROM = {
    "user": ("user", False, "visitor"),
    "click": ("user", False, "visitor"),
    "bot": ("operator", True, "plugin-bot"),
    "requested": ("operator", True, "plugin-bot"),
    "agent": ("operator", False, "ann"),
    "note": ("operator", False, "ann"),
}


def message(scenario: Scenario, number: int, step: Step) -> dict[str, object] | None:
    if step.kind not in FROM:
        return None
    sender, automated, user = FROM[step.kind]
    made: dict[str, object] = {
        "session_id": scenario.id,
        "website_id": "w-1",
        "fingerprint": int(scenario.id) * 100 + number,
        "timestamp": int(scenario.at(step).timestamp() * 1000),
        "type": "note" if step.kind == "note" else "text",
        "origin": "chat",
        "from": sender,
        "content": step.text,
        "automated": automated,
        "user": {"user_id": user, "nickname": user},
    }
    if step.kind == "requested":
        return {**made, "type": "event", "content": {"namespace": "state:pending"}}
    if step.choices:
        clicked = [one.text for one in scenario.steps if one.kind == "click"]
        choices = [
            {"value": f"v {one}", "label": one, "selected": one in clicked}
            for one in step.choices
        ]
        content = {"id": "p", "text": step.text, "choices": choices}
        return {**made, "type": "picker", "content": content}
    return made


def messages(scenario: Scenario) -> list[dict[str, object]]:
    told = (message(scenario, *numbered) for numbered in enumerate(scenario.steps))
    return [one for one in told if one is not None]


def pages(scenarios: Sequence[Scenario]) -> bytes:
    lines = [
        {
            "error": False,
            "reason": "listed",
            "conversation": {
                "session_id": one.id,
                "website_id": "w-1",
                "state": "resolved",
                "meta": {"device": {"locales": [one.language]}},
            },
            "data": messages(one),
        }
        for one in scenarios
    ]
    return "\n".join(map(json.dumps, lines)).encode()


def webhooks(scenarios: Sequence[Scenario]) -> bytes:
    calls = []
    for scenario in scenarios:
        for one in messages(scenario):
            kind = "message:send" if one["from"] == "user" else "message:received"
            calls.append(call(kind, one, one["timestamp"]))
        for step in scenario.steps:
            at = int(scenario.at(step).timestamp() * 1000)
            about: dict[str, object] = {"session_id": scenario.id}
            if step.kind == "rating":
                about["rating"] = {"stars": step.value, "comment": step.text}
                calls.append(call("session:sync:rating", about, at))
            elif step.kind == "typing":
                calls.append(call("message:compose:send", about, at))
    calls.sort(key=lambda one: one["timestamp"])
    return "\n".join(map(json.dumps, calls)).encode()


def call(kind: str, data: dict[str, object], at: int) -> dict[str, object]:
    return {"website_id": "w-1", "event": kind, "data": data, "timestamp": at}


SHAPES = (
    Shape("crisp pages", "crisp", pages, PAGES),
    Shape("crisp webhooks", "crisp", webhooks, HOOKS),
)
