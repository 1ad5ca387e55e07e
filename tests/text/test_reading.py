"""A reading: facts of a conversation that detectors ask for."""

from jauge.testing import conversation, reading_of

LOST = "bot: Désolé, je n'ai pas compris."


def test_quoted_words_are_not_the_customers_mood():
    quoting = reading_of(conversation('user: il a dit "merci"', language="fr"))
    saying = reading_of(conversation("user: merci", language="fr"))

    assert "user_thanks" not in quoting.said
    assert "user_thanks" in saying.said


def test_each_turn_is_read_in_its_own_language():
    chat = conversation(
        "user: merci beaucoup pour votre aide", "bot: Sorry, I didn't understand that."
    )

    assert {"user_thanks", "bot_fallback"} <= set(reading_of(chat).said)


def test_lists_of_one_side_are_not_looked_for_in_the_other():
    chat = conversation("user: je n'ai pas compris", "bot: merci", language="fr")

    assert {"bot_fallback", "user_thanks"}.isdisjoint(reading_of(chat).said)


def test_words_are_shown_as_they_were_written():
    chat = conversation("user: ok  MERCIII !!", language="fr")

    (said,) = reading_of(chat).said["user_thanks"]

    assert chat.events[0].text[said.start : said.end] == said.words == "MERCIII"


def test_skin_tone_belongs_to_its_emoji():
    chat = conversation("user: ok 👍🏽 ok", language="en")

    shown = {said.words for found in reading_of(chat).said.values() for said in found}

    assert shown <= {"👍🏽", "ok"}
    assert "👍🏽" in shown


def test_trouble_is_flagged_or_said():
    flagged = conversation("user: x", {"bot": "Hm.", "fallback": True}, "user: ok")
    spoken = conversation("user: x", LOST, "user: ok", language="fr")
    fine = conversation("user: x", "bot: Demain.", "user: ok", language="fr")

    assert [reading_of(chat).after_trouble(2) for chat in (flagged, spoken, fine)] == [
        True,
        True,
        False,
    ]


def test_choice_is_taken_by_its_words_whatever_case_and_marks():
    chat = conversation(
        {"bot": "Bonjour", "choices": ["Suivre ma commande 📦"]},
        "user: suivre MA commande !",
    )

    assert reading_of(chat).takes_choice(1)


def test_choice_of_an_earlier_turn_is_none_just_offered():
    chat = conversation(
        {"bot": "Bonjour", "choices": ["Oui"]}, "user: non", "bot: Ah.", "user: oui"
    )

    assert not reading_of(chat).takes_choice(3)
