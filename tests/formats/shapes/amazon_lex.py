"""Scenarios as Amazon Lex V2 logs them: lines, and what CloudWatch wraps around."""

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
    "bot_times", "after_handoff", "requested", "accepted", "agents", "rating",
    "comment", "channel",
}  # fmt: skip


def utterance(scenario: Scenario, number: int, turn: Turn) -> dict[str, object]:
    answer = turn.answered or scenario.steps[0]
    first = turn.asked or answer
    known = {"nluConfidence": str(answer.confidence), "intent": {"name": answer.intent}}
    failed = {"intent": {"name": "FallbackIntent"}}
    found = [failed, known] if answer.fallback else [known, failed]
    said: list[dict[str, object]] = [
        {"contentType": "PlainText", "content": answer.text}
    ]
    if answer.choices:
        buttons = [{"text": one, "value": f"v {one}"} for one in answer.choices]
        card = {"title": answer.text[:20], "buttons": buttons}
        said.append({"contentType": "ImageResponseCard", "imageResponseCard": card})
    is_click = turn.asked is not None and turn.asked.kind == "click"
    written = f"v {first.text}" if is_click else first.text
    return {
        "messageVersion": "2.0",
        "timestamp": scenario.at(first).isoformat().replace("+00:00", "Z"),
        "requestId": f"{scenario.id}-{number}",
        "sessionId": scenario.id,
        "inputMode": "Text",
        "missedUtterance": bool(answer.fallback),
        "inputTranscript": written if turn.asked else "",
        "bot": {"name": "demo", "id": "B1", "localeId": scenario.language},
        "interpretations": found if turn.asked else [],
        "messages": said,
    }


def lines(scenario: Scenario) -> Iterator[dict[str, object]]:
    for number, turn in enumerate(turns(scenario)):
        yield utterance(scenario, number, turn)


def log(scenarios: Sequence[Scenario]) -> bytes:
    found = [line for one in scenarios for line in lines(one)]
    return "\n".join(map(json.dumps, found)).encode()


def events(scenarios: Sequence[Scenario]) -> bytes:
    found = [
        {"logStreamName": "s", "timestamp": 1, "message": json.dumps(line)}
        for one in scenarios
        for line in lines(one)
    ]
    return json.dumps({"events": found, "searchedLogStreams": []}).encode()


def insights(scenarios: Sequence[Scenario]) -> bytes:
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(["@timestamp", "@message"])
    for one in scenarios:
        for line in lines(one):
            writer.writerow(["2026-09-14 08:00:00.000", json.dumps(line)])
    return sink.getvalue().encode()


SHAPES = (
    Shape("amazon lex log", "amazon_lex", log, TOLD),
    Shape("amazon lex events", "amazon_lex", events, TOLD),
    Shape("amazon lex insights", "amazon_lex", insights, TOLD),
)
