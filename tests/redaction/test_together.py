"""A conversation and its score, masked together: evidence is still where it says."""

from __future__ import annotations

from importlib.resources import files

import pytest

import jauge
from jauge.redaction.together import masked_score, masked_together
from jauge.testing import conversation

CHAT = conversation(
    {"bot": "Bonjour ! Votre numéro de commande ?", "choices": ["Commande 123456"]},
    {"user": "commande 123456, c'est nul, écrivez à lou@poste.example"},
    {"bot": "Je n'ai pas compris.", "fallback": True},
    {"user": "commande 123456, c'est nul, écrivez à lou@poste.example"},
    {"rating": 1, "comment": "rappelez le 06 39 98 12 34"},
    language="fr",
)
PERSONAL = ("123456", "lou@", "06 39")


def test_nothing_personal_is_left_in_texts_choices_comments_and_evidence():
    chat, score = masked_together(CHAT, jauge.score(CHAT), "fr")

    shown = f"{chat} {score}"
    assert not [one for one in PERSONAL if one in shown]
    assert "[référence]" in chat.events[0].choices[0]


def test_evidence_is_the_text_at_its_span_after_masking():
    chat, score = masked_together(CHAT, jauge.score(CHAT), "fr")

    told = [
        part for part in score.contributions if part.span and part.event is not None
    ]
    assert any("[" in part.evidence for part in told)
    for part in told:
        assert chat.events[part.event].text[slice(*part.span)] == part.evidence


def test_points_and_their_order_stay():
    score = jauge.score(CHAT)
    _, masked = masked_together(CHAT, score, "en")

    assert [
        (part.signal, part.event, part.points) for part in masked.contributions
    ] == [(part.signal, part.event, part.points) for part in score.contributions]
    assert masked.value == score.value


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_score_alone_is_masked_as_with_its_conversation(lang):
    samples = str(files("jauge.samples").joinpath("conversations.jsonl"))
    for chat in (CHAT, *jauge.read(samples)):
        score = jauge.score(chat)

        assert masked_score(chat, score, lang) == masked_together(chat, score, lang)[1]
