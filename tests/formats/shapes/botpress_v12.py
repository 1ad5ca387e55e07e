"""Scenarios as the `events` table of Botpress v12 tells them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import ALL, Scenario, Shape, Step
from tests.formats.turns import heard

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOLD = ALL - {"requested", "accepted", "rating", "comment", "guess"}
KINDS = {"click": "quick_reply", "typing": "typing"}


def row(scenario: Scenario, number: int, step: Step) -> dict[str, object]:
    is_customer = step.kind in ("user", "click", "typing")
    kind = KINDS.get(step.kind, "single-choice" if step.choices else "text")
    at = scenario.at(step).isoformat().replace("+00:00", "Z")
    payload: dict[str, object] = {"type": kind, "text": step.text}
    if step.choices:
        payload["choices"] = [{"title": x, "value": f"v-{x}"} for x in step.choices]
    if step.kind == "click":
        payload["payload"] = f"v-{step.text}"
    if step.kind == "agent":
        payload["agentId"] = "a-7"
    event = {
        "type": kind,
        "direction": "incoming" if is_customer else "outgoing",
        "createdOn": at,
        "payload": payload,
    }
    if is_customer:
        event["nlu"] = nlu(scenario, heard(scenario, step))
    return {
        "id": f"{scenario.id}{number}",
        "messageId": f"m-{scenario.id}-{number}",
        "botId": "support",
        "channel": "web",
        "threadId": scenario.id,
        "target": "u-1",
        "direction": event["direction"],
        "feedback": None,
        "event": event,
        "createdOn": at,
    }


def nlu(scenario: Scenario, answer: Step) -> dict[str, object]:
    found = {"name": answer.intent, "confidence": answer.confidence}
    none = {"name": "none", "confidence": 0.6}
    intent = none if answer.fallback else found
    return {"language": scenario.language, "errored": False, "intent": intent}


def events(scenarios: Sequence[Scenario]) -> Iterator[dict[str, object]]:
    for scenario in scenarios:
        for number, step in enumerate(scenario.steps):
            if step.kind in ("user", "click", "bot", "agent", "typing"):
                yield row(scenario, number, step)


def lines(scenarios: Sequence[Scenario]) -> bytes:
    return "\n".join(map(json.dumps, events(scenarios))).encode()


def table(scenarios: Sequence[Scenario]) -> bytes:
    sink = io.StringIO()
    names = (
        "id messageId botId channel threadId target direction feedback event createdOn"
    )
    writer = csv.DictWriter(sink, names.split())
    writer.writeheader()
    for one in events(scenarios):
        writer.writerow({**one, "event": json.dumps(one["event"])})
    return sink.getvalue().encode()


SHAPES = (
    Shape("botpress v12 rows", "botpress_v12", lines, TOLD),
    Shape("botpress v12 CSV", "botpress_v12", table, TOLD),
)
