"""What one long chat costs grows with its length, and not with its square."""

from __future__ import annotations

import time

import pytest

from jauge.model.conversation import Conversation
from jauge.scorers import build_scorer

SHORT, TIMES = 4_000, 4
# Twice what it should be: machines are noisy, and a square would make it 16.
MOST = 2 * TIMES
CHATS = {
    "thanks": ("merci", "ok"),
    "thanks right after trouble": ("merci super", "Je n'ai pas compris."),
    "praise in irony": ("génial quelle efficacité", "Je n'ai pas compris."),
    "says no": ("non", "Voulez-vous le lien ?"),
    "says no with a mark": ("non !", "Voulez-vous le lien ?"),
    "says goodbye with a mark": ("goodbye!", "It is done."),
}


@pytest.mark.parametrize("kind", CHATS)
def test_chat_of_one_kind_four_times_as_long_costs_about_four_times(kind):
    scorer = build_scorer()
    customer, bot = CHATS[kind]

    def cost(messages: int) -> float:
        pairs = [("user", customer), ("bot", bot)] * (messages // 2)
        chat = Conversation.of(pairs)
        start = time.process_time()
        scorer.score(chat)
        return time.process_time() - start

    cost(SHORT)
    # The best of three: what else runs here only ever adds.
    short, long = (min(cost(size) for _ in range(3)) for size in (SHORT, TIMES * SHORT))

    assert long < MOST * short
