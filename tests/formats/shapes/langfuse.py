"""Scenarios as Langfuse traces: plain words, or the history at each turn."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import ALL, Scenario, Shape
from tests.formats.turns import Turn, turns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOLD = ALL - {
    "choices", "clicks", "agents", "requested", "accepted", "after_handoff",
}  # fmt: skip
NAMES = (
    "id timestamp name sessionId userId input output metadata release latency scores"
)


def trace(scenario: Scenario, number: int, turn: Turn) -> dict[str, object]:
    answer = turn.answered or scenario.steps[0]
    first = turn.asked or answer
    about = {"language": scenario.language, "channel": scenario.channel}
    if answer.intent:
        about |= {"intent": answer.intent, "confidence": answer.confidence}
    if answer.fallback:
        about["fallback"] = True
    return {
        "id": f"{scenario.id}-{number}",
        "timestamp": scenario.at(first).isoformat().replace("+00:00", "Z"),
        "name": "turn",
        "sessionId": scenario.id,
        "input": first.text if turn.asked else None,
        "output": answer.text,
        "metadata": about,
        "release": "1.4.2",
        "latency": answer.at - first.at,
        "scores": [],
    }


def scores(scenario: Scenario) -> Iterator[dict[str, object]]:
    yield {"id": f"j-{scenario.id}", "name": "helpfulness", "value": 0.2}
    for step in scenario.steps:
        if step.kind == "rating":
            yield {
                "id": f"s-{scenario.id}",
                "name": "user-feedback",
                "value": step.value,
                "dataType": "NUMERIC",
                "comment": step.text or None,
                "timestamp": scenario.at(step).isoformat(),
            }


def traces(scenario: Scenario) -> list[dict[str, object]]:
    made = [trace(scenario, *pair) for pair in enumerate(turns(scenario))]
    made[-1]["scores"] = [*scores(scenario)]
    return made


def page(scenarios: Sequence[Scenario]) -> bytes:
    """Tell a page of the API, newest first."""
    found = [made for one in scenarios for made in traces(one)][::-1]
    return json.dumps({"data": found, "meta": {"page": 1}}).encode()


def histories(scenarios: Sequence[Scenario]) -> bytes:
    """Tell what an application gives to its model: all that was said before."""
    lines = []
    for one in scenarios:
        said: list[dict[str, object]] = [{"role": "system", "content": "be kind"}]
        for made in traces(one):
            if made["input"]:
                said = [*said, {"role": "user", "content": made["input"]}]
            answer = {"role": "assistant", "content": made["output"]}
            lines.append({**made, "input": {"messages": said}, "output": answer})
            said = [*said, answer]
    return "\n".join(map(json.dumps, lines)).encode()


def table(scenarios: Sequence[Scenario]) -> bytes:
    sink = io.StringIO()
    writer = csv.DictWriter(sink, NAMES.split())
    writer.writeheader()
    for one in scenarios:
        for made in traces(one):
            packed = {name: json.dumps(made[name]) for name in ("metadata", "scores")}
            writer.writerow({**made, **packed, "output": json.dumps(made["output"])})
    return sink.getvalue().encode()


SHAPES = (
    Shape("langfuse page", "langfuse", page, TOLD),
    Shape("langfuse histories", "langfuse", histories, TOLD),
    Shape("langfuse CSV", "langfuse", table, TOLD),
)
