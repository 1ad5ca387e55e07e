"""Where masks are: shown and exported messages, unless told otherwise; not the data."""

from __future__ import annotations

import csv
import io
import json

import pytest

CHAT = {
    "id": "c-1",
    "events": [
        {"type": "message", "role": "bot", "text": "Bonjour, votre e-mail ?"},
        {"type": "message", "role": "user", "text": "lou@poste.example c'est NUL"},
        {"type": "message", "role": "bot", "text": "Je n'ai pas compris."},
        {"type": "message", "role": "user", "text": "lou@poste.example c'est NUL"},
    ],
}
EXPLAIN = ("explain", "chats.jsonl", "--id", "c-1", "--lang", "fr")
LONG = ("score", "chats.jsonl", "--to", "csv", "--long", "--lang", "fr")


@pytest.fixture
def chats(here):
    (here / "chats.jsonl").write_text(json.dumps(CHAT) + "\n")


@pytest.mark.parametrize("command", [EXPLAIN, LONG], ids=["explain", "long"])
def test_messages_are_masked_unless_told_otherwise(jauge, chats, command):
    masked = jauge(*command).out.decode()
    whole = jauge(*command, "--no-mask").out.decode()

    assert "lou@" not in masked
    assert "[courriel] c'est NUL" in masked
    assert "lou@poste.example c'est NUL" in whole
    assert "[courriel]" not in whole


@pytest.mark.parametrize("command", [EXPLAIN, LONG], ids=["explain", "long"])
def test_settings_switch_masks_off(jauge, chats, here, command):
    (here / "jauge.toml").write_text("mask = false\n")

    assert "lou@poste.example" in jauge(*command).out.decode()


@pytest.mark.parametrize("command", [EXPLAIN, LONG], ids=["explain", "long"])
def test_a_variable_switches_masks_off(jauge, chats, monkeypatch, command):
    monkeypatch.setenv("JAUGE_MASK", "0")

    assert "lou@poste.example" in jauge(*command).out.decode()


def test_places_of_evidence_are_those_in_the_message_itself(jauge, chats):
    def places(*options):
        rows = csv.DictReader(io.StringIO(jauge(*LONG, *options).out.decode()))
        return [(row["event"], row["span_start"], row["span_end"]) for row in rows]

    assert places() == places("--no-mask")


def test_scores_as_data_hold_the_words_that_are_in_the_message(jauge, chats):
    score = json.loads(jauge("score", "chats.jsonl").out)

    quoted = [part for part in score["contributions"] if part["span"]]
    assert any("lou@" in part["evidence"] for part in quoted)
    for part in quoted:
        text = CHAT["events"][part["event"]]["text"]
        assert text[slice(*part["span"])] == part["evidence"]
