"""What an export tells again, with something else changed around it, counts once."""

from __future__ import annotations

import json

import pytest

from jauge.model.conversation import Action, Message
from jauge.settings import ReadOptions
from jauge.sources import read_all
from tests.formats.scenarios import SCENARIOS
from tests.formats.shapes_found import SHAPES
from tests.formats.test_shapes import facts_of

WITH_IDS = (
    "crisp", "freshchat", "freshdesk", "gorgias", "instagram", "intercom", "messenger",
    "sunshine", "whatsapp", "zendesk_chat",
)  # fmt: skip


def touched(value: object) -> object:
    """Give a value with a new field in each object: exported again, a day later."""
    if isinstance(value, list):
        return [touched(one) for one in value]
    if isinstance(value, dict):
        kept = {name: touched(one) for name, one in value.items()}
        return kept if "docs" in value else {**kept, "seen_again": True}
    return value


@pytest.mark.parametrize(
    "shape",
    [shape for shape in SHAPES if shape.importer in WITH_IDS],
    ids=lambda shape: shape.name,
)
def test_what_is_exported_again_counts_once(shape, tmp_path):
    once, twice = tmp_path / "a.json", tmp_path / "b.json"
    once.write_bytes(shape.render(SCENARIOS))
    lines = once.read_text().splitlines()
    twice.write_text("\n".join(json.dumps(touched(json.loads(line))) for line in lines))

    alone = [*read_all([str(once)], ReadOptions())]
    both = [*read_all([str(once), str(twice)], ReadOptions())]

    assert [turns(one) for one in both] == [turns(one) for one in alone]


def turns(conversation):
    kept = tuple(
        event for event in conversation.events if isinstance(event, Message | Action)
    )
    return facts_of(type(conversation)(id=conversation.id, events=kept))
