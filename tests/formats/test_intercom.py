"""What is peculiar to Intercom: notes, Fin's verdict, parts older than the whole."""

from __future__ import annotations

from collections import Counter

from jauge.model.conversation import Rating
from tests.formats.exports import reads, told

SOURCE = {
    "id": "900",
    "delivered_as": "customer_initiated",
    "body": "<p>Où est mon&nbsp;colis&nbsp;?</p>",
    "author": {"type": "lead", "id": "c"},
}
FIN = {"type": "bot", "id": 7, "from_ai_agent": True}


def conversation(*parts: dict[str, object], **facts: object) -> dict[str, object]:
    numbered = [
        {"id": n, "created_at": 100 + n, "part_type": "comment", **one}
        for n, one in enumerate(parts)
    ]
    return {
        "type": "conversation",
        "id": 5,
        "created_at": 100,
        "source": SOURCE,
        "conversation_parts": {"conversation_parts": numbered},
        **facts,
    }


def test_notes_redacted_parts_and_changes_are_no_turns(tmp_path):
    left = Counter()
    (chat,) = reads(
        tmp_path,
        conversation(
            {"part_type": "note", "body": "<p>vip</p>", "author": {"type": "admin"}},
            {"part_type": "note_and_reopen", "body": "x", "author": {"type": "admin"}},
            {"body": "secret", "redacted": True, "author": FIN},
            {"part_type": "conversation_attribute_updated_by_admin", "author": FIN},
            {"body": "", "author": FIN},
        ),
        left=left,
    )

    assert told(chat) == [("user", "Où est mon colis ?")]
    assert left == {"note": 2, "deletion": 1, "activity": 1, "empty": 1}


def test_fin_in_the_name_of_a_teammate_is_the_bot(tmp_path):
    admin = {"type": "admin", "id": 3, "is_ai_answer": True}
    automatic = {**SOURCE, "author": {"type": "admin"}, "delivered_as": "automated"}
    (chat,) = reads(
        tmp_path,
        conversation(
            {"body": "Hello", "author": admin},
            {"body": "I am Ann", "author": {"type": "admin", "id": 3}},
            {"body": "?", "author": {"type": "team"}},
            source=automatic,
        ),
    )

    assert [role for role, _ in told(chat)] == ["bot", "bot", "agent", "unknown"]


def test_negative_feedback_is_a_thumb_and_an_escalation_a_hand_off(tmp_path):
    parts = (
        {"body": "Try again", "author": FIN},
        {"body": "no", "author": SOURCE["author"]},
    )
    for state, wanted in (
        ("negative_feedback", ("thumbs_down", None)),
        ("escalated", ("handoff", "requested")),
        ("procedure_handoff", ("handoff", "requested")),
    ):
        verdict = {"resolution_state": state, "rating": None}
        (chat,) = reads(tmp_path, conversation(*parts, ai_agent=verdict))
        assert told(chat)[1:] == [("bot", "Try again"), wanted, ("user", "no")]


def test_an_assignment_says_who_took_over_once(tmp_path):
    (chat,) = reads(
        tmp_path,
        conversation(
            {"body": "Try again", "author": FIN},
            {
                "part_type": "default_assignment",
                "assigned_to": {"type": "team", "id": 1},
            },
            {"part_type": "assignment", "assigned_to": {"type": "admin", "id": 2}},
            {"part_type": "assignment", "assigned_to": {"type": "admin", "id": 3}},
            ai_agent={"resolution_state": "escalated"},
        ),
    )

    assert told(chat)[2:] == [("handoff", "requested"), ("handoff", "accepted")]


def test_a_rating_of_fin_counts_where_the_conversation_has_none(tmp_path):
    fin = {"rating": 4, "rating_remark": "ok"}
    (alone,) = reads(tmp_path, conversation(ai_agent=fin))
    asked = {"rating": 2, "remark": "slow", "created_at": 900}
    (both,) = reads(tmp_path, conversation(ai_agent=fin, conversation_rating=asked))
    (none,) = reads(tmp_path, conversation(conversation_rating={"rating": None}))

    assert told(alone)[-1] == ("rating", 4, "ok")
    assert [one.value for one in both.events if isinstance(one, Rating)] == [2]
    assert len(none.events) == 1


def test_parts_older_than_their_conversation_are_put_in_order(tmp_path):
    (chat,) = reads(
        tmp_path, conversation({"body": "Hi", "author": FIN, "created_at": 50})
    )

    assert [role for role, _ in told(chat)] == ["bot", "user"]


def test_a_list_without_parts_gives_the_first_message(tmp_path):
    page = {"type": "conversation.list", "conversations": [conversation()]}
    (chat,) = reads(tmp_path, page)

    assert len(chat.events) == 1


def test_a_webhook_about_something_else_is_of_no_conversation(tmp_path):
    left = Counter()
    ping = {
        "type": "notification_event",
        "topic": "ping",
        "data": {"item": {"type": "ping"}},
    }
    found = reads(tmp_path, ping, left=left)

    assert (found, left) == ([], {"system": 1})


def test_pages_one_a_line_are_read_as_pages(tmp_path):
    page = {"type": "conversation.list", "conversations": [conversation()]}
    other = {**page, "conversations": [{**conversation(), "id": "6"}]}
    found = reads(tmp_path, page, other, {**page, "conversations": []})

    assert [one.id for one in found] == ["5", "6"]
