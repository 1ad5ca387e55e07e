"""What is peculiar to help desks: tags, reports beside conversations, descriptions."""

from __future__ import annotations

import json
from collections import Counter

from jauge.model.conversation import Conversation
from jauge.model.rejected import Rejected
from jauge.settings import ReadOptions
from jauge.sources import read, read_all
from tests.formats.exports import reads, told

AT = "2026-09-14T08:02:1{}Z"


def gorgias(*messages: dict[str, object], **facts: object) -> dict[str, object]:
    told = [
        {
            "id": n,
            "ticket_id": 1,
            "created_datetime": AT.format(n),
            "public": True,
            **one,
        }
        for n, one in enumerate(messages)
    ]
    return {"id": 1, "uri": "/api/tickets/1/", "messages": told, **facts}


def test_gorgias_a_tag_is_a_hand_off_after_the_bots_last_word(tmp_path):
    bot = {"from_agent": True, "rule_id": 5, "via": "rule"}
    (chat,) = reads(
        tmp_path,
        gorgias(
            {**bot, "stripped_text": "Hello"},
            {"from_agent": False, "stripped_text": "a person"},
            {**bot, "stripped_text": "One moment"},
            {"from_agent": True, "via": "helpdesk", "stripped_text": "Ann here"},
            {**bot, "stripped_text": "Please rate us"},
            tags=[{"name": "Hand-over"}],
        ),
    )

    assert told(chat)[2:5] == [
        ("bot", "One moment"),
        ("handoff", "requested"),
        ("agent", "Ann here"),
    ]


def test_gorgias_notes_are_no_turns_and_the_api_is_unknown(tmp_path):
    left = Counter()
    agent = {"from_agent": True, "via": "api", "sender": {"id": 7}}
    export = gorgias(
        {**agent, "body_html": "<div>Bonjour&nbsp;!</div>"},
        {**agent, "public": False, "stripped_text": "private"},
        {**agent, "channel": "internal-note", "stripped_text": "private"},
        {"stripped_text": "who?"},
        satisfaction_survey={"score": None, "body_text": ""},
    )
    (chat,) = reads(tmp_path, export, left=left)
    (named,) = reads(tmp_path, export, roles={"7": "bot"})

    assert told(chat) == [("unknown", "Bonjour !"), ("unknown", "who?")]
    assert told(named)[0] == ("bot", "Bonjour !")
    assert left == {"note": 2}


def test_gorgias_pages_of_messages_join_their_ticket(tmp_path):
    ticket = gorgias({"from_agent": False, "stripped_text": "hi"}, language="fr")
    (message,) = ticket.pop("messages")
    (chat,) = reads(tmp_path, {**ticket, "messages": []}, message, message)

    assert (chat.id, chat.language, told(chat)) == ("1", "fr", [("user", "hi")])


def test_gorgias_pages_one_a_line_are_read_as_pages(tmp_path):
    first = gorgias({"from_agent": False, "stripped_text": "hi"})
    found = reads(
        tmp_path, {"data": [first]}, {"data": [{**first, "id": 2}]}, {"data": []}
    )

    assert [one.id for one in found] == ["1", "2"]


def freshchat(number: int, **facts: object) -> dict[str, object]:
    return {
        "id": f"m{number}",
        "conversation_id": "c",
        "interaction_id": "i1",
        "created_time": AT.format(number),
        "actor_type": "user",
        "message_type": "normal",
        "message_parts": [{"text": {"content": f"text {number}"}}],
        **facts,
    }


def test_freshchat_another_interaction_is_another_conversation(tmp_path):
    page = {
        "messages": [freshchat(3, interaction_id="i2"), freshchat(2), freshchat(1)],
        "link": {},
    }
    report = "conversation_id,interaction_id,survey_id,rating,feedback,response_time\n"
    report += "c,i1,1,5,Merci,2026-09-14T09:00:00Z\nc,i2,1,2,,2026-09-14T10:00:00Z\n"
    (tmp_path / "a.json").write_text(json.dumps(page))
    (tmp_path / "b.csv").write_text(report)

    found = [*read(tmp_path)]

    assert [(one.id, told(one)) for one in found] == [
        ("c", [("user", "text 1"), ("user", "text 2"), ("rating", 5, "Merci")]),
        ("c#2", [("user", "text 3"), ("rating", 2, None)]),
    ]


def test_freshchat_a_report_alone_says_what_it_is_for(tmp_path):
    path = tmp_path / "b.csv"
    path.write_text("conversation_id,interaction_id,survey_id,rating\nc,i,1,5\n")

    (found,) = read_all([str(path)], ReadOptions())

    assert isinstance(found, Rejected)
    assert "--ratings" in found.reason
    assert found.claimed_id == "c"


def test_freshchat_notes_and_system_messages_are_no_turns(tmp_path):
    left = Counter()
    said = [{"text": {"content": "Conversation was resolved"}}]
    (chat,) = reads(
        tmp_path,
        {
            "messages": [
                freshchat(1, actor_type="agent", message_type="private"),
                freshchat(2, actor_type="system", message_parts=said),
                freshchat(3, actor_type="robot"),
                freshchat(4, message_parts=[{"image": {"url": "x"}}]),
            ]
        },
        left=left,
    )

    assert told(chat) == [("unknown", "text 3"), ("user", "")]
    assert chat.events[1].media == ("image",)
    assert left == {"note": 1, "activity": 1}


def test_freshchat_webhooks_tell_assignments(tmp_path):
    about = {"conversation": {"conversation_id": "c", "status": "assigned"}}
    hook = {"actor": {"actor_type": "agent"}, "action_time": AT.format(5)}
    (chat,) = reads(
        tmp_path,
        {**hook, "action": "message_create", "data": {"message": freshchat(1)}},
        {
            **hook,
            "action": "conversation_assignment",
            "data": {"assignment": {**about, "to_agent_id": "a"}},
        },
        {**hook, "action": "agent_status", "data": {}},
    )

    assert told(chat) == [("user", "text 1"), ("handoff", "accepted")]
    assert not chat.closed


def freshdesk(*replies: dict[str, object], **facts: object) -> dict[str, object]:
    made = [
        {"id": n, "private": False, "incoming": False, "body_text": f"text {n}", **one}
        for n, one in enumerate(replies)
    ]
    ticket = {"id": 1, "source": 15, "requester_id": 11, "status": 2, **facts}
    return {"ticket": ticket, "conversations": made}


def test_freshdesk_without_category_the_author_says_who_speaks(tmp_path):
    left = Counter()
    (chat,) = reads(
        tmp_path,
        freshdesk(
            {"incoming": True},
            {"user_id": 11},
            {"user_id": 510},
            {"user_id": None},
            {"category": 5},
            {"private": True},
        ),
        left=left,
    )

    roles = [role for role, _ in told(chat)]
    assert roles == ["user", "user", "agent", "unknown", "bot"]
    assert left == {"note": 1}
    assert not chat.closed


def test_freshdesk_a_written_ticket_begins_with_its_description(tmp_path):
    facts = {"description": "<p>Mon colis&nbsp;?</p>", "created_at": AT.format(0)}
    (mailed,) = reads(tmp_path, freshdesk(source=1, **facts))
    (chatted,) = reads(tmp_path, freshdesk(source=15, **facts))

    assert told(mailed) == [("user", "Mon colis ?")]
    assert mailed.channel == "email"
    assert chatted.events == ()


def test_desks_join_the_same_ticket_read_twice(tmp_path):
    export = freshdesk({"incoming": True, "created_at": AT.format(1)})
    paths = [tmp_path / "a.json", tmp_path / "b.json"]
    for path in paths:
        path.write_text(json.dumps(export, indent=len(path.name)))

    (chat,) = read_all(map(str, paths), ReadOptions())

    assert isinstance(chat, Conversation)
    assert told(chat) == [("user", "text 0")]
