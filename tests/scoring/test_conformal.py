"""Ranges are measured: eight of ten judgements lie inside, whatever is rated how."""

import random

from hypothesis import given
from hypothesis import strategies as st

from jauge.scoring.conformal import COVERAGE, Foretold, held, ranges
from jauge.scoring.interval import RangeTable

rated = st.lists(
    st.builds(Foretold, st.integers(1, 100), st.integers(0, 30), st.floats(0, 100)),
    min_size=1,
    max_size=200,
)


def drawn(count: int, seed: int) -> list[Foretold]:
    dice = random.Random(seed)
    return [
        Foretold(value, dice.choice((1, 3, 9)), min(100, max(0, dice.gauss(value, 15))))
        for value in (dice.randint(5, 95) for _ in range(count))
    ]


def test_ranges_hold_what_they_promise_on_conversations_never_seen():
    table = ranges(drawn(2000, 1))

    unseen = drawn(4000, 2)

    assert abs(held(table, unseen) / len(unseen) - COVERAGE) < 0.03


def test_few_judgements_share_one_range():
    table = ranges(drawn(30, 3))

    assert len({(row.below, row.above) for row in table}) == 1


@given(rated)
def test_a_range_is_within_the_scale_and_holds_its_value(rows):
    table = RangeTable(ranges(rows))

    for one in rows:
        low, high = table.around(one.value, one.turns)
        assert 0 <= low <= one.value <= high <= 100


@given(rated)
def test_at_least_eight_of_ten_of_the_measured_ones_lie_inside(rows):
    assert held(ranges(rows), rows) >= COVERAGE * len(rows) - 1e-9


@given(rated, st.randoms())
def test_the_order_of_judgements_has_no_effect(rows, dice):
    assert ranges(dice.sample(rows, len(rows))) == ranges(rows)
