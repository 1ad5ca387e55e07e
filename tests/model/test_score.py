"""Scores: how they are written and how they show themselves."""

import msgspec

from jauge.model.score import Score
from jauge.pipeline import score
from jauge.testing import conversation

CHAT = conversation(
    "user: <b>merci</b>", "bot: <i>Avec plaisir</i>", "user: merci", id="<x>"
)
FIELDS = [
    "conversation_id", "status", "reason", "part", "value", "band", "range", "logit",
    "language", "base", "dimensions", "contributions", "unavailable", "scorer",
]  # fmt: skip
DIMENSIONS = ["engagement", "sentiment", "understanding", "ease", "response_time"]


def test_fields_stand_in_the_order_of_the_contract():
    written = msgspec.json.decode(score(CHAT).to_json())

    assert list(written) == FIELDS
    assert list(written["dimensions"]) == DIMENSIONS


def test_not_scored_has_the_same_fields_without_numbers():
    written = msgspec.json.decode(score(conversation("user: hi")).to_json())

    assert list(written) == FIELDS
    assert written["contributions"] == []
    assert written["unavailable"] == ["bot_unsure", "bot_slow"]
    assert {name for name in FIELDS if written[name] is None} == {
        "value", "band", "range", "logit", "base", "dimensions",
    }  # fmt: skip


def test_score_is_read_as_it_was_written():
    found = score(CHAT)

    assert msgspec.json.decode(found.to_json(), type=Score) == found


def test_notebook_shows_texts_as_they_were_typed():
    shown = score(CHAT)._repr_html_()

    assert "&lt;x&gt;" in shown
    assert "<b>merci" not in shown
    assert f"<b>{score(CHAT).value}</b>" in shown


def test_notebook_says_why_there_is_no_score():
    assert (
        "not scored (no_bot_message)" in score(conversation("user: hi"))._repr_html_()
    )
