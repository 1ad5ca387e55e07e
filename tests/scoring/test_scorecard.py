"""The sum: damped rates, shares at the end, facts, the base of what could be seen."""

import math

import pytest

from jauge.model.signal import Dimension, Signal
from jauge.model.turns import turns_of
from jauge.scoring.logistic import log_odds_of, points_at
from jauge.scoring.scorecard import Scorecard, Weight, share_out
from jauge.testing import conversation

WEIGHTS = {
    "user_angry": Weight(rate=-3.0),
    "user_thanks": Weight(rate=1.0, end=0.5),
    "bot_slow": Weight(fact=-0.5, mean=-0.2),
    "bot_fallback": Weight(rate=-2.0, mean=-0.1),
}
CARD = Scorecard(60, WEIGHTS, dict.fromkeys(WEIGHTS, Dimension.EASE))


def shares(chat, *signals: Signal) -> list[float]:
    return [share.log_odds for share in CARD.shares(signals, turns_of(chat.events))]


def talk(turns: int):
    return conversation(*["user: a", "bot: b"] * turns)


@pytest.mark.parametrize("turns", [1, 2, 8, 40])
def test_hit_is_worth_its_weight_over_the_turns_of_its_side_and_five(turns):
    chat = talk(turns)

    assert shares(chat, Signal("user_angry", 0, "a", None, 0.5)) == [
        pytest.approx(-3.0 * 0.5 / (turns + 5))
    ]


def test_bubbles_of_one_turn_count_once_at_the_strongest():
    chat = conversation("user: a", "user: b", "user: c", "bot: d")
    found = [Signal("user_angry", at, "a", None, 0.2 * at + 0.1) for at in range(3)]

    assert shares(chat, *found) == shares(chat, found[2])


def test_hits_in_two_turns_count_twice():
    chat = talk(2)
    found = [Signal("user_angry", at, "a") for at in (0, 2)]

    assert shares(chat, *found) == [pytest.approx(-3 / 7)] * 2


@pytest.mark.parametrize(("turns", "among"), [(1, 1), (2, 2), (5, 2)])
def test_last_two_turns_share_what_the_end_is_worth(turns, among):
    last = 2 * (turns - 1)

    (worth,) = shares(talk(turns), Signal("user_thanks", last, "a"))

    assert worth == pytest.approx(1 / (turns + 5) + 0.5 / among)


def test_hit_before_the_last_two_turns_has_no_share_at_the_end():
    assert shares(talk(5), Signal("user_thanks", 0, "a")) == [pytest.approx(1 / 10)]


def test_fact_counts_once_whatever_the_length():
    found = [Signal("bot_slow", at, "a", None, 0.4 + at / 10) for at in (1, 3)]

    assert shares(talk(9), *found) == [pytest.approx(-0.5 * 0.7)]


def test_system_events_ratings_and_handoffs_neither_count_nor_divide_a_turn():
    bare = conversation("user: a", "user: b", "bot: c")
    full = conversation(
        "user: a",
        "system: x",
        {"rating": 3},
        {"handoff": "refused"},
        "user: b",
        "bot: c",
    )

    assert shares(full, Signal("user_angry", 0, "a"), Signal("user_angry", 4, "a")) == (
        shares(bare, Signal("user_angry", 0, "a"))
    )


def test_of_two_equal_hits_the_first_in_order_is_shown_whoever_comes_first():
    found = [Signal("user_angry", 0, text) for text in ("b", "a")]
    turns = turns_of(talk(1).events)

    assert CARD.sum(found, turns) == CARD.sum(found[::-1], turns)


def test_no_signal_leaves_the_base():
    total = CARD.sum([], turns_of(talk(1).events))

    assert (total.value, total.base, total.contributions) == (60, 60, ())
    assert total.logit == round(log_odds_of(60) / 1000)


def test_base_moves_by_the_means_of_what_cannot_be_seen():
    moved = math.log(60 / 40) - 0.2 - 0.1
    expected = math.floor(100 / (1 + math.exp(-moved)) + 0.5)

    assert CARD.base_without(("bot_slow", "bot_fallback")) == expected
    assert CARD.base_without(()) == CARD.base_without(("user_angry", "other")) == 60


def test_chats_with_and_without_times_have_the_same_mean():
    """The mean of `bot_slow` is what it moves on average: two waits in five chats."""
    slow = Signal("bot_slow", 1, "50 s")
    turns = turns_of(talk(1).events)
    timed = [CARD.sum([slow], turns)] * 2 + [CARD.sum([], turns)] * 3

    untimed = CARD.sum([], turns, ("bot_slow",))

    assert abs(sum(total.value for total in timed) / 5 - untimed.value) <= 1


def test_value_is_the_logistic_of_the_sum_rounded():
    turns = turns_of(talk(1).events)
    signal = Signal("user_angry", 0, "a")

    total = CARD.sum([signal], turns)

    z = math.log(60 / 40) - 3 / 6
    assert total.value == math.floor(100 / (1 + math.exp(-z)) + 0.5)
    assert total.logit == round(1000 * z)
    assert [part.points for part in total.contributions] == [total.value - 60]


def test_shares_that_cancel_keep_their_points():
    assert share_out([0.4, -0.4], log_odds_of(50), log_odds_of(50), 0) == [100, -100]


def test_last_tenths_go_to_the_largest_remainders_then_to_the_first():
    assert share_out([1.0, 1.0, 1.0], 0, 400_000, 10) == [34, 33, 33]


def test_sums_that_no_reader_can_tell_from_certainty_still_add_up():
    huge = {"user_angry": Weight(rate=-1e9), "user_thanks": Weight(rate=1e9)}
    card = Scorecard(60, huge, dict.fromkeys(huge, Dimension.EASE))
    turns = turns_of(talk(1).events)

    values = [card.sum([Signal(name, 0, "a")], turns).value for name in huge]

    assert values == [0, 100]
    assert points_at(-(10**15)) < 1e-100
