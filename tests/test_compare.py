"""Two scorers or two files side by side: the difference, and which signals make it."""

from __future__ import annotations

import json
import re

import pytest

from jauge import pipeline
from jauge.sources import read

GOOD = ["where is my parcel?", "thanks so much, perfect!"]
BAD = ["where is my parcel?", "I SAID where is my parcel, useless bot"]


def chats(said: list[str], answer: str, count: int, start: str) -> str:
    return "\n".join(
        json.dumps(
            {
                "id": f"{start}{number}",
                "events": [
                    {"type": "message", "role": "user", "text": f"{said[0]} {number}"},
                    {"type": "message", "role": "bot", "text": answer},
                    {"type": "message", "role": "user", "text": said[1]},
                ],
            }
        )
        for number in range(count)
    )


@pytest.fixture
def files(here):
    good = chats(GOOD, "It arrives tomorrow.", 40, "g")
    bad = chats(BAD, "Sorry, I didn't understand.", 40, "b")
    (here / "good.jsonl").write_text(good)
    (here / "bad.jsonl").write_text(bad)
    (here / "few.jsonl").write_text(chats(BAD, "Sorry?", 3, "f"))
    return here


def rows(run) -> list[tuple[str, float]]:
    """The signals told, with their points; the last row is their sum."""
    told = run.out.decode().split("on average)\n")[1].split("\n\n")[0]
    return [
        (label.strip(), float(points.replace("−", "-")))
        for label, _, points in (line.rpartition(" ") for line in told.splitlines())
    ]


def test_a_file_that_is_clearly_worse_ends_with_status_one(files, jauge):
    worse = jauge("compare", "good.jsonl", "bad.jsonl")
    better = jauge("compare", "bad.jsonl", "good.jsonl")

    assert (worse.status, better.status) == (1, 0)
    assert "bad.jsonl is clearly lower." in worse.out.decode()
    assert "good.jsonl is clearly higher." in better.out.decode()


def test_a_file_beside_itself_has_no_clear_difference(files, jauge):
    run = jauge("compare", "good.jsonl", "good.jsonl", "--lang", "fr")

    assert run.status == 0
    assert "Pas de différence nette" in run.out.decode()
    assert "+0,0 (+0,0 à +0,0)" in run.out.decode()


def test_few_conversations_have_no_interval_and_no_verdict(files, jauge):
    run = jauge("compare", "good.jsonl", "few.jsonl")

    assert run.status == 0
    assert "Too few conversations for an interval." in run.out.decode()


def test_signals_add_up_to_the_difference_exactly(files, jauge):
    *signals, (_, total) = rows(jauge("compare", "good.jsonl", "bad.jsonl"))

    assert round(sum(points for _, points in signals), 6) == total
    assert dict(signals)["did not understand"] < 0


def test_the_difference_is_that_of_the_averages(files, jauge):
    means = []
    for name in ("good.jsonl", "bad.jsonl"):
        found = [pipeline.score(chat).value for chat in read(files / name)]
        means.append(sum(found) / len(found))

    *_, (_, total) = rows(jauge("compare", "good.jsonl", "bad.jsonl"))

    assert total == round(means[1] - means[0], 1)


def test_customers_are_drawn_whole(files, jauge):
    """Forty conversations of one customer are one voice: no verdict on them."""
    lines = [
        json.dumps({**json.loads(line), "user_id": "u-1"})
        for line in (files / "bad.jsonl").read_text().splitlines()
    ]
    (files / "one.jsonl").write_text("\n".join(lines))

    run = jauge("compare", "good.jsonl", "one.jsonl")

    assert run.status == 0
    assert "Too few conversations for an interval." in run.out.decode()


@pytest.fixture
def lower(files):
    """The shipped scorer with a lower base."""
    shipped = pipeline.load_scorer().spec
    assert shipped.name == "default"
    text = re.sub(r"\nbase = \d+", f"\nbase = {base() - 23}", read_shipped())
    (files / "lower.toml").write_text(text.replace('"default"', '"lower"', 1))
    return "lower.toml"


def base() -> int:
    return pipeline.load_scorer().scorecard.base


def read_shipped() -> str:
    from jauge.scorers import _SHIPPED

    return _SHIPPED.read_text("utf-8")


def test_another_scorer_says_how_many_change_level_and_by_what(lower, jauge):
    run = jauge("compare", "good.jsonl", "bad.jsonl", "--scorers", f"default,{lower}")

    told = run.out.decode()
    *signals, (_, total) = rows(run)
    assert run.status == 0
    assert "80 conversations, scored by default@" in told
    assert "Change level: " in told
    assert signals[0] == ("base", -23.0)
    assert round(sum(points for _, points in signals), 6) == total


def test_a_lower_scorer_is_no_worse_bot(lower, jauge):
    run = jauge(
        "compare", "good.jsonl", "--scorers", f"default,{lower}", "--lang", "fr"
    )

    assert run.status == 0
    assert "nettement plus bas" in run.out.decode()


def test_scorers_that_agree_change_no_level(files, jauge):
    told = jauge("compare", "good.jsonl", "--scorers", "default,default").out.decode()

    assert "Change level: 0 of 40 (0%)" in told
    assert "The largest differences" not in told


def test_what_has_no_score_is_counted_apart(files, jauge):
    (files / "mixed.jsonl").write_text(
        (files / "good.jsonl").read_text() + '\n{"id": "x", "events": []}\n{"id": 7}\n'
    )

    run = jauge("compare", "mixed.jsonl", "good.jsonl")

    assert "82 read: 80 scored, 1 not scored" in run.err
    assert "1 rejected" in run.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("good.jsonl", "compare two files"),
        ("good.jsonl bad.jsonl few.jsonl", "compare two files"),
        ("good.jsonl --scorers default", "name two"),
        ("good.jsonl --scorers default,no.toml", "no.toml: no such scorer"),
        ("good.jsonl empty.jsonl", "empty.jsonl: no conversation has a score"),
        ("good.jsonl nowhere.jsonl", "nowhere.jsonl: no such file"),
    ],
)
def test_wrong_use_is_one_line_and_status_two(files, jauge, arguments, said):
    (files / "empty.jsonl").write_text("")

    run = jauge("compare", *arguments.split())

    assert run.status == 2
    assert said in run.err.splitlines()[-1]
    assert run.out == b""
