"""Who took part: where the part before an agent ends."""

import pytest

from jauge.scoring.status import before_handoff, first_agent_event
from jauge.testing import conversation

TALK = ("user: hi", "bot: hello")


@pytest.mark.parametrize(
    "taken",
    [
        "agent: I am here.",
        {"handoff": "accepted"},
        {"action": "link", "role": "agent"},
    ],
)
def test_message_action_or_accepted_handoff_is_an_agent(taken):
    assert first_agent_event(conversation(*TALK, taken, "agent: more")) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"handoff": "requested"},
        {"handoff": "refused"},
        {"rating": 1, "role": "agent"},
        {"close": True},
        "system: an agent was called",
    ],
)
def test_anything_else_is_no_agent(other):
    chat = conversation(*TALK, other)

    assert first_agent_event(chat) is None
    assert before_handoff(chat) is None


def test_part_before_is_open_and_keeps_its_facts():
    chat = conversation(*TALK, "agent: I take over.", channel="sms", language="en")

    part = before_handoff(chat)

    assert part == conversation(*TALK, channel="sms", language="en", closed=False)
