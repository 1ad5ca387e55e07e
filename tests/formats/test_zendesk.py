"""What is peculiar to Zendesk: good and bad, nicks, offline messages, control."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.formats.exports import reads, told

AT = "2026-09-14T08:02:11Z"


def chat(*history: dict[str, object], **facts: object) -> dict[str, object]:
    entries = [{"timestamp": AT, "type": "chat.msg", **one} for one in history]
    return {"id": "z", "visitor": {"id": "v"}, "history": entries, **facts}


@pytest.mark.parametrize(("word", "value"), [("good", 1), ("bad", 0)])
def test_good_and_bad_are_not_points_of_five(tmp_path, word, value):
    rated = chat(
        {"nick": "visitor", "msg": "hi"},
        {"type": "chat.rating", "new_rating": "good"},
        {"type": "chat.rating", "new_rating": word},
        comment="so so",
        rating=word,
    )
    (found,) = reads(tmp_path, rated)

    (rating,) = found.events[1:]
    assert (rating.value, rating.worst, rating.best) == (value, 0, 1)
    assert rating.comment == "so so"


def test_a_rating_taken_back_is_none(tmp_path):
    (found,) = reads(
        tmp_path,
        chat(
            {"nick": "visitor", "msg": "hi"},
            {"type": "chat.rating", "new_rating": None},
            rating=None,
        ),
    )

    assert told(found) == [("user", "hi")]


def test_a_message_left_offline_is_the_customers(tmp_path):
    left = {"id": "o", "type": "offline_msg", "message": "Hello?", "visitor": {}}
    line = {"stream": "chats", "data": {**left, "timestamp": AT}}
    (found,) = reads(tmp_path, line)

    assert told(found) == [("user", "Hello?")]


def test_nicks_say_who_speaks_and_options_say_who_an_agent_is(tmp_path):
    export = chat(
        {"nick": "agent:123", "msg": "Hi", "options": "Yes/No"},
        {"nick": "visitor:9", "msg": "Yes"},
        {"type": "chat.memberjoin", "nick": "agent:123"},
        {"type": "chat.memberjoin", "nick": "agent:9"},
        {"nick": "", "msg": "?"},
    )
    (plain,) = reads(tmp_path, export)
    (named,) = reads(tmp_path, export, roles={"123": "bot"})

    assert told(plain)[0] == ("agent", "Hi")
    assert told(named) == [
        ("bot", "Hi"),
        ("quick_reply", "Yes"),
        ("handoff", "accepted"),
        ("unknown", "?"),
    ]
    assert named.events[0].choices == ("Yes", "No")


def event(kind: str, number: int = 0, **payload: object) -> dict[str, object]:
    about = {"conversation": {"id": "s", **payload.pop("about", {})}}
    made = {"id": f"{kind}{number}", "type": kind, "createdAt": AT}
    return {
        "events": [{**made, "payload": {**about, **payload}}],
        "app": {},
        "webhook": {},
    }


def message(number: int, author: dict[str, object], source: str, **content: object):
    said = {"id": f"m{number}", "received": AT, "author": author}
    content = {"type": "text", **content}
    return event(
        "conversation:message",
        number,
        message={
            **said,
            "content": content,
            "source": {"type": source, "integrationId": "i"},
        },
    )


def test_what_the_api_sends_is_unknown_until_it_is_named(tmp_path):
    business = {"type": "business"}
    calls = (
        message(1, {"type": "user"}, "web", text="hi"),
        message(2, business, "api:conversations", text="hello"),
        message(3, business, "zd:answerBot", text="again"),
        message(4, business, "zd:agentWorkspace", text="Ann"),
        message(5, {**business, "subtypes": ["AI"]}, "api:conversations", text="ai"),
    )
    (plain,) = reads(tmp_path, *calls)
    (named,) = reads(tmp_path, *calls, roles={"i": "bot"})

    assert [role for role, _ in told(plain)] == [
        "user",
        "unknown",
        "bot",
        "agent",
        "bot",
    ]
    assert told(named)[1] == ("bot", "hello")


def test_replies_carousels_and_forms_are_read_as_seen(tmp_path):
    user, bot = {"type": "user"}, {"type": "business", "subtypes": ["AI"]}
    card = {"title": "Boots", "description": "Red", "actions": [{"text": "Buy"}]}
    fields = [
        {"label": "Name", "text": "Zoé"},
        {"label": "Size", "select": [{"label": "M"}]},
    ]
    (chat_,) = reads(
        tmp_path,
        message(1, bot, "x", type="carousel", items=[card]),
        message(2, user, "web", text="Buy", payload="BUY"),
        message(3, user, "web", type="formResponse", fields=fields),
        message(4, bot, "x", htmlText="<b>Done</b>", text=""),
        message(5, user, "web", type="image", mediaUrl="https://x.example/a.png"),
    )

    assert told(chat_) == [
        ("bot", "Boots\nRed"),
        ("quick_reply", "Buy"),
        ("user", "Name: Zoé\nSize: M"),
        ("bot", "Done"),
        ("user", ""),
    ]
    assert chat_.events[0].choices == ("Buy",)
    assert chat_.events[4].media == ("image",)


def test_control_passed_to_a_machine_is_no_hand_off(tmp_path):
    left = Counter()
    held = {"activeSwitchboardIntegration": {"integrationType": "zd:answerBot"}}
    people = {"activeSwitchboardIntegration": {"name": "zd:agentWorkspace"}}
    (chat_,) = reads(
        tmp_path,
        event("switchboard:passControl", 1, about=held),
        event("switchboard:passControl", 2, about=people),
        event("switchboard:releaseControl", 3, about=people),
        event("conversation:read", 4),
        {"app": {}, "webhook": {}, "events": [{"type": "user:merge", "payload": {}}]},
        left=left,
    )

    assert told(chat_) == [("handoff", "requested")]
    assert left == {"activity": 2, "receipt": 1, "system": 1}
