"""Scenarios as Dialogflow CX tells them: history, and rows of BigQuery."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import ALL, Scenario, Shape, Step
from tests.formats.turns import Turn, turns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOLD = ALL - {"bot_times", "after_handoff", "requested", "agents", "rating", "comment"}
AGENT = "projects/p/locations/europe-west1/agents/a-1"
COLUMNS = "project_id agent_id conversation_name turn_position request_time language_code request response bot_answer_feedback"  # noqa: E501 - as the table has it


def name(scenario: Scenario) -> str:
    return f"{AGENT}/conversations/{scenario.id}"


def match(answer: Step) -> dict[str, object]:
    if answer.fallback:
        return {"matchType": "NO_MATCH", "confidence": 0.3}
    found = {"matchType": "INTENT", "confidence": answer.confidence}
    return {**found, "intent": {"displayName": answer.intent}}


def interaction(scenario: Scenario, number: int, turn: Turn) -> dict[str, object]:
    answer = turn.answered or scenario.steps[0]
    first = turn.asked or answer
    query = {"text": {"text": first.text}} if turn.asked else {"event": {"event": "hi"}}
    said = [{"text": {"text": [answer.text]}, "source": "VIRTUAL_AGENT"}]
    if answer.choices:
        chips = {"type": "chips", "options": [{"text": one} for one in answer.choices]}
        said.append({"payload": {"richContent": [[chips]]}})
    result = {"languageCode": scenario.language, "responseMessages": said}
    made = {
        "request": {"queryInput": query, "queryParams": {"channel": "DF_MESSENGER"}},
        "response": {
            "responseId": f"{scenario.id}-{number}",
            "queryResult": {**result, "match": match(answer) if turn.asked else {}},
        },
        "createTime": scenario.at(first).isoformat().replace("+00:00", "Z"),
    }
    if answer.fallback:
        guess = {"intentDisplayName": answer.intent, "score": answer.confidence}
        made["missingTransition"] = guess
    return made


def interactions(scenario: Scenario) -> Iterator[dict[str, object]]:
    for number, turn in enumerate(turns(scenario)):
        yield interaction(scenario, number, turn)
    for step in scenario.steps:
        if step.kind == "accepted":
            query = {"event": {"event": "agent-joined"}}
            taken = [{"liveAgentHandoff": {"metadata": {"queue": "tier1"}}}]
            yield {
                "request": {"queryInput": query},
                "response": {"queryResult": {"responseMessages": taken}},
                "createTime": scenario.at(step).isoformat(),
            }


def history(scenarios: Sequence[Scenario]) -> bytes:
    """Tell conversations, the interactions newest first."""
    found = [
        {
            "name": name(one),
            "type": "TEXT",
            "languageCode": one.language,
            "interactions": [*interactions(one)][::-1],
        }
        for one in scenarios
    ]
    return json.dumps({"conversations": found}, indent=1).encode()


def log(scenario: Scenario) -> Iterator[dict[str, object]]:
    for position, one in enumerate(interactions(scenario), 1):
        at = str(one["createTime"]).replace("T", " ").removesuffix("Z").split("+")[0]
        yield {
            "project_id": "p",
            "agent_id": "a-1",
            "conversation_name": name(scenario),
            "turn_position": position,
            "request_time": f"{at} UTC",
            "language_code": scenario.language,
            "request": json.dumps(one["request"]),
            "response": json.dumps(one["response"]),
            "bot_answer_feedback": None,
        }


def lines(scenarios: Sequence[Scenario]) -> bytes:
    """Tell the rows of all conversations in the order of time, newest first."""
    found = [row for one in scenarios for row in log(one)]
    found.sort(key=lambda row: row["request_time"], reverse=True)
    return "\n".join(map(json.dumps, found)).encode()


def table(scenarios: Sequence[Scenario]) -> bytes:
    sink = io.StringIO()
    writer = csv.DictWriter(sink, COLUMNS.split())
    writer.writeheader()
    writer.writerows(row for one in scenarios for row in log(one))
    return sink.getvalue().encode()


SHAPES = (
    Shape("dialogflow cx history", "dialogflow_cx", history, TOLD),
    Shape("dialogflow cx rows", "dialogflow_cx", lines, TOLD - {"guess"}),
    Shape("dialogflow cx CSV", "dialogflow_cx", table, TOLD - {"guess"}),
)
