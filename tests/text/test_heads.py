"""Linear heads: whole numbers that add up, the same wherever they are asked."""

import pytest

from jauge.text.heads import Grams, Head, grams_of, load_heads, put_together, table_of
from jauge.text.phrases import SIDES

HEADS = load_heads()
ROWS = {"ok": (500, -300), "ok merci": (100, 0), "merci $": (0, 900)}


@pytest.fixture(scope="module")
def small():
    grams = Grams(("glad", "cold"), table_of(ROWS))
    empty = Grams(("beside",), {})
    heads = {
        "glad": Head(-1000, {"first": 200}, ((0, 50), (1000, 80))),
        "cold": Head(50, {"first": -400, "asks": 10}),
        "beside": Head(0, {}),
    }
    return put_together(heads, {"user": grams, "bot": empty}, "small")


def test_grams_add_up_over_the_root_of_their_number(small):
    # ok, merci, ^ ok, ok merci, merci $: five grams, root 2.236.
    assert small.grams_in(["ok", "merci"], "user") == (537, 537)


def test_gram_that_comes_again_counts_once(small):
    once, twice = (
        small.grams_in(words, "user") for words in (["ok"], ["ok", "x", "ok"])
    )

    assert once == (round(2 * 500 / 3**0.5), round(2 * -300 / 3**0.5))
    assert twice == (round(2 * 500 / 7**0.5), round(2 * -300 / 7**0.5))


def test_leaning_is_constant_grams_and_facts(small):
    found = small.leanings("user", (537, 537), {"first": 1000, "asks": 500, "new": 7})

    assert found == {"glad": -1000 + 537 + 200, "cold": 50 + 537 - 400 + 5}


def test_chance_grows_by_steps_and_is_zero_below_them(small):
    head = small.heads["glad"]

    assert [head.chance(leaning) for leaning in (-1, 0, 999, 1000)] == [
        0,
        0.5,
        0.5,
        0.8,
    ]


def test_strongest_grams_come_first_and_lower_none(small):
    assert small.strongest(["ok", "merci"], "user", "cold") == ["merci $"]
    assert small.strongest(["ok", "merci"], "user", "glad") == ["ok", "ok merci"]


def test_edges_are_grams_too():
    assert grams_of([]) == ["^ $"]


@pytest.mark.parametrize("side", SIDES)
def test_shipped_grams_have_a_weight_for_each_head_and_hold_no_number(side):
    heads = len(HEADS.names[side])
    for word, (alone, before) in HEADS.grams[side].items():
        assert not any(map(str.isdigit, word))
        assert alone is None or len(alone) == heads
        assert all(len(row) == heads for row in before.values())


@pytest.mark.parametrize("name", HEADS.heads)
def test_steps_of_a_shipped_head_rise(name):
    steps = HEADS.heads[name].steps

    assert list(steps) == sorted(steps)
    assert all(0 < percent < 100 for _, percent in steps)
