"""What is peculiar to Crisp: pickers that keep their answer, fields, the queue."""

from __future__ import annotations

from collections import Counter

from tests.formats.exports import reads, told


def message(number: int, **facts: object) -> dict[str, object]:
    return {
        "session_id": "s",
        "website_id": "w",
        "fingerprint": number,
        "timestamp": 1789372931000 + number,
        "type": "text",
        "from": "operator",
        "automated": True,
        "content": f"text {number}",
        **facts,
    }


def picker(number: int, *, selected: bool = True) -> dict[str, object]:
    choices = [
        {"value": "y", "label": "Yes", "selected": selected},
        {"value": "n", "label": "No", "selected": False},
    ]
    content = {"id": "p", "text": "Well?", "choices": choices}
    return message(number, type="picker", content=content)


def hook(kind: str, data: dict[str, object], at: int = 0) -> dict[str, object]:
    return {
        "website_id": "w",
        "event": kind,
        "data": data,
        "timestamp": 1789372931000 + at,
    }


def test_a_choice_that_only_the_picker_keeps_is_a_click(tmp_path):
    page = {"error": False, "data": [picker(1), message(2)]}
    (chat,) = reads(tmp_path, page)
    (last,) = reads(tmp_path, {"data": [picker(1)]})

    assert told(chat) == [("bot", "Well?"), ("quick_reply", "Yes"), ("bot", "text 2")]
    assert told(last) == [("bot", "Well?"), ("quick_reply", "Yes")]


def test_a_choice_told_by_picker_and_message_is_one_click(tmp_path):
    said = message(3, **{"from": "user", "content": "Yes", "automated": False})
    (page,) = reads(tmp_path, {"data": [picker(1), said, message(4)]})
    updated = {"session_id": "s", "fingerprint": 1, "content": picker(1)["content"]}
    (hooks,) = reads(
        tmp_path,
        hook("message:received", picker(1, selected=False)),
        hook("message:updated", updated, 2),
        hook("message:send", said),
        hook("message:received", message(4)),
    )

    wanted = [("bot", "Well?"), ("quick_reply", "Yes"), ("bot", "text 4")]
    assert told(page) == wanted
    assert told(hooks) == wanted


def test_fields_carousels_and_files_are_read_as_seen(tmp_path):
    card = {"title": "Boots", "description": "Red", "actions": [{"label": "Buy"}]}
    field = {"id": "f", "text": "Your name?", "value": "Zoé"}
    file = {"name": "a.png", "url": "https://x.example/a", "type": "image/png"}
    (chat,) = reads(
        tmp_path,
        {
            "data": [
                message(1, type="field", content=field),
                message(2, type="carousel", content={"text": "See", "targets": [card]}),
                message(3, type="file", content=file),
                message(4, type="audio", content={"url": "x", "type": "audio/webm"}),
            ]
        },
    )

    assert told(chat)[:3] == [
        ("bot", "Your name?"),
        ("user", "Zoé"),
        ("bot", "See\nBoots\nRed"),
    ]
    assert chat.events[2].choices == ("Buy",)
    assert [event.media for event in chat.events[2:]] == [
        ("card",),
        ("image",),
        ("audio",),
    ]


def test_notes_typing_receipts_and_edits_are_no_turns(tmp_path):
    left = Counter()
    about = {"session_id": "s"}
    found = reads(
        tmp_path,
        hook("message:received", message(1, type="note")),
        hook(
            "message:received", message(2, type="event", content={"namespace": "call"})
        ),
        hook("message:compose:send", about),
        hook("message:acknowledge:read:send", about),
        hook("message:updated", {**about, "content": "new words"}),
        hook("message:removed", about),
        hook("session:set_state", {**about, "state": "resolved"}),
        hook("people:profile:created", {"people_id": "p"}),
        left=left,
    )

    (chat,) = found
    assert chat.events == ()
    assert chat.closed
    assert left == {
        "note": 1, "activity": 2, "typing": 1, "receipt": 1, "edit": 1, "deletion": 1,
        "system": 1,
    }  # fmt: skip


def test_only_a_bot_puts_people_in_the_queue(tmp_path):
    pending = {"type": "event", "content": {"namespace": "state:pending"}}
    (by_bot,) = reads(tmp_path, {"data": [message(1, **pending)]})
    (by_person,) = reads(tmp_path, {"data": [message(1, **pending, automated=False)]})

    assert told(by_bot) == [("handoff", "requested")]
    assert by_person.events == ()


def test_an_operator_is_a_person_unless_named(tmp_path):
    one = message(1, user={"user_id": "u"})
    del one["automated"]
    (plain,) = reads(tmp_path, {"data": [one]})
    (named,) = reads(tmp_path, {"data": [one]}, roles={"u": "bot"})

    assert told(plain) == [("agent", "text 1")]
    assert told(named) == [("bot", "text 1")]


def test_a_session_that_comes_back_days_later_is_cut(tmp_path):
    later = message(2, timestamp=1789372931000 + 3 * 86_400_000)
    found = reads(tmp_path, {"data": [message(1), later]})

    assert [one.id for one in found] == ["s", "s#2"]


def test_the_channel_is_that_of_the_origin(tmp_path):
    for origin, channel in (
        ("chat", "web_chat"),
        ("email", "email"),
        ("urn:crisp.im:messenger:0", "messenger"),
    ):
        (chat,) = reads(tmp_path, {"data": [message(1, origin=origin)]})
        assert chat.channel == channel
