"""Conversations: what is valid, what is kept, what is written."""

import msgspec
import pytest
from msgspec.structs import replace

from jauge.model.conversation import Conversation, Role, encode_conversation
from jauge.testing import conversation


@pytest.mark.parametrize(
    ("record", "path"),
    [
        (b'{"events": []}', "id"),
        (b'{"id": "", "events": []}', "$.id"),
        (b'{"id": "a", "events": [{"type": "message"}]}', "$.events[0]"),
        (b'{"id": "a", "events": [{"type": "telegram"}]}', "$.events[0].type"),
        (b'{"id": "a", "events": [{"type": "rating", "value": 1e300}]}', "value"),
        (
            b'{"id": "a", "events": [{"type": "close", "at": "2026-11-02T14:00:00"}]}',
            "$.events[0].at",
        ),
    ],
)
def test_faulty_record_is_refused_by_its_place(record, path):
    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.json.decode(record, type=Conversation)

    assert path in str(refused.value)


def test_absent_is_never_false_or_zero():
    (event,) = conversation("bot: hi").events

    assert event.fallback is event.confidence is event.intent is None
    assert encode_conversation(conversation("bot: hi")) == (
        b'{"id":"-","events":[{"type":"message","role":"bot","text":"hi"}]}'
    )


def test_false_and_zero_are_written():
    chat = conversation({"bot": "hi", "fallback": False, "confidence": 0.0})

    assert b'"confidence":0.0,"fallback":false' in encode_conversation(chat)


def test_only_false_is_open():
    record = b'{"id": "a", "events": []}'

    assert msgspec.json.decode(record, type=Conversation).closed is True
    assert conversation(closed=False).closed is False


def test_changed_conversation_does_not_keep_the_bytes_it_was_read_from():
    chat = conversation("user: hi").with_source(b"{}")

    assert chat.source == b"{}"
    assert replace(chat, closed=False).source is None


def test_unknown_speaker_of_a_quick_try_is_refused():
    with pytest.raises(ValueError, match="robot"):
        Conversation.of([("robot", "hi")])


def test_roles_are_those_of_the_contract():
    assert {role.value for role in Role} == {
        "user",
        "bot",
        "agent",
        "system",
        "unknown",
    }
