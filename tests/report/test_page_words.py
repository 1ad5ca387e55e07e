"""The words of the page: none missing, none left over, French set as French."""

from __future__ import annotations

import re
import string
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

import jauge
from jauge.model.conversation import Handoff, Role
from jauge.model.score import BANDS, REASONS
from jauge.model.signal import Dimension
from jauge.report.page_words import WORDS, worded

REPORT = files("jauge.report")
TEMPLATES = sorted(Path(str(REPORT)).joinpath("templates").iterdir())
SOURCES = [
    *Path(str(REPORT)).glob("*.py"),
    *Path(jauge.__file__).parent.joinpath("cli").glob("*.py"),
]
CALLS = re.compile(r"\b(?:tn?|worded|counted)\((?:\w+, )?\s*[\"'](\w+)[\"'](?! ?~)")
STATES = get_args(Handoff.__annotations__["state"]) or (
    "requested",
    "refused",
    "accepted",
)
CHANNELS = ("web_chat", "email", "messenger", "instagram", "whatsapp", "sms", "unknown")


def asked_for() -> set[str]:
    """Name the keys that templates and modules ask for, by name or by a value."""
    text = "\n".join(path.read_text("utf-8") for path in (*TEMPLATES, *SOURCES))
    by_name = set(CALLS.findall(text))
    by_value = {
        *BANDS,
        *STATES,
        *map(str, Role),
        *(f"handoff_{state}" for state in STATES),
        *(f"range_{judge}" for judge in ("reader", "customer")),
        *(f"channel_{name}" for name in CHANNELS),
    }
    for name, tellings in (
        *((str(dimension), ("_told",)) for dimension in Dimension),
        *((f"reason_{reason}", ("_told",)) for reason in REASONS),
    ):
        by_value |= {name, *(f"{name}{telling}" for telling in tellings)}
    return by_name | by_value


@pytest.mark.parametrize("key", WORDS)
def test_every_key_has_words_in_both_languages_with_the_same_values(key):
    french, english = WORDS[key]

    assert french.strip()
    assert english.strip()
    assert names_in(french) == names_in(english)


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_no_string_that_is_asked_for_is_missing():
    missing = asked_for() - WORDS.keys() - {"fr", "en"}

    assert missing == set()


def test_no_string_is_left_over():
    singular = {key for key in WORDS if key.endswith("_1")}

    assert {key.removesuffix("_1") for key in singular} <= WORDS.keys()
    assert WORDS.keys() - singular - asked_for() == set()


def test_templates_hold_no_words_of_their_own():
    for path in TEMPLATES:
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text("utf-8"))
        text = re.sub(r"<[^>]*>", "", text)

        assert set(re.findall(r"[^\W\d]{2,}", text)) <= {"jauge", "doctype"}, path.name


@pytest.mark.parametrize("key", WORDS)
def test_french_is_set_with_narrow_blanks(key):
    values = dict.fromkeys(names_in(WORDS[key][0]), "x")

    text = worded("fr", key, **values)

    assert re.search(r"(?<!\u202f)[;!?»%]|(?<![\u202f\d])(?<!--):", text) is None
    assert re.search(r"«(?!\u202f)|'(?!jauge)(?<!')", text.replace("]'", "")) is None
