"""Scenarios as ShareGPT tells them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.formats.scenarios import Scenario, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

ROLES = {"user": "human", "click": "human", "bot": "gpt"}


def conversations(scenarios: Sequence[Scenario]) -> bytes:
    found = [
        {
            "id": one.id,
            "lang": one.language,
            "conversations": [
                {"from": "system", "value": "be kind"},
                *(
                    {"from": ROLES[step.kind], "value": step.text}
                    for step in one.steps
                    if step.kind in ROLES
                ),
            ],
        }
        for one in scenarios
    ]
    return json.dumps(found, indent=1).encode()


TOLD = frozenset({"after_handoff", "language"})
SHAPES = (Shape("sharegpt", "sharegpt", conversations, TOLD),)
