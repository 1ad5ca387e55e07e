"""Few ratings hardly move a scorer, many do; it keeps its signs, whatever is rated."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jauge.scoring.calibration import Evidence, fitted, folds_of, today, unseen

TODAY = today(53, [0.3, -0.2, 0.1])
SIDES = np.array([1.0, -1.0, 1.0])


def rated(count: int, seed: int = 0, *, factors=(0.2, 3.0, 1.0), level=0.5) -> Evidence:
    """Ratings by customers who weigh signals by factors of their own."""
    dice = np.random.default_rng(seed)
    shares = dice.random((count, 3)) * SIDES
    z = level + shares @ np.array(factors) + dice.normal(0, 1, count)
    return Evidence(shares, 100 / (1 + np.exp(-z)))


def evidence(rows) -> Evidence:
    return Evidence(
        np.array([row[0] for row in rows], dtype=float).reshape(len(rows), 3) * SIDES,
        np.array([row[1] for row in rows], dtype=float),
    )


shares = st.lists(
    st.one_of(st.floats(0, 3), st.just(0.0), st.just(float("nan"))),
    min_size=3,
    max_size=3,
)
anything = st.lists(st.tuples(shares, st.floats(0, 100)), max_size=40).map(evidence)


def test_no_ratings_change_nothing():
    assert fitted(evidence([]), TODAY) == TODAY


@given(anything)
def test_no_signal_changes_its_side(found):
    level = fitted(found, TODAY)

    assert min(level.factors) >= 0
    assert 1 <= level.base <= 99
    assert np.isfinite([level.slope, *level.factors, *level.means]).all()


@given(anything, st.randoms())
@settings(max_examples=50)
def test_the_order_of_ratings_has_no_effect(found, dice):
    places = np.array(dice.sample(range(len(found.judgements)), len(found.judgements)))

    again = fitted(found.part(places.astype(int)), TODAY)

    assert again.factors == pytest.approx(fitted(found, TODAY).factors, abs=2e-4)


@given(anything)
@settings(max_examples=50)
def test_values_stay_on_the_scale(found):
    values = fitted(found, TODAY).values(found.shares)

    assert ((values >= 0) & (values <= 100)).all()


def test_twenty_ratings_hardly_move_a_weight_and_a_thousand_have_learnt():
    few, some, many = (fitted(rated(count), TODAY) for count in (20, 200, 5000))

    def moved(level):
        return abs(level.factors[1] / level.slope - 1)

    assert moved(few) < 0.15
    assert moved(few) < moved(some) < moved(many)
    assert many.factors[0] < 0.4 * many.factors[2]
    assert many.factors[1] > 2.5 * many.factors[2]


def test_more_of_the_same_ratings_move_it_further_the_same_way():
    once = rated(100)
    twice = Evidence(
        np.vstack([once.shares] * 2), np.concatenate([once.judgements] * 2)
    )

    first, second = fitted(once, TODAY), fitted(twice, TODAY)

    assert 1 < first.factors[1] < second.factors[1]
    assert first.factors[0] > second.factors[0]


def test_fifty_ratings_set_the_level():
    errors = []
    for seed in range(20):
        own = rated(2050, seed, factors=(1, 1, 1), level=1.5)
        first = np.arange(50)
        values = fitted(own.part(first), TODAY).values(own.shares[50:])
        errors.append(abs(values.mean() - own.judgements[50:].mean()))

    assert np.mean(errors) < 3


def test_a_signal_that_is_never_shown_follows_the_slope_alone():
    found = rated(300)
    hidden = found.shares.copy()
    hidden[:, 2] = 0.0

    level = fitted(Evidence(hidden, found.judgements), TODAY)

    assert level.factors[2] == level.slope != 1


def test_a_source_that_hides_a_signal_gives_its_mean():
    found = rated(300)
    hidden = found.shares.copy()
    hidden[:, 2] = np.nan

    level = fitted(Evidence(hidden, found.judgements), TODAY)
    values = level.values(hidden)

    assert level.factors[2] == level.slope
    assert level.means[2] == pytest.approx(0.1 * level.slope, abs=1e-4)
    assert values.mean() == pytest.approx(found.judgements.mean(), abs=1.5)


@pytest.mark.parametrize("judgement", [0.0, 50.0, 100.0])
@pytest.mark.parametrize("count", [1, 2, 1000])
def test_one_rating_for_all_moves_the_level_and_stays_finite(judgement, count):
    found = Evidence(rated(count).shares, np.full(count, judgement))

    level = fitted(found, TODAY)

    before = TODAY.values(found.shares).mean()
    after = level.values(found.shares).mean()
    assert abs(after - judgement) < abs(before - judgement)


def test_owners_are_dealt_evenly_and_stay_together():
    owners = [f"u-{number % 57}" for number in range(300)]

    folds = folds_of(owners)

    assert len(set(zip(owners, folds, strict=True))) == 57
    sizes = [
        len({o for o, f in zip(owners, folds, strict=True) if f == fold})
        for fold in set(folds)
    ]
    assert max(sizes) - min(sizes) <= 1


def test_what_is_unseen_never_saw_its_own_rating():
    found = rated(60)
    owners = [str(number) for number in range(60)]
    other = Evidence(found.shares, found.judgements.copy())
    other.judgements[7] = 100 - other.judgements[7]

    before, after = unseen(found, TODAY, owners), unseen(other, TODAY, owners)

    assert before[7] == after[7]
    assert (before != after).any()


def test_one_owner_alone_cannot_be_tried():
    found = rated(5)

    assert np.isnan(unseen(found, TODAY, ["u"] * 5)).all()


def test_a_signal_of_both_signs_keeps_a_weight_above_zero():
    """A tone is praise or blame by its strength; its weight is a size."""
    dice = np.random.default_rng(3)
    tone = dice.uniform(-1, 1, (400, 3))
    judgements = 50 + 30 * tone[:, 0] - 30 * tone[:, 1]

    level = fitted(Evidence(tone, judgements), today(50, [0.0] * 3))

    assert level.factors[0] > 0.8
    assert level.factors[1] == 0


def test_the_same_ratings_give_the_same_scorer():
    dice = random.Random(0)
    for _ in range(3):
        found = rated(dice.randint(20, 400))
        assert fitted(found, TODAY) == fitted(found, TODAY)
