"""French and English alike: the same lists, the same words, the same scores."""

import functools
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from msgspec.structs import replace

from jauge import detectors, importers
from jauge.model.conversation import Conversation
from jauge.pipeline import score
from jauge.report.wording import WORDS
from jauge.testing import conversation
from jauge.text import lists

LISTS = Path(lists.__file__).parent
LANGUAGES = ("fr", "en")
NAMES = sorted({path.name for path in LISTS.glob("*/*.tsv")})
PHRASES = [name for name in NAMES if name.startswith(("user_", "bot_"))]
MOST_APART = 7
# Of a short reply, over some three hundred of them; 2.7 before scorer 5.5.0.
MOST_APART_IN_THE_MEAN = 1.7
# Two abbreviations of one word may sound less alike than the word: « bcp », "thx".
FURTHER_APART = {"writes as in a text message": 10}
# Shown by a linear head alone: one idea may stand just above in one language.
LEARNT = {"bot_misses", "user_rephrases", "user_sarcastic"}
# How words sound is compared by the value: faint tones stand on either side of silence.
FAINT = {"user_tone", "bot_tone"}
MOST_LINES = 1.5
CASES = Path(__file__).with_name("parity.yaml")


class Pair(NamedTuple):
    """One idea, told in both languages."""

    idea: str
    fr: Conversation
    en: Conversation


PAIRS = tuple(
    Pair(
        case["idea"],
        conversation(*case["fr"], language="fr"),
        conversation(*case["en"], language="en"),
    )
    for case in yaml.safe_load(CASES.read_text(encoding="utf-8"))
)
each_pair = pytest.mark.parametrize("told", PAIRS, ids=lambda told: told.idea)


def fired(chat: Conversation) -> Counter[tuple[int | None, str]]:
    return Counter((part.event, part.signal) for part in score(chat).contributions)


@each_pair
def test_one_idea_fires_the_same_signals_at_the_same_events(told):
    french, english = (
        {
            found: count
            for found, count in fired(chat).items()
            if found[1] not in LEARNT | FAINT
        }
        for chat in (told.fr, told.en)
    )

    assert french == english


@pytest.mark.parametrize("name", sorted(LEARNT))
def test_what_is_learnt_fires_about_as_often_in_both_languages(name):
    french, english = (
        sum(signal == name for chat in chats for _, signal in fired(chat))
        for chats in ([told.fr for told in PAIRS], [told.en for told in PAIRS])
    )

    assert abs(french - english) <= len(PAIRS) / 10


@each_pair
def test_one_idea_has_nearly_the_same_value(told):
    apart = abs(score(told.fr).value - score(told.en).value)

    assert apart <= FURTHER_APART.get(told.idea, MOST_APART)


def test_languages_are_not_apart_on_average():
    apart = [score(told.fr).value - score(told.en).value for told in PAIRS]

    assert abs(sum(apart)) <= len(apart)


@each_pair
def test_language_that_nobody_declares_is_never_told_as_the_other(told):
    french, english = (
        score(replace(chat, language=None)).language for chat in (told.fr, told.en)
    )

    assert french in {"fr", None}
    assert english in {"en", None}


def lines_of(language: str, name: str) -> list[str]:
    text = (LISTS / language / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and line[0] != "#"]


@pytest.mark.parametrize("name", NAMES)
def test_every_list_is_there_in_both_languages(name):
    assert all((LISTS / language / name).is_file() for language in LANGUAGES)


@pytest.mark.parametrize("name", PHRASES)
def test_lists_of_phrases_are_of_like_length(name):
    fewer, more = sorted(len(lines_of(language, name)) for language in LANGUAGES)

    assert fewer > 0
    assert more <= MOST_LINES * fewer


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_list_says_on_top_where_it_comes_from(language, name):
    first = (LISTS / language / name).read_text(encoding="utf-8").partition("\n")[0]

    assert first.startswith("# ")


@pytest.mark.parametrize("detector", detectors.BUILTIN, ids=lambda found: found.name)
def test_signal_reads_well_in_both_languages(detector):
    french, english = (detector.words[language] for language in LANGUAGES)

    assert set(detector.words) == set(LANGUAGES)
    assert french.chip
    assert french.line.endswith(".")
    assert english.chip
    assert english.line.endswith(".")
    assert french.line != english.line


@pytest.mark.parametrize("side", ["user_", "bot_"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_chips_of_one_side_differ(language, side):
    """« se répète » is said of both sides: the transcript shows whose it is."""
    chips = [
        detector.words[language].chip
        for detector in detectors.BUILTIN
        if detector.name.startswith(side)
    ]

    assert len(chips) == len(set(chips))


@pytest.mark.parametrize("importer", importers.BUILTIN, ids=lambda found: found.name)
def test_format_is_described_in_both_languages(importer):
    assert set(importer.words) == set(LANGUAGES)
    assert all(importer.words.values())


def test_every_word_of_the_interface_is_there_in_both_languages():
    french, english = (WORDS[language] for language in LANGUAGES)

    assert french.keys() == english.keys()
    assert all(french.values())
    assert all(english.values())


@pytest.mark.parametrize("key", WORDS["fr"])
def test_words_of_the_interface_take_the_same_values(key):
    french, english = (
        # What agrees with a value stands behind a colon.
        set(re.findall(r"\{(\w+)[:}]", WORDS[language][key]))
        for language in LANGUAGES
    )

    assert french == english


ANSWERS = {
    "fr": ("où est ma commande ?", "Elle arrive demain matin.", "Je n'ai pas compris."),
    "en": (
        "where is my order?", "It arrives tomorrow morning.", "I did not understand.",
    ),
}  # fmt: skip
REPLIES = [
    tuple(line.split("\t"))
    for line in CASES.with_name("short_replies.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@functools.cache
def worth(reply: str, language: str, answer: int) -> float:
    """The points of a short reply, after an answer that fits (1) or that failed (2)."""
    need = ANSWERS[language][0]
    told = (f"user: {need}", f"bot: {ANSWERS[language][answer]}", f"user: {reply}")
    parts = score(conversation(*told, language=language)).contributions
    return sum(part.points for part in parts if part.event == 2)


@pytest.mark.parametrize("answer", [1, 2], ids=["answered", "failed"])
def test_short_replies_are_worth_nearly_the_same_in_both_languages(answer):
    apart = {
        (french, english): worth(french, "fr", answer) - worth(english, "en", answer)
        for french, english in REPLIES
    }

    assert sum(map(abs, apart.values())) / len(apart) < MOST_APART_IN_THE_MEAN
    assert abs(sum(apart.values())) / len(apart) < 1


@pytest.mark.parametrize("answer", [1, 2], ids=["answered", "failed"])
def test_no_short_reply_is_praise_in_one_language_and_blame_in_the_other(answer):
    opposite = [
        pair
        for pair in REPLIES
        for one, other in [(worth(pair[0], "fr", answer), worth(pair[1], "en", answer))]
        if min(one, other) <= -5 and max(one, other) >= 5
    ]

    assert opposite == []
