"""Linear heads: whole numbers that add up, the same wherever they are asked."""

import msgspec
import pytest

from jauge.text.grams import Grams, GramTable, grams_of, laid_out, table_of
from jauge.text.heads import TABLE, Head, load_heads, put_together
from jauge.text.phrases import SIDES

HEADS = load_heads()
ROWS = {"ok": (500, -300), "ok merci": (100, 0), "merci $": (0, 900)}


@pytest.fixture(scope="module")
def small():
    grams = laid_out(Grams(("glad", "cold"), table_of(ROWS)))
    empty = laid_out(Grams(("beside",), {}))
    heads = {
        "glad": Head(-1000, {"first": 200}, ((0, 50), (1000, 80))),
        "cold": Head(50, {"first": -400, "asks": 10}),
        "beside": Head(0, {}),
    }
    return put_together(heads, {"user": grams, "bot": empty}, "small")


def test_grams_add_up_over_the_root_of_their_number(small):
    # ok, merci, ^ ok, ok merci, merci $: five grams, root 2.236.
    sums = small.grams["user"].sums([["ok", "merci"]])

    assert sums.tolist() == [[537], [537]]


def test_gram_that_comes_again_counts_once(small):
    sums = small.grams["user"].sums([["ok"], ["ok", "x", "ok"]])

    assert sums.T.tolist() == [
        [round(2 * 500 / 3**0.5), round(2 * -300 / 3**0.5)],
        [round(2 * 500 / 7**0.5), round(2 * -300 / 7**0.5)],
    ]


def test_sums_of_a_text_are_the_same_in_any_company():
    table = GramTable(laid_out(Grams(("glad", "cold"), table_of(ROWS))))
    texts = [["ok", "merci"], [], ["merci"], ["merci", "ok"], ["ok"] * 100, ["merci"]]

    alone = [table.sums([words]).T.tolist()[0] for words in texts]

    assert table.sums(texts).T.tolist() == alone


def test_leaning_is_constant_grams_and_facts(small):
    facts = {"first": 1000, "asks": 500, "new": 7}

    found = small.leanings("user", [["ok", "merci"], []], [facts, {}])

    assert found == {
        "glad": [-1000 + 537 + 200, -1000],
        "cold": [50 + 537 - 400 + 5, 50],
    }


def test_chance_grows_by_steps_and_is_zero_below_them(small):
    head = small.heads["glad"]

    assert [head.chance(leaning) for leaning in (-1, 0, 999, 1000)] == [
        0,
        0.5,
        0.5,
        0.8,
    ]


def test_strongest_grams_come_first_and_lower_none(small):
    assert small.grams["user"].strongest(["ok", "merci"], "cold") == ["merci $"]
    assert small.grams["user"].strongest(["ok", "merci"], "glad") == [
        "ok",
        "ok merci",
    ]


def test_edges_are_grams_too():
    assert grams_of([]) == ["^ $"]


@pytest.mark.parametrize("side", SIDES)
def test_shipped_grams_have_a_weight_for_each_head_and_hold_no_number(side):
    heads = len(HEADS.names[side])
    for word, (alone, before) in _written(side).words.items():
        assert not any(map(str.isdigit, word))
        assert alone is None or len(alone) == heads
        assert all(len(row) == heads for row in before.values())


@pytest.mark.parametrize("side", SIDES)
def test_shipped_grams_are_laid_out_as_they_are_written(side):
    laid = msgspec.msgpack.encode(laid_out(_written(side)))

    assert (TABLE / f"{side}.msgpack").read_bytes() == laid


def _written(side):
    return msgspec.json.decode((TABLE / f"{side}.json").read_bytes(), type=Grams)


@pytest.mark.parametrize("name", HEADS.heads)
def test_steps_of_a_shipped_head_rise(name):
    steps = HEADS.heads[name].steps

    assert list(steps) == sorted(steps)
    assert all(0 < percent < 100 for _, percent in steps)
