"""Scenarios as OpenAI messages, with and without the times that an application adds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import Scenario, Shape, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

ROLES = {"user": "user", "click": "user", "bot": "assistant", "agent": "assistant"}
TOLD = frozenset({"agents", "after_handoff", "language", "channel"})


def message(step: Step) -> dict[str, object]:
    made: dict[str, object] = {"role": ROLES[step.kind], "content": step.text}
    return {**made, "name": "human_agent"} if step.kind == "agent" else made


def about(one: Scenario) -> dict[str, object]:
    metadata = {"locale": one.language, "channel": one.channel}
    return {"id": one.id, "metadata": metadata}


def lines(scenarios: Sequence[Scenario]) -> bytes:
    system = {"role": "system", "content": "be kind"}
    tool = {"role": "tool", "content": "{}", "tool_call_id": "c1"}
    call = {"role": "assistant", "content": None, "tool_calls": [{"id": "c1"}]}
    found = [
        {
            **about(one),
            "messages": [
                system,
                call,
                tool,
                *(message(step) for step in one.steps if step.kind in ROLES),
            ],
        }
        for one in scenarios
    ]
    return "\n".join(map(json.dumps, found)).encode()


def timed(scenarios: Sequence[Scenario]) -> bytes:
    """Tell the parts of messages, each with its time."""
    found = [
        {
            **about(one),
            "messages": [
                {
                    **message(step),
                    "content": [{"type": "text", "text": step.text}],
                    "created_at": one.at(step).timestamp(),
                }
                for step in one.steps
                if step.kind in ROLES
            ],
        }
        for one in scenarios
    ]
    return json.dumps(found).encode()


SHAPES = (
    Shape("openai messages", "openai_messages", lines, TOLD),
    Shape("openai timed", "openai_messages", timed, TOLD | {"times", "bot_times"}),
)
