"""Scenarios as Amazon Connect keeps them: chat transcripts, Contact Lens files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import ALL, Scenario, Shape, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOLD = ALL - {
    "fallback", "confidence", "intent", "guess", "rating", "comment", "requested",
}  # fmt: skip
VENDOR = "application/vnd.amazonaws.connect."
ROLES = {"user": "CUSTOMER", "click": "CUSTOMER", "bot": "CUSTOM_BOT", "agent": "AGENT"}


def item(scenario: Scenario, number: int, step: Step) -> dict[str, object] | None:
    made: dict[str, object] = {
        "Id": f"{scenario.id}-{number}",
        "AbsoluteTime": scenario.at(step).isoformat().replace("+00:00", "Z"),
        "Type": "EVENT",
    }
    if step.kind == "typing":
        kind = VENDOR + "event.typing"
        return {**made, "ContentType": kind, "ParticipantRole": "CUSTOMER"}
    if step.kind == "accepted":
        kind = VENDOR + "event.participant.joined"
        made["ParticipantId"] = "agent-1"
        return {**made, "ContentType": kind, "ParticipantRole": "AGENT"}
    if step.kind not in ROLES:
        return None
    made |= {"Type": "MESSAGE", "ParticipantRole": ROLES[step.kind]}
    if step.kind == "click":
        answer = {"templateType": "ListPicker", "action": step.text, "data": {}}
        kind = VENDOR + "message.interactive.response"
        return {**made, "ContentType": kind, "Content": json.dumps(answer)}
    if step.choices:
        elements = [{"title": one} for one in step.choices]
        content = {"title": step.text, "elements": elements}
        picker = {"templateType": "ListPicker", "data": {"content": content}}
        kind = VENDOR + "message.interactive"
        return {**made, "ContentType": kind, "Content": json.dumps(picker)}
    return {**made, "ContentType": "text/plain", "Content": step.text}


def transcript(scenario: Scenario) -> Iterator[dict[str, object]]:
    for number, step in enumerate(scenario.steps):
        made = item(scenario, number, step)
        if made is not None:
            yield made


def files(scenarios: Sequence[Scenario]) -> bytes:
    found = [
        {
            "Version": "CHAT-2022-11-30",
            "Channel": "CHAT",
            "LanguageCode": one.language,
            "CustomerMetadata": {"ContactId": one.id},
            "Transcript": [*transcript(one)],
        }
        for one in scenarios
    ]
    return "\n".join(json.dumps(one, indent=1) for one in found).encode()


def chats(scenarios: Sequence[Scenario]) -> bytes:
    """Tell the files of `ChatTranscripts/`, in which the language is not told."""
    found = [
        {
            "Version": "2019-08-26",
            "InitialContactId": one.id,
            "ContactId": f"{one.id}-2",
            "Transcript": [*transcript(one)],
        }
        for one in scenarios
    ]
    return "\n".join(map(json.dumps, found)).encode()


SHAPES = (
    Shape("amazon connect contact lens", "amazon_connect", files, TOLD),
    Shape("amazon connect chat", "amazon_connect", chats, TOLD - {"language"}),
)
