"""Thanks are believed, but not right after the bot's trouble nor after much of it."""

from __future__ import annotations

import pytest

import jauge
from jauge.detectors.leaning import is_meant
from jauge.scorers import build_scorer

WORDS = {
    "fr": ("mon bon ne passe pas", "Je n'ai pas compris.", "Videz le panier.", "merci"),
    "en": ("my voucher fails", "I did not understand.", "Empty the basket.", "thanks"),
}


@pytest.mark.parametrize("lang", WORDS)
@pytest.mark.parametrize(("trouble", "believed"), [(0, True), (1, True), (2, False)])
def test_thanks_are_believed_up_to_one_trouble_before(lang, trouble, believed):
    need, fails, helps, thanks = WORDS[lang]
    said = [("user", need), ("bot", fails)] * trouble + [("user", need), ("bot", helps)]
    reading = build_scorer().read(jauge.Conversation.of([*said, ("user", thanks)]))
    assert is_meant(reading, len(said)) is believed


@pytest.mark.parametrize("lang", WORDS)
def test_thanks_right_after_trouble_are_not_believed(lang):
    need, fails, _, thanks = WORDS[lang]
    chat = [("user", need), ("bot", fails), ("user", thanks)]
    assert not is_meant(build_scorer().read(jauge.Conversation.of(chat)), 2)
