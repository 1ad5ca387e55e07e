"""What is peculiar to Dialogflow CX: turns in pairs, and an end at the hand-off."""

from __future__ import annotations

import json

from jauge.model.conversation import Action, Close, Handoff
from jauge.sources import read

NAME = "projects/p/locations/l/agents/a-1/conversations/c-1"


def turn(asked: str, *said: object, at: str = "2026-09-14T08:00:00Z", **more: object):
    result = {"responseMessages": list(said), "match": {"matchType": "INTENT"}}
    return {
        "request": {"queryInput": {"text": {"text": asked}}},
        "response": {"responseId": f"r-{at}", "queryResult": result},
        "createTime": at,
        **more,
    }


def says(text: str) -> dict[str, object]:
    return {"text": {"text": [text]}}


def events_of(tmp_path, *turns: object, **about: object):
    path = tmp_path / "history.json"
    path.write_text(json.dumps({"name": NAME, "interactions": turns, **about}))
    (made,) = read(path)
    assert made.id == "c-1"
    return made.events


HANDOFF = {"liveAgentHandoff": {}}


def test_where_the_bot_goes_on_after_a_handoff_nobody_has_taken_it(tmp_path):
    early = turn("human", says("wait"), HANDOFF, at="2026-09-14T08:00:00Z")
    late = turn("hello?", says("I am here"), HANDOFF, at="2026-09-14T08:01:00Z")

    events = events_of(tmp_path, late, early)

    states = [event.state for event in events if isinstance(event, Handoff)]
    assert states == ["requested", "accepted"]


def test_a_handoff_that_only_the_metrics_tell_stands_at_the_end(tmp_path):
    events = events_of(
        tmp_path, turn("human", says("ok")), metrics={"hasLiveAgentHandoff": True}
    )

    assert events[-1] == Handoff(state="accepted")


def test_chips_are_the_choices_of_the_text_before_and_a_chip_taken_is_a_click(tmp_path):
    chips = {"type": "chips", "options": [{"text": "Oui"}, {"text": "Non"}]}
    payload = {"payload": {"richContent": [[chips]]}}
    ask = turn("bonjour", says("D'accord ?"), payload, at="2026-09-14T08:00:00Z")
    take = turn("Oui", says("Bien."), at="2026-09-14T08:00:09Z")

    _, question, click, _ = events_of(tmp_path, ask, take)

    assert question.choices == ("Oui", "Non")
    assert (click.action, click.target) == ("quick_reply", "Oui")


def test_thumbs_speech_and_the_end_are_read(tmp_path):
    spoken = {"outputAudioText": {"ssml": "<speak>Au <b>revoir</b></speak>"}}
    one = turn("merci", spoken, {"endInteraction": {}})
    one["answerFeedback"] = {"rating": "THUMBS_DOWN"}

    _, answer, thumb, end = events_of(tmp_path, one)

    assert answer.text == "Au revoir"
    assert isinstance(thumb, Action)
    assert (thumb.action, thumb.of) == ("thumbs_down", answer.id)
    assert isinstance(end, Close)


def test_the_bots_answers_have_no_time_of_their_own(tmp_path):
    user, bot = events_of(tmp_path, turn("hi", says("hello")))

    assert user.at is not None
    assert bot.at is None
