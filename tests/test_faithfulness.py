"""Reasons are true: without what they show, the score moves the other way."""

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from jauge import samples
from jauge.detectors import BUILTIN
from jauge.model.conversation import Conversation, Message
from jauge.model.score import Contribution
from jauge.model.signal import Signal
from jauge.pipeline import score, scorer_of
from jauge.sources import read

CHATS = tuple(read(Path(samples.__file__).with_name("conversations.jsonl")))
SCORED = tuple(chat for chat in CHATS if score(chat).status == "scored")
SIGNS = {detector.name: detector.sign for detector in BUILTIN}
OF_ONE_SIGN = sorted(name for name, sign in SIGNS.items() if sign)
LEAST_POINTS = 3
LEAST_SHARE = 0.95


def sign_of(signal: Signal) -> float:
    """The sign that a signal declares; of either sign, that of its strength."""
    return SIGNS[signal.name] or math.copysign(1, signal.strength)


def signals_of(chat: Conversation) -> list[Signal]:
    """The signals of a conversation, each at its strongest in its turn."""
    reading = scorer_of().read(chat)
    found = scorer_of().signals(reading, scorer_of().unavailable(reading))
    return [
        share.signal for share in scorer_of().scorecard.shares(found, reading.turns)
    ]


def log_odds_of(chat: Conversation, signals: list[Signal]) -> int:
    turns = scorer_of().read(chat).turns
    return scorer_of().scorecard.sum(signals, turns).logit


def cut(chat: Conversation, part: Contribution) -> Conversation:
    """Cut the words that a contribution shows out of its message."""
    message = chat.events[part.event]
    start, end = part.span
    text = message.text[:start] + message.text[end:]
    kept = list(chat.events)
    kept[part.event] = replace(message, text=text)
    return replace(chat, events=tuple(kept))


@pytest.mark.parametrize("chat", SCORED, ids=lambda chat: chat.id)
def test_points_have_the_sign_that_their_signal_declares(chat):
    for part in score(chat).contributions:
        sign = SIGNS[part.signal]

        assert sign == 0 or sign * part.points >= -0.1, part


@pytest.mark.parametrize("chat", SCORED, ids=lambda chat: chat.id)
def test_evidence_is_what_its_span_shows(chat):
    for part in score(chat).contributions:
        assert part.evidence
        if part.span is not None:
            start, end = part.span
            assert chat.events[part.event].text[start:end] == part.evidence
        elif part.event is None:
            assert part.signal in {"user_leaves"}


@pytest.mark.parametrize("chat", SCORED, ids=lambda chat: chat.id)
def test_without_a_contribution_log_odds_move_against_its_sign(chat):
    signals = signals_of(chat)
    whole = log_odds_of(chat, signals)

    for place, signal in enumerate(signals):
        without = log_odds_of(chat, signals[:place] + signals[place + 1 :])

        assert sign_of(signal) * (without - whole) < 0, signal


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.sampled_from(SCORED), st.sampled_from(OF_ONE_SIGN), st.data())
def test_one_more_hit_never_moves_log_odds_against_its_sign(chat, name, data):
    signals = signals_of(chat)
    event = data.draw(st.integers(0, len(chat.events) - 1))
    strength = data.draw(st.floats(0.05, 1))
    more = Signal(name, event, "more", None, strength)

    moved = log_odds_of(chat, [*signals, more]) - log_odds_of(chat, signals)

    assert sign_of(more) * moved >= 0


def test_cut_words_do_not_move_the_value_the_wrong_way():
    strong = [
        (chat, found.value, part)
        for chat in SCORED
        for found in [score(chat)]
        for part in found.contributions
        if part.span is not None and abs(part.points) >= LEAST_POINTS
    ]
    assert len(strong) >= 50

    wrong = []
    for chat, value, part in strong:
        after = score(cut(chat, part)).value
        sign = SIGNS[part.signal] or math.copysign(1, part.points)
        if sign * (after - value) > 0:
            wrong.append(f"{chat.id} {part.signal} {part.evidence!r}: {value}>{after}")

    share = 1 - len(wrong) / len(strong)
    assert share >= LEAST_SHARE, f"{share:.1%} of {len(strong)}:\n" + "\n".join(wrong)


def test_words_that_are_cut_are_words_of_a_message():
    for chat in SCORED:
        for part in score(chat).contributions:
            if part.span is not None:
                assert isinstance(chat.events[part.event], Message)
