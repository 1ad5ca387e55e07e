"""Agreement of numbers with judgements: known values, ties, intervals, too little."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jauge.scoring.agreement import (
    auc,
    auc_of,
    bins_of,
    calibration_error_of,
    cells_of,
    distance_of,
    error_by_chance,
    judgement_in,
    level_of,
    spearman,
    spearman_of,
)
from jauge.scoring.resampling import Figure, is_few, resampled

points = st.integers(0, 20).map(float)
pairs = st.lists(st.tuples(points, points), min_size=2, max_size=40)


def columns(found: list[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    values, told = zip(*found, strict=True)
    return np.array(values), np.array(told)


def midranks(numbers: np.ndarray) -> np.ndarray:
    return np.array([(numbers < x).sum() + (numbers == x).sum() / 2 for x in numbers])


# --- order


def test_spearman_of_a_textbook():
    # IQ and hours of television of ten people: rho = -29/165.
    iq = np.array([106, 100, 86, 101, 99, 103, 97, 113, 112, 110], float)
    hours = np.array([7, 27, 2, 50, 28, 29, 20, 12, 6, 17], float)

    assert spearman(iq, hours) == pytest.approx(-29 / 165)


@given(pairs)
def test_spearman_is_the_correlation_of_midranks(found):
    values, told = columns(found)
    assume(len(set(values)) > 1 and len(set(told)) > 1)

    expected = np.corrcoef(midranks(values), midranks(told))[0, 1]

    assert spearman(values, told) == pytest.approx(expected, abs=1e-9)


@given(pairs)
def test_auc_counts_the_pairs_in_order(found):
    values, told = columns(found)
    low, high = values[told < 10], values[told >= 10]
    assume(len(low) and len(high))

    won = [(a < b) + (a == b) / 2 for a in low for b in high]

    assert auc(values, told, 10) == pytest.approx(sum(won) / len(won))


@given(pairs)
def test_order_measures_do_not_change_when_numbers_are_stretched(found):
    values, told = columns(found)
    assume(len(set(values)) > 1 and len(set(told)) > 1)

    assert spearman(values * 3 + 7, told) == pytest.approx(spearman(values, told))
    assert spearman(-values, told) == pytest.approx(-spearman(values, told))
    assert spearman(told, values) == pytest.approx(spearman(values, told))


@given(pairs)
def test_order_of_conversations_has_no_effect(found):
    values, told = columns(found)

    turned = spearman(values[::-1], told[::-1]), auc(values[::-1], told[::-1], 10)

    assert turned == pytest.approx(
        (spearman(values, told), auc(values, told, 10)), nan_ok=True
    )


@pytest.mark.parametrize(
    ("values", "told"), [([1, 1, 1], [1, 2, 3]), ([1, 2, 3], [4, 4, 4]), ([1], [1])]
)
def test_without_a_spread_there_is_no_correlation(values, told):
    assert math.isnan(spearman(np.array(values, float), np.array(told, float)))


def test_without_both_kinds_there_is_no_auc():
    assert math.isnan(auc(np.array([1.0, 2]), np.array([60.0, 70])))


# --- level


def test_level_and_distance_are_in_points():
    cells = cells_of(np.array([10.0, 20, 30]), np.array([10.0, 24, 35]))

    assert level_of(cells, cells.counts)[0] == pytest.approx(-3)
    assert distance_of(cells, cells.counts)[0] == pytest.approx(math.sqrt(41 / 3))


def test_calibration_error_is_the_gap_of_means_by_bin():
    values = np.repeat([20.0, 80.0], 10)
    told = np.array([0.0, 50] * 5 + [100.0] * 10)
    cells = cells_of(values, told)
    bins = bins_of(cells)

    error = calibration_error_of(bins)(cells, cells.counts)[0]

    assert error == pytest.approx((5 + 20) / 2)
    assert judgement_in(bins, 0)(cells, cells.counts)[0] == pytest.approx(25)


@given(st.lists(points, min_size=1, max_size=300))
def test_bins_are_full_and_in_order(values):
    cells = cells_of(np.array(values), np.zeros(len(values)))

    bins = bins_of(cells)

    assert bins[0] == 0
    assert set(np.diff(bins)) <= {0, 1}
    assert bins[-1] < max(1, min(10, len(values) // 10))


def test_bins_of_distinct_numbers_hold_equally_many():
    cells = cells_of(np.arange(97.0), np.zeros(97))

    sizes = np.bincount(bins_of(cells))

    assert len(sizes) == 9
    assert sizes.max() - sizes.min() <= 1


def test_calibration_error_of_a_calibrated_score_is_what_chance_gives():
    random = np.random.default_rng(3)
    values = random.integers(0, 101, 2000).astype(float)
    told = 100.0 * (random.random(2000) * 100 < values)
    cells = cells_of(values, told)
    bins = bins_of(cells)

    error = calibration_error_of(bins)(cells, cells.counts)[0]

    assert error == pytest.approx(error_by_chance(cells, bins), rel=0.5)


# --- intervals


def test_intervals_are_the_same_twice_and_hold_the_figure():
    random = np.random.default_rng(1)
    told = random.choice([0.0, 25, 50, 75, 100], 300)
    cells = cells_of(np.round(told / 2 + random.normal(0, 20, 300)), told)

    once, again = (
        resampled([cells], np.arange(300), [[spearman_of, auc_of(50), level_of]])[0]
        for _ in range(2)
    )

    for first, second in zip(once, again, strict=True):
        figure = first.figure()
        assert figure == second.figure()
        assert figure.low < figure.value < figure.high


def test_interval_of_a_mean_is_what_theory_says():
    random = np.random.default_rng(2)
    told = random.normal(50, 20, 400).round(3)
    cells = cells_of(np.full(400, 60.0), told)

    figure = resampled([cells], np.arange(400), [[level_of]])[0][0].figure()

    error = told.std() / 20
    assert figure.high - figure.low == pytest.approx(2 * 1.96 * error, rel=0.1)


def test_conversations_of_one_customer_count_as_one_draw():
    random = np.random.default_rng(4)
    of_customer = random.normal(50, 20, 40).round(3)
    told = np.repeat(of_customer, 25)
    cells = cells_of(np.full(1000, 60.0), told)

    alone = resampled([cells], np.arange(1000), [[level_of]])[0][0].figure()
    apart = resampled([cells], np.repeat(np.arange(40), 25), [[level_of]])[0][
        0
    ].figure()

    assert apart.value == alone.value
    assert (apart.high - apart.low) > 3 * (alone.high - alone.low)


def test_a_paired_difference_is_surer_than_two_figures():
    random = np.random.default_rng(5)
    told = random.choice([0.0, 50, 100], 200)
    values = np.round(told + random.normal(0, 40, 200))
    tables = [cells_of(values, told), cells_of(np.round(values / 10), told)]

    ours, other = resampled(tables, np.arange(200), [[spearman_of], [spearman_of]])

    gap = ours[0].less(other[0]).figure()
    alone = ours[0].figure()
    assert gap.high - gap.low < (alone.high - alone.low) / 2
    assert ours[0].less(ours[0]).figure() == Figure(0, 0, 0)


def test_a_figure_that_cannot_be_says_why():
    cells = cells_of(np.full(50, 60.0), np.arange(50.0))

    figure = resampled([cells], np.arange(50), [[spearman_of]])[0][0].figure()

    assert figure == Figure(why="same")


@pytest.mark.parametrize(
    ("customers", "few"),
    [
        (np.arange(29), True),
        (np.arange(30), False),
        (np.arange(300) % 9, True),
        (np.arange(300) % 10, False),
    ],
)
def test_thirty_conversations_of_ten_customers_are_enough(customers, few):
    assert is_few(customers) is few
