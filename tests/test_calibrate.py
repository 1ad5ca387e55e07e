"""A scorer is fitted to own ratings, tried on those it never saw, kept if better."""

from __future__ import annotations

import csv
import json
import random
from typing import TYPE_CHECKING

import msgspec
import pytest
from rich.cells import cell_len

from jauge import pipeline
from jauge.model.conversation import Conversation
from jauge.scorer import ScorerSpec
from jauge.scorers import build_scorer
from jauge.scoring.scorer_file import read_scorer_file
from jauge.sources import read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def rated(here, sample) -> Path:
    """Each sample three times, rated by customers who are milder than our readers."""
    dice = random.Random(1)
    lines = []
    for turn in range(3):
        for chat in read(sample):
            value = pipeline.score(chat).value
            record = json.loads(chat.source)
            record["id"] = f"{chat.id}-{turn}"
            record["user_id"] = f"u-{chat.id}"
            record["events"] = [
                event for event in record["events"] if event["type"] != "rating"
            ]
            if value is not None and dice.random() < 0.9:
                stars = (value + 20 + dice.gauss(0, 12)) / 25 + 1
                record["events"].append(
                    {"type": "rating", "value": max(1, min(5, round(stars)))}
                )
            lines.append(json.dumps(record))
    (here / "rated.jsonl").write_text("\n".join(lines))
    return here


@pytest.fixture
def made(rated, jauge):
    """What calibrating on those ratings said; the scorer is in `shop.toml`."""
    return jauge("calibrate", "rated.jsonl", "-o", "shop.toml")


def file(path) -> object:
    return read_scorer_file(path)[0]


def values(run) -> list[int | None]:
    return [json.loads(line)["value"] for line in run.out.splitlines()]


# --- what comes of it


def test_the_new_scorer_is_closer_to_the_ratings(made, rated):
    card = file(rated / "shop.toml").card

    assert made.status == 0
    assert card.distance.after < card.distance.before
    assert card.distance.high < 0
    assert abs(card.level.after) < 3 < abs(card.level.before)
    assert b"Better: scores are closer to the ratings" in made.out


def test_score_takes_the_file_and_its_points_add_up(made, rated, jauge):
    run = jauge("score", "rated.jsonl", "--scorer", "shop.toml")

    scores = [json.loads(line) for line in run.out.splitlines()]
    assert made.status == run.status == 0
    for score in scores:
        if score["status"] == "scored":
            tenths = sum(round(10 * part["points"]) for part in score["contributions"])
            assert 10 * score["base"] + tenths == 10 * score["value"]
            assert score["range"][0] <= score["value"] <= score["range"][1]
            assert score["scorer"].startswith("shop@1.0.0+")


def test_the_values_told_are_those_that_the_file_gives(made, rated, jauge):
    before = values(jauge("score", "rated.jsonl"))
    after = values(jauge("score", "rated.jsonl", "--scorer", "shop.toml"))
    ids = [chat.id for chat in read(rated / "rated.jsonl")]
    moved = {
        id_: f"{one} → {two}" for id_, one, two in zip(ids, before, after, strict=True)
    }

    told = made.out.decode().split("move most\n")[1].split("\n\n")[0].splitlines()

    assert len(told) == 5
    for line in told:
        id_, _, words = line.strip().partition("  ")
        assert words.strip().startswith(moved[id_])


def test_no_weight_changes_its_side(made, rated):
    default, shop = build_scorer(), build_scorer(ScorerSpec(str(rated / "shop.toml")))

    for name, weight in shop.scorecard.weights.items():
        before = default.scorecard.weights[name]
        for size in ("rate", "end", "fact"):
            assert getattr(weight, size) * getattr(before, size) >= 0
            assert bool(getattr(before, size)) or not getattr(weight, size)
    assert made.status == 0


def test_the_same_ratings_write_the_same_bytes(made, rated, jauge):
    first = (rated / "shop.toml").read_bytes()

    jauge("calibrate", "rated.jsonl", "-o", "shop.toml", "--lang", "fr")

    assert (rated / "shop.toml").read_bytes() == first


def test_the_file_says_of_each_weight_where_it_is_from(made, rated):
    signals = file(rated / "shop.toml").signals

    before = build_scorer().scorecard.weights["user_thanks"]
    reason = signals["user_thanks"].reason
    assert reason.startswith(f"Calibrated from {before.rate:g} on ")
    assert reason.endswith(before.reason)
    assert any(row.reason.startswith("Never seen in ") for row in signals.values())


def test_a_scorer_calibrated_again_counts_up_and_keeps_its_reasons_short(
    made, rated, jauge
):
    run = jauge(
        "calibrate", "rated.jsonl", "--scorer", "shop.toml", "-o", "shop2.toml",
        "--name", "shop", "--force",
    )  # fmt: skip

    again = file(rated / "shop2.toml")
    assert run.status == made.status == 0
    assert again.version == "2.0.0"
    assert again.card.made_from.startswith("shop@1.0.0+")
    assert again.signals["user_thanks"].reason.count("Calibrated") == 1


def test_ranges_are_those_of_customers_and_say_what_they_hold(made, rated, jauge):
    shop = file(rated / "shop.toml")
    run = jauge("explain", "rated.jsonl", "--id", "s-081-0", "--scorer", "shop.toml")

    assert shop.judge == "customer"
    assert abs(shop.card.coverage.inside / shop.card.coverage.tried - 0.8) < 0.1
    assert "customers would say" in run.out.decode()


def test_few_ratings_keep_the_ranges_of_the_scorer_begun_with(rated, jauge):
    run = jauge("calibrate", "rated.jsonl", "-o", "few.toml", "--limit", 30, "--force")

    few, default = file(rated / "few.toml"), build_scorer()
    assert few.ranges == default.ranges.rows
    assert few.judge == "reader"
    assert few.card.coverage is None
    assert "prove nothing" in " ".join(run.out.decode().split())
    assert "it takes 30 ratings" in run.out.decode().replace("to measure them", "it")


def test_the_card_is_shown_with_the_scorer(made, jauge):
    english = jauge("scorers", "--scorer", "shop.toml").out.decode()
    french = jauge("scorers", "--scorer", "shop.toml", "--lang", "fr").out.decode()

    assert made.status == 0
    assert "calibrated from default@" in english
    assert "typical error, in points" in english
    assert "erreur typique, en points" in french
    assert "- Those who do not rate were not learnt from" in english


def test_the_shipped_scorer_has_no_card_and_is_listed_as_ever(jauge, here):
    run = jauge("scorers")

    assert run.out.decode().splitlines() == [
        f"{build_scorer().id}  {len(build_scorer().detectors)} signals,"
        " the judgement of a careful reader"
    ]


def test_a_file_of_an_older_release_says_what_to_do(made, rated, jauge):
    text = (
        (rated / "shop.toml").read_text().replace("[signals.bot_slow]", "[signals.x]")
    )
    (rated / "old.toml").write_text(text)

    run = jauge("score", "rated.jsonl", "--scorer", "old.toml")

    assert (made.status, run.status) == (0, 2)
    assert "shop: no weight for bot_slow" in run.err
    assert "calibrate again" in run.err


# --- where ratings are from


def test_ratings_come_from_a_table_too(rated, jauge, sample):
    with (rated / "stars.csv").open("w") as sink:
        table = csv.writer(sink)
        table.writerow(["chat", "happy"])
        for number, chat in enumerate(read(sample)):
            table.writerow([chat.id, number % 11])

    run = jauge(
        "calibrate", sample, "-o", "t.toml", "--ratings", "stars.csv",
        "--on", "chat", "--rating", "happy", "--scale", "0-10", "--force",
    )  # fmt: skip

    assert run.status == 0
    assert file(rated / "t.toml").card.source == "stars.csv, column happy"
    assert file(rated / "t.toml").card.ratings == 69


def test_a_label_is_the_judgement_of_a_reader(rated, jauge):
    lines = [
        json.dumps(
            {
                **json.loads(line),
                "labels": {"mood": 1 + number % 5},
            }
        )
        for number, line in enumerate((rated / "rated.jsonl").read_text().splitlines())
    ]
    (rated / "labelled.jsonl").write_text("\n".join(lines))

    jauge(
        "calibrate", "labelled.jsonl", "-o", "l.toml", "--label", "labels.mood",
        "--force",
    )  # fmt: skip

    assert file(rated / "l.toml").judge == "reader"
    assert file(rated / "l.toml").card.source == "field labels.mood"


# --- when it is not better, or cannot be


def shuffled(rated: Path) -> Path:
    """The same conversations with ratings that mean nothing, at the default's level."""
    dice = random.Random(5)
    lines = []
    for line in (rated / "rated.jsonl").read_text().splitlines()[:60]:
        record = json.loads(line)
        value = pipeline.score(msgspec.json.decode(line, type=Conversation)).value
        record["user_id"] = record["id"]
        if value is not None:
            rating = max(0, min(100, value + dice.choice((-1, 1))))
            record["events"] = [
                *record["events"],
                {"type": "rating", "value": rating, "worst": 0, "best": 100},
            ]
        lines.append(json.dumps(record))
    path = rated / "noise.jsonl"
    path.write_text("\n".join(lines))
    return path


def test_what_is_not_better_is_not_written(rated, jauge):
    shuffled(rated)

    run = jauge("calibrate", "noise.jsonl", "-o", "worse.toml")

    assert run.status == 1
    assert not (rated / "worse.toml").exists()
    assert "Not better: on ratings not seen, the error goes from 1.00 to " in run.err
    assert run.err.count("--force") == 1


def test_with_force_it_is_written_all_the_same_and_says_so(rated, jauge):
    shuffled(rated)

    run = jauge("calibrate", "noise.jsonl", "-o", "worse.toml", "--force")

    assert run.status == 0
    assert "Written all the same (--force)." in run.out.decode()
    assert file(rated / "worse.toml").card.distance.difference > 0


def rating(*stars: object, user: str | None = None) -> str:
    events = [
        {"type": "message", "role": "user", "text": "where is my parcel?"},
        {"type": "message", "role": "bot", "text": "Sorry, I did not understand."},
    ]
    return "\n".join(
        json.dumps(
            {
                "id": f"r-{number}",
                "user_id": user,
                "events": [*events, {"type": "rating", "value": value}],
            }
        )
        for number, value in enumerate(stars)
    )


@pytest.mark.parametrize(
    "lines",
    [
        rating(4),
        rating(1, 5),
        rating(3, 3, 3, 3),
        rating(5, 5, 5, user="the only one"),
        rating(*[1, 5] * 40),
    ],
    ids=["one", "two", "all the same", "one customer", "one chat, all ratings"],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_hardly_any_ratings_end_in_words(here, jauge, lines, lang):
    (here / "r.jsonl").write_text(lines)

    plain = jauge("calibrate", "r.jsonl", "-o", "a.toml", "--lang", lang)
    forced = jauge("calibrate", "r.jsonl", "-o", "b.toml", "--lang", lang, "--force")

    assert plain.status in (0, 1)
    assert (here / "a.toml").exists() is (plain.status == 0)
    assert forced.status == 0
    assert 1 <= file(here / "b.toml").base <= 99
    assert "nan" not in (here / "b.toml").read_text()
    assert jauge("score", "r.jsonl", "--scorer", "b.toml").status == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("calibrate none.jsonl -o x.toml", "no conversation is both rated and scored"),
        ("calibrate none.jsonl", "Missing option '-o'"),
        ("calibrate none.jsonl -o none.jsonl", "is read and would be written over"),
        ("calibrate none.jsonl -o default.toml", "cannot be the name of a scorer"),
        ("calibrate none.jsonl -o x.toml --name a@b", "cannot be the name of a scorer"),
        ("calibrate none.jsonl -o x.toml --scorer no.toml", "no such scorer"),
        ("calibrate none.jsonl -o x.toml --label mood", "no record has this field"),
        ("calibrate none.jsonl -o x.toml --scale stars", "--scale stars"),
        ("calibrate none.jsonl -o no/x.toml", "no/x.toml: cannot be written"),
    ],
)
def test_wrong_use_is_one_line_and_status_two(here, jauge, arguments, said):
    (here / "none.jsonl").write_text(rating(9))

    run = jauge(*arguments.split())

    assert run.status == 2
    assert said in run.err.splitlines()[-1]
    assert run.out == b""


def test_ratings_that_cannot_be_are_counted_and_left_out(here, jauge):
    (here / "r.jsonl").write_text(rating(*[4, 5] * 5, 9, -3))

    run = jauge("calibrate", "r.jsonl", "-o", "x.toml")

    assert "2 × off the scale, for example 9" in run.err
    assert "12 read: 10 rated and scored, 2 without a rating" in run.err


def test_a_scorer_is_not_written_over_the_one_it_is_made_from(made, jauge):
    run = jauge("calibrate", "rated.jsonl", "--scorer", "shop.toml", "-o", "shop.toml")

    assert (made.status, run.status) == (0, 2)
    assert "would be written over" in run.err


def test_standard_output_takes_the_file_alone(rated, jauge):
    run = jauge("calibrate", "rated.jsonl", "-o", "-", "--name", "shop")

    (rated / "piped.toml").write_bytes(run.out)
    assert run.status == 0
    assert file(rated / "piped.toml").name == "shop"
    assert "typical error" in run.err


# --- how it is told


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_is_told_fits_eighty_columns(rated, jauge, lang):
    told = [
        jauge("calibrate", "rated.jsonl", "-o", "shop.toml", "--lang", lang),
        jauge("scorers", "--scorer", "shop.toml", "--lang", lang),
        jauge("scorers", "diff", "default", "shop.toml", "--lang", lang),
        jauge(
            "compare", "rated.jsonl", "--scorers", "default,shop.toml", "--lang", lang
        ),
    ]

    for run in told:
        assert run.status == 0
        for line in run.out.decode().splitlines():
            assert cell_len(line) <= 80, line


def test_french_is_set_as_french(rated, jauge):
    told = jauge(
        "calibrate", "rated.jsonl", "-o", "s.toml", "--lang", "fr"
    ).out.decode()

    assert "erreur typique, en points" in told
    assert "Les conversations notées qui bougent le plus" in told
    assert "\u202f%" in told
    assert " %" not in told
    assert " ;" not in told


# --- two scorers in words


def test_diff_says_in_words_what_changed(made, jauge):
    english = jauge("scorers", "diff", "default", "shop.toml").out.decode()
    french = jauge("scorers", "diff", "default", "shop.toml", "--lang", "fr")

    assert made.status == 0
    assert english.startswith(f"{build_scorer().id} → shop@1.0.0+")
    assert "higher for all" in english
    assert "the rating of customers" in english
    assert "plus haut pour tous" in french.out.decode()


def test_diff_of_a_scorer_with_itself_says_so(here, jauge):
    run = jauge("scorers", "diff", "default", "default", "--lang", "fr")

    assert run.status == 0
    assert "même chose" in run.out.decode()


def test_diff_names_the_signal_whose_weight_was_changed_by_hand(made, rated, jauge):
    text = (rated / "shop.toml").read_text()
    lines = text.splitlines()
    place = lines.index("[signals.user_thanks]")
    rate = next(i for i in range(place, len(lines)) if lines[i].startswith("rate"))
    lines[rate] = "rate = 60.0"
    (rated / "hand.toml").write_text("\n".join(lines))

    told = jauge("scorers", "diff", "shop.toml", "hand.toml").out.decode()

    assert "says thanks" in told.splitlines()[1]
    assert "times as much" in told.splitlines()[1]


def test_diff_of_a_scorer_that_is_not_there_is_one_line(here, jauge):
    run = jauge("scorers", "diff", "default", "nowhere.toml")

    assert run.status == 2
    assert "nowhere.toml: no such scorer" in run.err


def test_settings_reach_commands_inside_commands(here, jauge):
    (here / "jauge.toml").write_text(
        'lang = "fr"\n[phrases.en]\nuser_praises=["deadly"]'
    )

    diff = jauge("scorers", "diff", "default", "default")
    listed = jauge("scorers")

    assert "même chose" in diff.out.decode()
    assert "lecteur attentif" in listed.out.decode()
    assert build_scorer().id not in listed.out.decode()
