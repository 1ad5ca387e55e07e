"""The logistic: exact where it must be, the same everywhere."""

import math

import pytest

from jauge.scoring.logistic import MICRO, log_odds_of, points_at, to_micro


@pytest.mark.parametrize("points", range(1, 100))
def test_whole_points_come_back_from_their_log_odds(points):
    assert abs(float(points_at(log_odds_of(points))) - points) < 1e-4


@pytest.mark.parametrize("z", [-20, -3.2, -0.1, 0, 0.7, 5, 20])
def test_points_are_those_of_the_formula(z):
    expected = 100 / (1 + math.exp(-z))

    assert float(points_at(to_micro(z))) == pytest.approx(expected, rel=1e-12)


def test_points_never_fall_as_log_odds_rise():
    points = [points_at(z * MICRO // 10) for z in range(-600, 600)]

    assert points == sorted(points)
    assert points[0] >= 0
    assert points[-1] <= 100


def test_two_sides_are_mirrored():
    assert all(log_odds_of(n) == -log_odds_of(100 - n) for n in range(1, 100))
