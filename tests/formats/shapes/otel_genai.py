"""Scenarios as OpenTelemetry spans and log records, in OTLP JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import ALL, Scenario, Shape
from tests.formats.turns import Turn, turns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOLD = ALL - {
    "choices", "clicks", "agents", "fallback", "confidence", "intent", "guess",
    "requested", "accepted", "after_handoff", "language", "channel",
}  # fmt: skip


def attributes(named: dict[str, object]) -> list[dict[str, object]]:
    def typed(value: object) -> dict[str, object]:
        if isinstance(value, int | float):
            return {"doubleValue": value}
        return {"stringValue": value}

    return [{"key": name, "value": typed(value)} for name, value in named.items()]


def nanoseconds(scenario: Scenario, seconds: float) -> str:
    return str(int((scenario.start.timestamp() + seconds) * 1000) * 1_000_000)


def said(role: str, words: str) -> dict[str, object]:
    return {"role": role, "parts": [{"type": "text", "content": words}]}


def span(
    scenario: Scenario, number: int, turn: Turn, history: Sequence[object]
) -> dict[str, object]:
    answer = turn.answered or scenario.steps[0]
    first = turn.asked or answer
    named = {
        "gen_ai.operation.name": "chat",
        "gen_ai.conversation.id": scenario.id,
        "gen_ai.agent.name": "support",
        "gen_ai.input.messages": json.dumps(history),
        "gen_ai.output.messages": json.dumps([said("assistant", answer.text)]),
    }
    return {
        "traceId": f"{scenario.id}{number:02}",
        "spanId": f"{number:02}",
        "name": "chat",
        "startTimeUnixNano": nanoseconds(scenario, first.at),
        "endTimeUnixNano": nanoseconds(scenario, answer.at),
        "attributes": attributes(named),
    }


def spans(scenario: Scenario) -> Iterator[dict[str, object]]:
    history = [said("system", "be kind")]
    made: dict[str, object] = {}
    for number, turn in enumerate(turns(scenario)):
        if turn.asked:
            history.append(said("user", turn.asked.text))
        made = span(scenario, number, turn, history)
        yield made
        yield tool(made)
        if turn.answered:
            history.append(said("assistant", turn.answered.text))


def tool(made: dict[str, object]) -> dict[str, object]:
    """Tell a call of a tool, inside the call of the model."""
    named = {"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "look_up"}
    inside = {"spanId": "ff", "parentSpanId": made["spanId"]}
    return {**made, **inside, "attributes": attributes(named)}


def evaluations(scenario: Scenario) -> Iterator[dict[str, object]]:
    for step in scenario.steps:
        if step.kind == "rating":
            named = {
                "gen_ai.evaluation.name": "csat",
                "gen_ai.evaluation.score.value": step.value,
                "gen_ai.evaluation.explanation": step.text,
                "gen_ai.conversation.id": scenario.id,
            }
            yield {
                "timeUnixNano": nanoseconds(scenario, step.at),
                "eventName": "gen_ai.evaluation.result",
                "attributes": attributes(named),
            }


def batch(scenarios: Sequence[Scenario]) -> bytes:
    """Tell one batch; the rating is an event of the last span."""
    found = []
    for one in scenarios:
        made = [*spans(one)]
        events = [{**each, "name": each["eventName"]} for each in evaluations(one)]
        found += [*made[:-2], {**made[-2], "events": events}, made[-1]]
    resource = {"attributes": attributes({"service.name": "shop"})}
    scopes = [{"scope": {"name": "demo"}, "spans": found}]
    return json.dumps(
        {"resourceSpans": [{"resource": resource, "scopeSpans": scopes}]}, indent=1
    ).encode()


def lines(scenarios: Sequence[Scenario]) -> bytes:
    """Tell what the collector writes: a batch a line, spans and logs."""
    found = []
    for one in scenarios:
        for made in spans(one):
            found.append({"resourceSpans": [{"scopeSpans": [{"spans": [made]}]}]})
        records = [*evaluations(one)]
        found.append({"resourceLogs": [{"scopeLogs": [{"logRecords": records}]}]})
    return "\n".join(map(json.dumps, found)).encode()


SHAPES = (
    Shape("otel batch", "otel_genai", batch, TOLD),
    Shape("otel lines", "otel_genai", lines, TOLD),
)
