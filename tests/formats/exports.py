"""Write a small export to a file and read it: for the tests of one platform's traps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jauge.model.conversation import Action, Conversation, Handoff, Message, Rating
from jauge.settings import ReadOptions
from jauge.sources import look, read_all

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

    from jauge.model.conversation import Event


def reads(
    folder: Path, *values: object, left: Counter[str] | None = None, **options: object
) -> list[Conversation]:
    """Read values written one a line; `left` counts what is no turn."""
    path = folder / "export.jsonl"
    path.write_text("\n".join(map(json.dumps, values)), "utf-8")

    def leave_out(kind: str) -> None:
        if left is not None:
            left[kind] += 1

    chosen = ReadOptions(on_left_out=leave_out, **options)
    found = [*read_all([str(path)], chosen)]
    assert all(isinstance(one, Conversation) for one in found), found
    return found


def read_as(folder: Path, *values: object) -> str:
    """Give the name of the format that values are taken for."""
    path = folder / "export.jsonl"
    path.write_text("\n".join(map(json.dumps, values)), "utf-8")
    importer, *_ = look(str(path), ReadOptions())
    return importer.name


def short(event: Event) -> tuple[object, ...]:
    """Give what a test of traps looks at: who, and what."""
    if isinstance(event, Message):
        return (event.role.value, event.text)
    if isinstance(event, Action):
        return (event.action, event.target)
    if isinstance(event, Handoff):
        return ("handoff", event.state)
    if isinstance(event, Rating):
        return ("rating", event.value, event.comment)
    return ("close",)


def told(conversation: Conversation) -> list[tuple[object, ...]]:
    return [short(event) for event in conversation.events]
