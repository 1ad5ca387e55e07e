"""What is peculiar to Messenger and Instagram: echoes, apps, control, long threads."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.formats.exports import read_as, reads, told

PAGE, CUSTOMER, INBOX = "404", "142", "263902037430900"
each_object = pytest.mark.parametrize("name", ["page", "instagram"])


def event(at: int, *, echo: bool = False, **facts: object) -> dict[str, object]:
    sides = [{"id": CUSTOMER}, {"id": PAGE}]
    if echo:
        sides.reverse()
    made = {"sender": sides[0], "recipient": sides[1]}
    return {**made, "timestamp": 1789372931000 + at, **facts}


def call(*events: dict[str, object], name: str = "page", field: str = "messaging"):
    return {"object": name, "entry": [{"id": PAGE, "time": 1, field: list(events)}]}


def said(number: int, text: str, **facts: object) -> dict[str, object]:
    return {"mid": f"m{number}", "text": text, **facts}


@each_object
def test_an_echo_is_of_the_app_that_sent_it(tmp_path, name):
    events = [
        event(0, message=said(0, "hi")),
        event(1, echo=True, message=said(1, "bot", is_echo=True, app_id=11)),
        event(2, echo=True, message=said(2, "Ann", is_echo=True, app_id=int(INBOX))),
        event(3, echo=True, message=said(3, "?", is_echo=True)),
        event(4, echo=True, message=said(4, "Bob", is_echo=True, app_id=22)),
    ]
    (chat,) = reads(tmp_path, call(*events, name=name), roles={"22": "agent"})

    assert [role for role, _ in told(chat)] == [
        "user",
        "bot",
        "agent",
        "unknown",
        "agent",
    ]
    assert chat.id == CUSTOMER


def test_what_is_no_turn_is_left_out(tmp_path):
    left = Counter()
    (chat,) = reads(
        tmp_path,
        call(
            event(0, read={"watermark": 1}),
            event(1, delivery={"mids": ["m"]}),
            event(2, reaction={"action": "react"}),
            event(3, message_edit={"mid": "m"}),
            event(4, message=said(4, "", is_deleted=True)),
            event(5, optin={"ref": "x"}),
            event(6, message={"mid": "m6"}),
        ),
        left=left,
    )

    assert chat.events == ()
    assert left == {
        "receipt": 2, "reaction": 1, "edit": 1, "deletion": 1, "other": 1, "empty": 1,
    }  # fmt: skip


def test_clicks_templates_and_files_are_read_as_seen(tmp_path):
    buttons = [{"type": "postback", "title": "Buy", "payload": "B"}]
    template = {"template_type": "button", "text": "Well?", "buttons": buttons}
    shown = {"attachments": [{"type": "template", "payload": template}]}
    photo = {
        "attachments": [{"type": "image", "payload": {"url": "https://x.example"}}]
    }
    (chat,) = reads(
        tmp_path,
        call(
            event(0, echo=True, message=said(0, "", is_echo=True, app_id=1, **shown)),
            event(1, postback={"title": "Buy", "payload": "B"}),
            event(2, postback={"payload": "GET_STARTED"}),
            event(3, message=said(3, "", quick_reply={"payload": "RED"})),
            event(4, message=said(4, "", **photo)),
        ),
    )

    assert told(chat) == [
        ("bot", "Well?"),
        ("quick_reply", "Buy"),
        ("quick_reply", "GET_STARTED"),
        ("quick_reply", "RED"),
        ("user", ""),
    ]
    assert chat.events[0].choices == ("Buy",)
    assert chat.events[4].media == ("image",)


def test_control_that_goes_to_people_is_a_hand_off(tmp_path):
    left = Counter()
    (chat,) = reads(
        tmp_path,
        call(
            event(0, pass_thread_control={"new_owner_app_id": INBOX}),
            event(1, take_thread_control={"new_owner_app_id": int(INBOX)}),
            event(2, pass_thread_control={"new_owner_app_id": "11"}),
            event(3, request_thread_control={"requested_owner_app_id": "22"}),
        ),
        left=left,
        roles={"22": "agent"},
    )

    assert [state for _, state in told(chat)] == ["requested", "accepted", "requested"]
    assert left == {"activity": 1}


def test_standby_and_messaging_tell_the_same_message_once(tmp_path):
    one = event(0, message=said(0, "hi"))
    (chat,) = reads(tmp_path, call(one), call(one, field="standby"), call(one))

    assert told(chat) == [("user", "hi")]


def test_a_thread_is_cut_after_a_day_of_silence(tmp_path):
    hours = 3_600_000
    found = reads(
        tmp_path,
        *(call(event(at * hours, message=said(at, "hi"))) for at in (0, 23, 48)),
    )

    assert [(one.id, len(one.events)) for one in found] == [
        (CUSTOMER, 2),
        (f"{CUSTOMER}#2", 1),
    ]


def test_a_call_about_no_message_is_not_taken_for_one(tmp_path):
    feed = {"object": "page", "entry": [{"id": PAGE, "changes": [{"field": "feed"}]}]}

    assert read_as(tmp_path, feed, feed) not in ("messenger", "instagram")


def test_a_test_button_call_of_instagram_is_read(tmp_path):
    change = {"field": "messages", "value": event(0, message=said(0, "hi"))}
    (chat,) = reads(tmp_path, call(change, name="instagram", field="changes"))

    assert told(chat) == [("user", "hi")]
