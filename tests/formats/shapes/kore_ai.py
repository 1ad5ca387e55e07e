"""Scenarios as Kore.ai tells them: messages of the conversation history."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import ALL, Scenario, Shape, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOLD = ALL - {"requested", "accepted", "rating", "comment", "guess"}
AUTHORS = {"user": "USER", "click": "USER", "bot": "BOT", "agent": "AGENT"}


def words(step: Step) -> str:
    if step.kind == "click":
        return f"v-{step.text}"
    if not step.choices:
        return step.text
    replies = [{"title": one, "payload": f"v-{one}"} for one in step.choices]
    shown = {"template_type": "quick_replies", "text": step.text}
    payload = {**shown, "quick_replies": replies}
    return json.dumps({"type": "template", "payload": payload})


def tags(step: Step) -> Iterator[dict[str, object]]:
    if step.fallback:
        yield {"name": "fallback", "value": "true"}
    elif step.intent:
        yield {"name": "intent", "value": step.intent}
        yield {"name": "confidence", "value": str(step.confidence)}


def message(scenario: Scenario, number: int, step: Step) -> dict[str, object]:
    is_customer = step.kind in ("user", "click")
    return {
        "_id": f"ms-{scenario.id}-{number}",
        "type": "incoming" if is_customer else "outgoing",
        "createdOn": scenario.at(step).isoformat().replace("+00:00", "Z"),
        "botId": "st-1",
        "sessionId": scenario.id,
        "lang": scenario.language,
        "chnl": "rtm",
        "components": [{"cT": "text", "data": {"text": words(step)}}],
        "author": {"type": AUTHORS[step.kind]},
        "tags": {"messageTags": [*tags(step)], "userTags": [], "sessionTags": []},
    }


def history(scenarios: Sequence[Scenario]) -> bytes:
    found = [
        message(one, number, step)
        for one in scenarios
        for number, step in enumerate(one.steps)
        if step.kind in AUTHORS
    ]
    page = {"total": len(found), "moreAvailable": False, "messages": found}
    return json.dumps(page, indent=1).encode()


SHAPES = (Shape("kore.ai history", "kore_ai", history, TOLD),)
