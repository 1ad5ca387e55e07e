"""Facts of messages: what a customer stresses, which numbers come again."""

import time

import pytest

from jauge.scorers import build_scorer
from jauge.testing import conversation
from jauge.text.facts import Facts
from jauge.text.numbers import number_facts
from jauge.text.stress import stress_facts, stressed_in

SCORER = build_scorer()


def facts_of_last(*chat, **options):
    reading = SCORER.read(conversation(*chat, **options))
    at = len(reading.turns) - 1
    index, message = reading.turns[at].messages[0]
    facts = Facts(reading, reading.leanings, ())
    return facts.user_facts(at) | facts.message_facts(at, index, message)


@pytest.mark.parametrize(
    ("language", "need", "again"),
    [
        ("en", "can my dog come on board?", "the DOG, can he come"),
        ("fr", "mon vélo peut monter à bord ?", "le VÉLO, il peut monter"),
    ],
)
def test_word_in_capitals_that_was_said_before_is_stressed_again(language, need, again):
    facts = facts_of_last(
        f"user: {need}", "bot: 6:00 - 23:00", f"user: {again}", language=language
    )

    assert facts["stressed again"] == facts["stressed"] == 1000
    assert "capitals" not in facts


@pytest.mark.parametrize(
    ("language", "answer", "reply"),
    [
        ("en", "Do you mean the VAT receipt?", "yes the VAT receipt"),
        ("fr", "Le reçu avec la TVA ?", "oui celui avec la TVA"),
    ],
)
def test_word_that_others_wrote_in_capitals_is_a_name(language, answer, reply):
    facts = facts_of_last(
        "user: 12", f"bot: {answer}", f"user: {reply}", language=language
    )

    assert not {"stressed", "stressed again", "capitals"} & facts.keys()


def test_message_all_in_capitals_stresses_no_single_word():
    assert stress_facts("JE VEUX ANNULER", [], []) == {"capitals": 1000}
    assert stress_facts("OK", [], []) == {}


@pytest.mark.parametrize(
    "text", ["", "[EMAIL] is mine", "#ORDER_ID# svp", "order BQ-77120", "I am A", "12"]
)
def test_codes_and_marks_of_redaction_stress_nothing(text):
    assert stressed_in(text) == []


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("55812", "number again"),
        ("vs90311 yo24", "number again"),
        ("why 49 then", "number of the bot"),
        ("room 214", "number new"),
        ("118", "number new"),
    ],
)
def test_number_was_given_before_or_is_the_bot_s_or_new(text, fact):
    facts = number_facts(
        text.split(), [["order", "55812", "vs", "90311"]], [["now", "49"]]
    )

    assert facts == {fact: 1000}


def test_message_without_numbers_says_nothing_of_them():
    assert number_facts(["where", "is", "it"], [["55812"]], []) == {}


def test_answer_that_only_comes_again_is_told_to_the_message_after_it():
    answer = "bot: Rides end in the app, under Account and then Rides."
    chat = ["user: it still runs", answer, "user: i did that", answer, "user: and?"]

    assert facts_of_last(*chat)["echoed"] == 1000
    assert "echoed" not in facts_of_last(*chat[:3])


def test_capitals_and_numbers_of_huge_messages_cost_little():
    huge = "user: x " + " ".join(
        f"W{at}RD {at} ABC{chr(65 + at % 26)}" for at in range(9999)
    )
    start = time.process_time()

    facts = facts_of_last(*[huge, "bot: ok"] * 6, huge)

    assert facts["number again"] == 1000
    assert "stressed" not in facts
    # Some tenths of a second; a text compared word by word takes minutes.
    assert time.process_time() - start < 20
