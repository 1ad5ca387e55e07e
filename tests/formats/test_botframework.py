"""What is peculiar to Bot Framework: roles that old files do not tell."""

from __future__ import annotations

import json

from jauge.settings import ReadOptions
from jauge.sources import read


def roles(path, *activities: dict[str, object], **options: object) -> list[str]:
    whole = [
        {"conversation": {"id": "c"}, "channelId": "x", **one} for one in activities
    ]
    path.write_text(json.dumps(whole))
    return [one.role.value for one in next(read(path, ReadOptions(**options))).events]


BOT = {"id": "b"}
JOINED = {"type": "conversationUpdate", "membersAdded": [BOT], "recipient": BOT}
ASKED = {"type": "message", "text": "hi", "from": {"id": "u"}, "recipient": {"id": "b"}}
ANSWERED = {"type": "message", "text": "yes", "from": {"id": "b"}}


def test_the_member_that_joins_and_is_written_to_is_the_bot(tmp_path):
    assert roles(tmp_path / "a", JOINED, ASKED, ANSWERED) == ["user", "bot"]


def test_a_role_that_is_not_told_stays_unknown(tmp_path):
    assert roles(tmp_path / "a", ASKED, ANSWERED) == ["unknown", "unknown"]


def test_bot_id_and_agent_id_say_who_is_who(tmp_path):
    found = roles(tmp_path / "a", ASKED, ANSWERED, roles={"b": "bot", "u": "agent"})

    assert found == ["agent", "bot"]
