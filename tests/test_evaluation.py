"""`jauge evaluate`: what it compares, what it says, what it leaves out."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from jauge.cli.options import defaults_of
from jauge.evaluation import Plan, evaluate
from jauge.evaluation.baselines import plain_counts
from jauge.evaluation.findings import REST
from jauge.evaluation.gathering import _DISTINCT
from jauge.ratings import Origin
from jauge.report.evaluation import lines
from jauge.report.evaluation_words import _WORDS
from jauge.settings import ReadOptions, Settings

BAD = ("where is my parcel?", "Sorry, I didn't understand.", "useless bot")
GOOD = ("do you ship to Ireland", "Yes, in three days.", "perfect thank you so much")


def record(number: int, said=GOOD, rating: object = None, **more: object) -> dict:
    roles = ("user", "bot", "user")
    events = [
        {"type": "message", "role": role, "text": text}
        for role, text in zip(roles, said, strict=True)
    ]
    if rating is not None:
        events.append({"type": "rating", "value": rating, "worst": 1, "best": 5})
    return {"id": f"c-{number}", "events": events, **more}


def mixed(count: int, **more: object) -> list[dict]:
    """Conversations of which every other one is bad, and rated so, with some noise."""
    return [
        record(
            number,
            BAD if number % 2 else GOOD,
            (1, 2, 4)[number % 3] if number % 2 else (5, 4, 2)[number % 3],
            **more,
        )
        for number in range(count)
    ]


@pytest.fixture
def write(here):
    def written(records, name="chats.jsonl") -> str:
        (here / name).write_text("".join(json.dumps(one) + "\n" for one in records))
        return name

    return written


def found_in(jauge, *arguments: object) -> dict:
    run = jauge("evaluate", *arguments, "--to", "json")
    assert run.status == 0, run.err
    return json.loads(run.out)


def group(found: dict, by: str, name: str = "") -> dict:
    return next(
        one for one in found["groups"] if (one["by"], one["name"]) == (by, name)
    )


# --- what it says


def test_scores_that_agree_are_found_to_agree(jauge, write):
    found = found_in(jauge, write(mixed(60)))

    whole = group(found, "all")
    assert (found["read"], found["scored"], found["compared"]) == (60, 60, 60)
    assert whole["spearman"]["low"] > 0.2
    assert whole["auc"]["low"] > 0.5
    assert whole["dissatisfied"] == 30
    assert sum(one["conversations"] for one in found["curve"]) == 60


@pytest.mark.parametrize(("count", "few"), [(29, True), (30, False)])
def test_below_thirty_it_is_too_few_to_tell(jauge, write, count, few):
    name = write(mixed(count))

    whole = group(found_in(jauge, name), "all")
    told = jauge("evaluate", name, "--lang", "en").out.decode()

    assert (whole["spearman"]["why"] == "few") is few
    assert (whole["auc"]["value"] is None) is few
    assert ("Too few to tell: 29 conversations" in told) is few
    assert ("Calibration curve" in told) is not few


def test_conversations_of_few_customers_are_too_few(jauge, write):
    chats = [{**one, "user_id": f"u{i % 9}"} for i, one in enumerate(mixed(90))]
    name = write(chats)

    assert group(found_in(jauge, name), "all")["customers"] == 9
    told = jauge("evaluate", name, "--lang", "en").out.decode()
    assert "are of 9 customers" in told


def test_groups_are_languages_channels_and_lengths(jauge, write):
    chats = [
        *mixed(40, language="fr-FR", channel="sms"),
        *mixed(32, language="en", channel="web_chat"),
        record(99, rating=5, language="de"),
    ]
    groups = [
        (one["by"], one["name"], one["conversations"])
        for one in found_in(jauge, write(chats))["groups"]
    ]

    assert groups == [
        ("all", "", 73),
        ("language", "fr", 40),
        ("language", "en", 32),
        ("language", "de", 1),
        ("channel", "sms", 40),
        ("channel", "web_chat", 32),
        ("channel", "unknown", 1),
        ("messages", "1-2", 73),
    ]


def test_all_rated_the_same_has_no_order(jauge, write):
    name = write([record(i, (GOOD, BAD)[i % 2], 5) for i in range(40)])

    whole = group(found_in(jauge, name), "all")
    told = jauge("evaluate", name, "--lang", "en").out.decode()

    assert whole["spearman"]["why"] == "same"
    assert whole["auc"]["why"] == "one_kind"
    assert whole["level"]["value"] < 0
    assert "all the same" in told


def test_a_band_judged_all_the_same_claims_no_interval(jauge, write):
    chats = [record(i, (GOOD, BAD)[i % 2], (5, 1)[i % 2]) for i in range(40)]

    told = jauge("evaluate", write(chats), "--lang", "en").out.decode()

    assert "100.0 (all the same)" in told


def test_many_channels_share_one_name_in_the_end(jauge, write):
    chats = [record(i, rating=4, channel=f"x{i}") for i in range(_DISTINCT + 50)]

    found = found_in(jauge, write(chats))

    assert group(found, "channel", REST)["conversations"] == 50


def test_it_tells_who_rates(jauge, write):
    chats = [
        *mixed(40, channel="sms"),
        *(record(100 + i, BAD, channel="voice") for i in range(40)),
    ]

    found = found_in(jauge, write(chats))

    everyone, *channels = found["who_rates"]
    assert (everyone["scored"], everyone["rated"]) == (80, 40)
    assert everyone["difference"]["low"] > 0
    assert [(one["name"], one["rated"]) for one in channels] == [
        ("sms", 40),
        ("voice", 0),
    ]


def test_the_largest_disagreements_come_with_their_ids(jauge, write):
    chats = [*mixed(30), record(77, GOOD, 1), record(78, BAD, 5)]

    found = found_in(jauge, write(chats))

    assert found["scored_high_judged_low"][0]["conversation_id"] == "c-77"
    assert found["scored_low_judged_high"][0]["conversation_id"] == "c-78"
    assert len(found["scored_low_judged_high"]) <= 10


# --- baselines


def test_a_score_is_set_beside_simpler_ways(jauge, write):
    whole = group(found_in(jauge, write(mixed(60, language="en"))), "all")

    counts, vader, mean = whole["baselines"]
    assert [one["name"] for one in whole["baselines"]] == ["counts", "vader", "mean"]
    assert counts["conversations"] == vader["conversations"] == 60
    gain = whole["spearman"]["value"] - counts["spearman"]["value"]
    assert counts["spearman_gain"]["value"] == pytest.approx(gain, abs=2e-4)
    nearer = mean["distance"]["value"] - whole["distance"]["value"]
    assert mean["distance_gain"]["value"] == pytest.approx(nearer, abs=2e-4)
    assert mean["spearman"] is None


def test_vader_reads_english_only(jauge, write):
    name = write(mixed(40, language="fr"))

    _, vader, _ = group(found_in(jauge, name), "all")["baselines"]
    told = jauge("evaluate", name, "--lang", "fr").out.decode()

    assert (vader["missing"], vader["conversations"]) == ("no_english", 0)
    assert "VADER ne lit que l’anglais" in told


def test_without_vader_one_line_says_what_to_install(jauge, write, monkeypatch):
    monkeypatch.setitem(sys.modules, "vaderSentiment", None)

    run = jauge("evaluate", write(mixed(40, language="en")), "--lang", "en")

    assert run.status == 0
    assert "VADER is not installed: pip install 'jauge[evaluate]'." in run.out.decode()


def test_plain_counts_hold_what_is_short_for_good():
    assert plain_counts(["thanks"]) > plain_counts(["thanks a lot"])
    assert plain_counts(["where"]) > plain_counts(["where?"])
    assert plain_counts(["a"]) > plain_counts(["a", ""])


# --- the scorer and the judgements


def test_the_scorer_never_sees_a_rating(jauge, write, here):
    rated = write(mixed(40))
    table = "id,rating\n" + "".join(
        f"{one['id']},{one['events'][-1]['value']}\n" for one in mixed(40)
    )
    bare = [{**one, "events": one["events"][:-1]} for one in mixed(40)]
    write(bare, "bare.jsonl")
    (here / "ratings.csv").write_text(table)

    within = found_in(jauge, rated)
    beside = found_in(jauge, "bare.jsonl", "--ratings", "ratings.csv")

    assert jauge("score", rated).out == jauge("score", "bare.jsonl").out
    assert {**within, "judgements": None} == {**beside, "judgements": None}


def test_labels_and_tables_are_judgements_too(jauge, write, here):
    chats = [record(i, labels={"mood": i % 5 + 1}) for i in range(40)]
    (here / "nps.csv").write_text(
        "chat;note NPS\n" + "".join(f"c-{i};{i % 11}\n" for i in range(50))
    )
    name = write(chats)

    label = found_in(jauge, name, "--label", "labels.mood", "--scale", "5-1")
    options = ["--ratings", "nps.csv", "--on", "chat", "--rating", "note nps"]
    table = found_in(jauge, name, *options, "--scale", "0-10")

    assert group(label, "all")["mean_judgement"] == 50
    assert (table["judgements"]["field"], table["compared"]) == ("note NPS", 40)
    assert table["judgements"]["not_read"] == 10


def test_what_could_not_be_taken_is_told(jauge, write, here):
    (here / "r.csv").write_text("id,stars\nc-1,4\nc-2,bof\nc-3,9\nc-x,3\n,2\nc-1,5\n")

    told = jauge("evaluate", write(mixed(40)), "--ratings", "r.csv", "--lang", "en")

    for line in (
        "1 × no number, for example bof",
        "1 × off the scale, for example 9",
        "1 × judged twice",
        "1 × id not among",
        "1 × faulty row: r.csv:6: no conversation id",
    ):
        assert line in told.out.decode()


def test_parts_before_a_handoff_are_a_group_of_their_own(jauge, write):
    taken = {"type": "handoff", "state": "accepted"}
    parts = [
        {
            **one,
            "id": f"h-{i}",
            "events": [*one["events"][:-1], taken, one["events"][-1]],
        }
        for i, one in enumerate(mixed(35))
    ]
    name = write([*mixed(40), *parts])

    whole = found_in(jauge, name)
    both = found_in(jauge, name, "--before-handoff")

    assert whole["not_scored"] == {"agent": 35}
    assert group(both, "all") == group(whole, "all")
    assert both["who_rates"] == whole["who_rates"]
    assert group(both, "part", "before_handoff")["conversations"] == 35
    assert both["compared"] == 40


def test_parts_alone_can_be_compared(jauge, write):
    taken = {"type": "handoff", "state": "accepted"}
    chats = [{**one, "events": [*one["events"], taken]} for one in mixed(35)]
    chats = [
        {**one, "events": [*one["events"], {"type": "rating", "value": 3}]}
        for one in chats
    ]

    run = jauge("evaluate", write(chats), "--before-handoff", "--lang", "en")

    assert run.status == 0
    assert "before the agent" in run.out.decode()
    assert "In short" not in run.out.decode()


def test_dissatisfied_is_below_what_is_said(jauge, write):
    name = write(mixed(40))

    strict = found_in(jauge, name, "--dissatisfied-below", "80")

    assert strict["dissatisfied_below"] == 80
    assert group(strict, "all")["dissatisfied"] > 20


@pytest.mark.parametrize("jobs", [1, 2])
def test_any_number_of_processes_says_the_same(jauge, write, jobs):
    name = write(mixed(150))

    assert jauge("evaluate", name, "--jobs", jobs).out == jauge("evaluate", name).out


def test_conversations_come_from_any_format(jauge, here):
    rows = "".join(
        f"{i},customer,{GOOD[0] if i % 2 else BAD[0]},\n{i},bot,{GOOD[1]},\n"
        f"{i},customer,{GOOD[2] if i % 2 else BAD[2]},{5 if i % 2 else 1}\n"
        for i in range(40)
    )
    (here / "chats.csv").write_text(f"id,role,text,rating\n{rows}")

    assert group(found_in(jauge, "chats.csv"), "all")["spearman"]["value"] > 0.5


# --- how it ends


@pytest.mark.parametrize(
    ("records", "options", "said"),
    [
        ([record(1)], [], "none of 1 conversations has a rating. Add --ratings"),
        ([record(1, rating=7)], [], "on the scale 1-5, as '7.0'"),
        ([record(1, rating=3)], ["--ratings", "r.csv"], "r.csv: none of its ratings"),
        ([record(1)], ["--ratings", "others.csv"], "others.csv: none of its ratings"),
        ([record(1)], ["--ratings", "none.jsonl"], "no rating in it (none.jsonl:1"),
        ([record(1, x=None)], ["--label", "x"], "no conversation has a value there"),
        ([record(1, x=3)], ["--label", "y"], "no record has this field"),
        (
            [{"id": "a", "events": [], "x": 3}],
            ["--label", "x"],
            "1 conversations are judged, and none of them is scored",
        ),
        ([record(1)], ["--scale", "1"], "--scale 1: write WORST-BEST"),
        ([record(1)], ["--ratings", "r.csv", "--label", "x"], "exclude each other"),
        ([record(1)], ["--on", "id"], "add --ratings FILE"),
        ([record(1)], ["--ratings", "none.csv"], "none.csv: cannot be read"),
        ([record(1)], ["--picture", "x.pdf"], "ends in .svg or .png"),
        ([record(1)], ["--dissatisfied-below", "101"], "--dissatisfied-below"),
        ([record(1)], ["-o", "chats.jsonl"], "would be written over"),
        ([record(1)], ["--ratings", "r.csv", "-o", "r.csv"], "would be written over"),
        ([], [], "no conversation could be read"),
    ],
)
def test_what_cannot_be_compared_is_one_line(jauge, write, records, options, said):
    Path("r.csv").write_text("id,rating\nother,3\n")
    Path("others.csv").write_text("id,rating\nother,3\nother-2,n/a\n")
    Path("none.jsonl").write_text('{"id": "a", "rating": NaN}\n')

    run = jauge("evaluate", write(records), *options)

    assert (run.status, run.out) == (2, b"")
    assert said in run.err
    assert run.err.startswith("jauge: ")
    assert run.err.count("\n") == 1


def test_conversations_and_ratings_cannot_both_be_standard_input(jauge):
    run = jauge("evaluate", "-", "--ratings", "-")

    assert run.status == 2
    assert "cannot be both" in run.err


def test_all_rejected_ends_as_elsewhere(jauge, here):
    (here / "chats.jsonl").write_text('{"id": 7}\n')

    run = jauge("evaluate", "chats.jsonl", "--lang", "en")

    assert (run.status, run.out) == (2, b"")
    assert "1 rejected" in run.err


def test_some_rejected_are_counted_and_told(jauge, here, write):
    name = write([*mixed(40), {"id": 7}])

    run = jauge("evaluate", name, "--lang", "en")

    assert run.status == 0
    assert "rejected: chats.jsonl:41" in run.err
    assert run.err.splitlines()[-1].startswith("41 read: 40 scored")


def test_a_file_out_is_whole(jauge, write, here):
    run = jauge("evaluate", write(mixed(40)), "--to", "json", "-o", "found.json")

    assert (run.status, run.out) == (0, b"")
    assert json.loads((here / "found.json").read_bytes())["compared"] == 40


# --- words


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_lines_fit_the_terminal(jauge, write, lang):
    chats = mixed(200, channel="a_channel_with_a_very_long_name", language="fr")
    chats += [record(500 + i, BAD, channel="google_business") for i in range(200)]

    told = jauge("evaluate", write(chats), "--lang", lang).out.decode()

    assert max(map(len, told.splitlines())) <= 80


def test_french_has_its_own_typography(jauge, write):
    told = jauge("evaluate", write(mixed(40)), "--lang", "fr").out.decode()

    assert "95\u202f%" in told
    assert re.search(r"\d,\d\d \[−?\d,\d\d\u202f; \d,\d\d\]", told)
    assert not re.search(r"\d\.\d| [;:!?%]", re.sub(r"default@\S+", "", told))


def test_text_from_outside_commands_no_terminal(jauge, write, here):
    hostile = "x\x1b[31m\nno"
    chats = [record(i, BAD, 5, channel=hostile) for i in range(40)]
    chats.append({**record(1, BAD, 5), "id": hostile})
    (here / "r.csv").write_text('id,rating\nc-1,4\nc-2,"a\x1b[31mb"\n')
    name = write(chats)

    for options in ([], ["--ratings", "r.csv"]):
        told = jauge("evaluate", name, *options).out.decode()
        assert "\x1b" not in told


def test_both_languages_fill_the_same_blanks():
    for key, words in _WORDS.items():
        blanks = [sorted(re.findall(r"\{(\w+)\}", text)) for text in words]
        assert blanks[0] == blanks[1], key


# --- settings


def test_settings_and_variables_set_the_options(jauge, write, here, monkeypatch):
    (here / "jauge.toml").write_text(
        'to = "csv"\nreport_to = "json"\nlabel = "mood"\nscale = "0-1"\n'
        "dissatisfied_below = 20\n"
    )
    name = write([record(i, mood=i % 2, note=1) for i in range(40)])

    by_file = jauge("evaluate", name)
    monkeypatch.setenv("JAUGE_LABEL", "note")
    by_variable = jauge("evaluate", name)

    found = json.loads(by_file.out)
    assert (found["judgements"]["field"], found["judgements"]["best"]) == ("mood", 1)
    assert found["dissatisfied_below"] == 20
    assert json.loads(by_variable.out)["judgements"]["field"] == "note"


def test_a_typed_source_goes_before_a_set_one(jauge, write, here):
    (here / "jauge.toml").write_text('ratings = "r.csv"\non = "ref"\n')
    (here / "r.csv").write_text(
        "ref,rating\n" + "".join(f"c-{i},5\n" for i in range(40))
    )
    name = write([record(i, mood=i % 5 + 1) for i in range(40)])

    assert found_in(jauge, name)["judgements"]["kind"] == "table"
    assert found_in(jauge, name, "--label", "mood")["judgements"]["kind"] == "label"


def test_the_form_of_scores_is_not_that_of_reports():
    settings = Settings(to="csv", report_to="json")

    assert defaults_of(settings, "score")["to"] == "csv"
    assert defaults_of(settings, "evaluate")["to"] == "json"


# --- pictures


@pytest.fixture
def drawing():
    return pytest.importorskip("matplotlib")


def test_a_picture_is_the_same_twice_and_has_its_words(jauge, write, here, drawing):
    name = write(mixed(60))

    for file in ("a.svg", "b.svg"):
        assert jauge("evaluate", name, "--picture", file, "--lang", "fr").status == 0

    drawn = (here / "a.svg").read_text("utf-8")
    assert (here / "b.svg").read_text("utf-8") == drawn
    assert ">Calibrage<" in drawn
    assert "accord parfait" in drawn
    assert "<dc:date>" not in drawn


@pytest.mark.parametrize("count", [5, 3000])
def test_few_and_many_are_drawn(jauge, write, here, drawing, count):
    run = jauge("evaluate", write(mixed(count)), "--picture", "x.png", "--lang", "en")

    assert run.status == 0
    assert (here / "x.png").read_bytes().startswith(b"\x89PNG")


def test_without_what_draws_one_line_says_what_to_install(jauge, write, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)

    run = jauge("evaluate", write(mixed(5)), "--picture", "x.svg")

    assert run.status == 2
    assert "pip install 'jauge[evaluate]'" in run.err


def test_an_evaluation_can_be_made_from_python(sample):
    plan = Plan(ReadOptions(limit=30), origin=Origin())

    made = evaluate([str(sample)], plan)

    assert made.counts.read == 30
    assert len(made.scores) == made.found.compared
    assert list(lines(made.found, "en"))
