"""The numbers of a report add up, and its extremes are the worst and the best."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given

from jauge.model.conversation import Conversation
from jauge.model.score import Score
from jauge.model.signal import Dimension
from jauge.report.charts import scale_of, steps
from jauge.report.extremes import Extremes
from jauge.report.overview import strip_of
from jauge.report.summary import mean_of

NAMES = tuple(map(str, Dimension))
CHAT = Conversation(id="c", events=())
whole = st.integers(-1000, 1000)


@given(
    st.integers(0, 50_000),
    st.fixed_dictionaries({name: st.integers(-9000, 9000) for name in NAMES}),
    st.integers(1, 500),
)
def test_strip_adds_up_to_the_average_in_tenths(base, dimensions, count):
    strip = strip_of(base, dimensions, count)

    assert strip.base + sum(strip.dimensions.values()) == strip.total
    exact = (10 * base + sum(dimensions.values())) / count
    assert abs(strip.total - exact) <= 0.5
    for name in NAMES:
        assert abs(strip.dimensions[name] - dimensions[name] / count) <= 1


@given(st.integers(10, 990), st.lists(whole, min_size=5, max_size=5))
def test_way_starts_at_the_base_and_never_leaves_the_picture(base, points):
    tenths = dict(zip(NAMES, points, strict=True))
    scale = scale_of(base, tenths)

    way = steps(base, tenths, scale)

    assert way[-1].end == scale.at((base + sum(points)) / 10)
    assert all(0 <= step.end <= 100 for step in way)
    assert all(0 <= step.bar.start <= 100 for step in way)


@given(st.lists(st.integers(0, 100), max_size=200), st.integers(0, 9))
def test_extremes_are_the_worst_and_the_best_of_all(values, most):
    kept = Extremes(most)
    for value in values:
        score = Score(conversation_id="c", status="scored", value=value, scorer="s")
        kept.take(CHAT, score)

    shown, low = kept.rising()

    found = [score.value for _, score in shown]
    if len(values) <= 2 * most:
        assert found == sorted(values)
    else:
        ordered = sorted(values)
        assert found == [*ordered[:most], *ordered[len(ordered) - most :]]
    assert low == min(most, len(values))


@given(st.lists(st.integers(0, 100), min_size=2, max_size=40))
def test_customers_who_all_differ_change_nothing(values):
    assert mean_of(values, list(range(len(values)))) == mean_of(values)


def test_one_customer_alone_tells_nothing_about_others():
    mean = mean_of([10, 20, 90], [7, 7, 7])

    assert (mean.value, mean.low, mean.high) == (40.0, 0.0, 100.0)


def test_interval_of_customers_is_the_cluster_robust_one():
    mean = mean_of([50, 60, 70, 80], [1, 1, 2, 2])

    # Sums of residuals −20 and +20, t(1) = 12.706: 12.706 · √(2 · 800) / 4.
    assert round(mean.value - max(mean.low, 0), 3) == 65.0
    assert mean.high == 100.0
