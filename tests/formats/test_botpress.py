"""What is peculiar to Botpress, in the cloud and v12."""

from __future__ import annotations

import json

from jauge.model.conversation import Action, Handoff
from jauge.model.rejected import Rejected
from jauge.settings import ReadOptions
from jauge.sources import read


def said(direction: str, words: object, user: str = "bot", **more: object):
    payload = {"text": words} if isinstance(words, str) else words
    made = {"conversationId": "c-1", "direction": direction, "userId": user}
    return {**made, "type": "text", "payload": payload, "tags": {}, **more}


def cloud(tmp_path, *messages: object, tags: object = None, **options: object):
    path = tmp_path / "page.json"
    about = {"id": "c-1", "integration": "webchat", "channel": "c", "tags": tags}
    path.write_text(json.dumps({"conversation": about, "messages": messages}))
    (made,) = read(path, ReadOptions(**options))
    return made.events


def test_several_untagged_outgoing_speakers_stay_unknown_until_the_user_says(tmp_path):
    said_by_two = (said("outgoing", "a", "u-1"), said("outgoing", "b", "u-2"))

    unknown = cloud(tmp_path, *said_by_two)
    named = cloud(tmp_path, *said_by_two, roles={"u-1": "bot", "u-2": "agent"})

    assert [event.role for event in unknown] == ["unknown", "unknown"]
    assert [event.role for event in named] == ["bot", "agent"]


def test_a_handoff_told_by_a_tag_stands_before_the_agent_or_at_the_end(tmp_path):
    tags = {"hitl:downstream": "conv_2"}
    agent = said("outgoing", "I am Ann", "u-2", tags={"hitl:agent": "true"})
    question = said("incoming", "help", "u-1")

    taken = cloud(tmp_path, question, agent, tags=tags)
    asked = cloud(tmp_path, question, tags=tags)
    never = cloud(tmp_path, question, tags={"hitl:agent": "false"})

    assert taken[1] == Handoff(state="accepted")
    assert asked[1] == Handoff(state="requested")
    assert len(never) == 1


def test_what_the_plugin_for_human_answers_marks_is_an_agents(tmp_path):
    passed_on = said("outgoing", {"text": "I am Ann", "userId": "u-9"})
    tags = {"downstream": "conv_2", "humanAgentId": "u-9"}

    _, taken, agent = cloud(tmp_path, said("incoming", "help"), passed_on, tags=tags)
    _, unmarked = cloud(tmp_path, said("incoming", "help"), tags=tags)

    assert (taken, agent.role) == (Handoff(state="accepted"), "agent")
    assert unmarked == Handoff(state="accepted")


def test_cards_blocs_and_markdown_are_what_the_customer_saw(tmp_path):
    action = {"action": "say", "label": "Buy", "value": "buy"}
    card = {"title": "Boots", "subtitle": "79 $", "actions": [action]}
    bloc = {
        "items": [
            {"type": "text", "payload": {"text": "Look:"}},
            {"type": "image", "payload": {"imageUrl": "https://x.example/a.png"}},
        ]
    }
    markdown, bundle, offer, click = cloud(
        tmp_path,
        said("outgoing", {"markdown": "**Hi**"}),
        said("outgoing", bloc, type="bloc"),
        said("outgoing", card, type="card"),
        said("incoming", {"text": "Buy"}, "u-1"),
    )

    assert markdown.text == "Hi"
    assert (bundle.text, bundle.media) == ("Look:", ("image",))
    assert (offer.text, offer.choices) == ("Boots\n79 $", ("Buy",))
    assert isinstance(click, Action)


def row(**event: object) -> dict[str, object]:
    made = {"threadId": 7, "botId": "b", "direction": "incoming", "createdOn": 1000}
    return {**made, "event": {"type": "text", "direction": "incoming", **event}}


def v12(tmp_path, *rows: object):
    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    return [*read(path)]


def test_a_thread_number_of_two_bots_is_two_conversations(tmp_path):
    asked = row(payload={"text": "hi"})

    made = v12(tmp_path, asked, {**asked, "botId": "c"})

    assert [one.id for one in made] == ["7", "7"]


def test_an_error_of_the_nlu_is_a_fallback_and_feedback_a_thumb(tmp_path):
    asked = row(payload={"text": "hi"}, nlu={"errored": True})
    answer = row(payload={"text": "Sorry?"}, direction="outgoing", id="e-2")
    visit = row(type="visit", payload={})

    (made,) = v12(tmp_path, asked, {**answer, "feedback": -1}, visit)

    assert made.events[1].fallback is True
    assert (made.events[2].action, made.events[2].of) == ("thumbs_down", "e-2")
    assert len(made.events) == 3


def test_a_quick_reply_without_its_offer_is_still_a_click(tmp_path):
    (made,) = v12(tmp_path, row(type="quick_reply", payload={"text": "Yes"}))

    assert made.events[0] == Action(
        role="user", action="quick_reply", target="Yes", at=made.events[0].at
    )


def test_a_row_whose_event_is_no_object_is_refused_with_its_place(tmp_path):
    (refused,) = v12(tmp_path, {**row(), "event": "nothing"})

    assert isinstance(refused, Rejected)
    assert refused.path == "$.event"
