"""Words that are often ironic are so right after an answer that misses."""

from __future__ import annotations

import pytest

import jauge
from jauge.model.conversation import Conversation

MISSED = {
    "fr": [
        ("user", "j'ai été débité deux fois"),
        ("bot", "Saviez-vous que nos sandales sont en solde ?"),
        ("user", "de mieux en mieux"),
    ],
    "en": [
        ("user", "my parcel never arrived"),
        ("bot", "You can create an account to track orders."),
        ("user", "five star service"),
    ],
}
FITTING = {
    "fr": [
        ("user", "mon colis n'est jamais arrivé"),
        ("bot", "Il était au dépôt ; il est en livraison et arrive avant midi."),
        ("user", "de mieux en mieux"),
    ],
    "en": [
        ("user", "my parcel never arrived"),
        ("bot", "It was at the depot; it is out for delivery and arrives before noon."),
        ("user", "five star service"),
    ],
}


def ironic(told) -> list[int | None]:
    found = jauge.score(Conversation.of(told)).contributions
    return [one.event for one in found if one.signal == "user_sarcastic"]


@pytest.mark.parametrize("lang", MISSED)
def test_words_of_irony_count_after_a_miss_that_says_nothing_of_itself(lang):
    assert ironic(MISSED[lang]) == [2]


@pytest.mark.parametrize("lang", FITTING)
def test_the_same_words_do_not_after_an_answer_that_fits(lang):
    assert ironic(FITTING[lang]) == []
