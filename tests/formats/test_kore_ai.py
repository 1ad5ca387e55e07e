"""What is peculiar to Kore.ai: templates in strings, and facts in tags."""

from __future__ import annotations

import json

from jauge.model.conversation import Handoff, Rating
from jauge.settings import ReadOptions
from jauge.sources import read


def message(kind: str, words: str, **more: object) -> dict[str, object]:
    made = {"type": kind, "createdOn": "2026-09-14T08:00:00Z", "sessionId": "s-1"}
    return {**made, "components": [{"cT": "text", "data": {"text": words}}], **more}


def events_of(tmp_path, *messages: object, **options: object):
    path = tmp_path / "history.json"
    path.write_text(json.dumps({"total": 1, "messages": messages}))
    (made,) = read(path, ReadOptions(**options))
    return made.events


def tagged(**named: str) -> dict[str, object]:
    return {"sessionTags": [{"name": k, "value": v} for k, v in named.items()]}


def test_session_tags_tell_one_hand_off_and_one_rating(tmp_path):
    tags = tagged(agentTransfer="true", csat="4")
    agent = message("outgoing", "I am Ann", author={"type": "AGENT"}, tags=tags)

    events = events_of(tmp_path, message("incoming", "help", tags=tags), agent)

    assert events[1] == Handoff(state="accepted")
    assert events[-1] == Rating(value=4)
    assert len(events) == 4


def test_a_tag_that_says_no_is_no_hand_off_and_one_without_agent_is_a_request(tmp_path):
    no, yes = tagged(agentTransfer="false"), tagged(agentTransfer="true")

    (_,) = events_of(tmp_path, message("incoming", "a", tags=no))
    _, asked = events_of(tmp_path, message("incoming", "a", tags=yes))

    assert asked == Handoff(state="requested")


def test_a_button_template_has_text_and_choices_and_braces_stay_text(tmp_path):
    buttons = [{"type": "postback", "title": "Track", "payload": "t"}]
    shown = {"template_type": "button", "text": "What next?", "buttons": buttons}
    template = json.dumps({"type": "template", "payload": shown})

    offer, click, odd = events_of(
        tmp_path,
        message("outgoing", template),
        message("incoming", "t"),
        message("incoming", "{not json"),
    )

    assert (offer.text, offer.choices) == ("What next?", ("Track",))
    assert click.target == "Track"
    assert odd.text == "{not json"


def test_a_picture_is_a_medium_of_its_message(tmp_path):
    shown = message("incoming", "")
    shown["components"] = [{"cT": "image", "data": {"text": ""}}]

    (event,) = events_of(tmp_path, shown)

    assert event.media == ("image",)


def test_who_is_an_agent_may_be_said_by_the_user(tmp_path):
    said = message("outgoing", "hi", author={"id": "u-9", "type": "BOT"})

    (event,) = events_of(tmp_path, said, roles={"u-9": "agent"})

    assert event.role == "agent"
