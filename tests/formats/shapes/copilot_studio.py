"""Scenarios as Copilot Studio tells them: rows of Dataverse, and the session CSV."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import ALL, Scenario, Shape, Step
from tests.formats.turns import heard

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOLD = ALL - {"accepted"}
BOT = {"id": "same", "role": 0}
CUSTOMER = {"id": "same", "role": 1}


def trace(
    scenario: Scenario, step: Step, kind: str, value: object
) -> dict[str, object]:
    at = scenario.at(step).timestamp()
    base = {"type": "trace", "timestamp": at, "from": BOT}
    return {**base, "valueType": kind, "value": value}


def activities(scenario: Scenario) -> Iterator[dict[str, object]]:
    first = scenario.steps[0]
    about = {"isDesignMode": False, "locale": scenario.language}
    yield trace(scenario, first, "ConversationInfo", about)
    for number, step in enumerate(scenario.steps):
        yield from told(scenario, number, step)
    outcome = {"type": "Engaged", "outcome": "Resolved", "turnCount": 3}
    yield trace(scenario, scenario.steps[-1], "SessionInfo", outcome)


def told(scenario: Scenario, number: int, step: Step) -> Iterator[dict[str, object]]:
    is_customer = step.kind in ("user", "click")
    made = {
        "id": f"{scenario.id}-{number}",
        "timestamp": scenario.at(step).timestamp(),
        "channelId": "webchat",
        "type": "message",
        "from": CUSTOMER if is_customer else BOT,
        "text": step.text,
        "attachments": [],
    }
    if step.kind == "typing":
        yield {**made, "type": "typing"}
    elif step.kind == "requested":
        yield trace(scenario, step, "EscalationRequested", {"type": 1})
        yield {**made, "type": "event", "name": "handoff.initiate"}
        yield trace(scenario, step, "HandOff", {})
    elif step.kind == "rating":
        answer = {"score": step.value, "comment": step.text}
        yield trace(scenario, step, "CSATSurveyResponse", answer)
    elif step.kind == "agent":
        yield {**made, "channelData": {"fromAgent": True}}
    elif step.kind == "bot":
        actions = [{"type": "imBack", "title": x, "value": x} for x in step.choices]
        yield {**made, "suggestedActions": {"actions": actions}}
    elif is_customer:
        yield made
        yield from understood(scenario, step)


def understood(scenario: Scenario, step: Step) -> Iterator[dict[str, object]]:
    answer = heard(scenario, step)
    if answer.intent:
        found = {"intentTitle": answer.intent, "score": answer.confidence}
        yield trace(scenario, step, "IntentRecognition", found)
    if answer.fallback:
        yield trace(scenario, step, "UnknownIntent", {"userQuery": step.text})


def row(scenario: Scenario) -> dict[str, object]:
    return {
        "conversationtranscriptid": f"t-{scenario.id}",
        "conversationstarttime": scenario.start.isoformat(),
        "name": scenario.id,
        "schematype": "powervirtualagents",
        "metadata": json.dumps({"BotId": "b-1", "BotName": "demo"}),
        "content": json.dumps({"activities": [*activities(scenario)]}),
    }


def rows(scenarios: Sequence[Scenario]) -> bytes:
    return json.dumps({"@odata.context": "x", "value": [*map(row, scenarios)]}).encode()


def table(scenarios: Sequence[Scenario]) -> bytes:
    sink = io.StringIO()
    names = ("Name", "ConversationTranscriptId", "ConversationStartTime", "SchemaType")
    names = (*names, "Metadata", "Content")
    writer = csv.DictWriter(sink, [name.lower() for name in names])
    sink.write(",".join(names) + "\r\n")
    writer.writerows(map(row, scenarios))
    return sink.getvalue().encode("utf-8-sig")


SESSIONS = "SessionId StartDateTime InitialUserMessage TopicName ChatTranscript SessionOutcome TopicId"  # noqa: E501 - as the download has it


def sessions(scenarios: Sequence[Scenario]) -> bytes:
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(SESSIONS.split())
    for one in scenarios:
        kinds = [step.kind for step in one.steps]
        end = kinds.index("accepted") if "accepted" in kinds else len(kinds)
        said = "".join(
            f"{'Bot' if step.kind == 'bot' else 'User'} says: {step.text};"
            for step in one.steps[:end]
            if step.kind in ("bot", "user", "click")
        )
        writer.writerow([one.id, "", "", "", said, "Resolved", ""])
    return sink.getvalue().encode("utf-8-sig")


SHAPES = (
    Shape("copilot studio rows", "copilot_studio", rows, TOLD),
    Shape("copilot studio CSV", "copilot_studio", table, TOLD),
    Shape("copilot studio sessions", "copilot_studio", sessions, frozenset()),
)
