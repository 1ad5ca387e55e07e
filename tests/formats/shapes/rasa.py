"""Scenarios as Rasa tells them: tracker, event broker, SQL table, Botfront."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import ALL, Scenario, Shape, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COLUMNS = "id sender_id type_name timestamp intent_name action_name data"
TOLD = ALL - {"accepted", "comment", "channel", "language"}


def payload(title: str) -> str:
    return "/" + title.lower().replace(" ", "_")


def events(scenario: Scenario) -> Iterator[dict[str, object]]:
    """Tell the steps as events; what the bot understood stands with the customer's."""
    yield event(scenario, scenario.steps[0], "action", name="action_session_start")
    yield event(scenario, scenario.steps[0], "session_started")
    for index, step in enumerate(scenario.steps):
        heard = next((one for one in scenario.steps[index:] if one.kind == "bot"), step)
        yield from told(scenario, step, heard)


def event(
    scenario: Scenario, step: Step, kind: str, **more: object
) -> dict[str, object]:
    return {"event": kind, "timestamp": scenario.at(step).timestamp(), **more}


def told(scenario: Scenario, step: Step, heard: Step) -> Iterator[dict[str, object]]:
    if step.kind in ("user", "click"):
        text = payload(step.text) if step.kind == "click" else step.text
        guess = {"name": heard.intent, "confidence": heard.confidence}
        failed = {"name": "nlu_fallback", "confidence": 0.7}
        parsed = {
            "intent": failed if heard.fallback else guess,
            "intent_ranking": [failed, guess] if heard.fallback else [guess],
        }
        yield event(scenario, step, "user", text=text, parse_data=parsed)
    elif step.kind == "bot":
        buttons = [{"title": one, "payload": payload(one)} for one in step.choices]
        yield event(scenario, step, "action", name="utter_x")
        yield event(
            scenario, step, "bot", text=step.text, data={"buttons": buttons or None}
        )
        yield event(scenario, step, "action", name="action_listen")
    elif step.kind == "agent":
        yield event(scenario, step, "agent", text=step.text)
    elif step.kind == "requested":
        yield event(scenario, step, "pause")
    elif step.kind == "rating":
        yield event(scenario, step, "slot", name="csat", value=step.value)


def trackers(scenarios: Sequence[Scenario]) -> bytes:
    found = [{"sender_id": one.id, "events": [*events(one)]} for one in scenarios]
    return "\n".join(json.dumps(one, indent=1) for one in found).encode()


def broker(scenarios: Sequence[Scenario]) -> bytes:
    """Tell all events as they come: those of several conversations in turn."""
    lines = [
        {**one, "sender_id": scenario.id}
        for scenario in scenarios
        for one in events(scenario)
    ]
    lines.sort(key=lambda line: line["timestamp"] % 300)
    lines.sort(key=lambda line: line["timestamp"])
    return "\n".join(map(json.dumps, lines)).encode()


def table(scenarios: Sequence[Scenario]) -> bytes:
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(
        [
            "id",
            "sender_id",
            "type_name",
            "timestamp",
            "intent_name",
            "action_name",
            "data",
        ]
    )
    for scenario in scenarios:
        for one in events(scenario):
            row = (1, scenario.id, one["event"], one["timestamp"], "", "")
            writer.writerow([*row, json.dumps(one)])
    return sink.getvalue().encode()


def botfront(scenarios: Sequence[Scenario]) -> bytes:
    found = [
        {
            "_id": one.id,
            "language": one.language,
            "tracker": {"sender_id": one.id, "events": [*events(one)]},
        }
        for one in scenarios
    ]
    return json.dumps(found).encode()


SHAPES = (
    Shape("rasa trackers", "rasa", trackers, TOLD),
    Shape("rasa event broker", "rasa", broker, TOLD),
    Shape("rasa SQL table", "rasa", table, TOLD),
    Shape("rasa Botfront", "rasa", botfront, TOLD | {"language"}),
)
