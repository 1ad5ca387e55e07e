"""What commands find, for programs: the same bytes twice, whatever the language."""

from __future__ import annotations

import json
import os

import pytest

MESSAGES = (
    ("user", "where is my parcel? {number}"),
    ("bot", "It arrives tomorrow."),
    ("user", "thanks so much, perfect!"),
)
WORSE = (
    ("user", "where is my parcel? {number}"),
    ("bot", "Sorry, I didn't understand."),
    ("user", "I SAID where is my parcel, useless bot"),
)


def chats(said, count, start, **more) -> str:
    """Conversations of the same words, rated by where they stand."""
    return "\n".join(
        json.dumps(
            {
                "id": f"{start}{number}",
                "events": [
                    *(
                        {
                            "type": "message",
                            "role": role,
                            "text": text.format(number=number),
                        }
                        for role, text in said
                    ),
                    {"type": "rating", "value": 1 + number % 5},
                ],
                **more,
            }
        )
        for number in range(count)
    )


@pytest.fixture
def files(here):
    good, bad = chats(MESSAGES, 40, "g"), chats(WORSE, 40, "b")
    (here / "good.jsonl").write_text(good)
    (here / "bad.jsonl").write_text(bad)
    (here / "both.jsonl").write_text(f"{good}\n{bad}\n{{")
    return here


COMMANDS = {
    "compare": ("compare", "good.jsonl", "bad.jsonl"),
    "compare scorers": ("compare", "both.jsonl", "--scorers", "default,low.toml"),
    "scorers diff": ("scorers", "diff", "default", "low.toml"),
    "doctor": ("doctor", "both.jsonl"),
    "calibrate": ("calibrate", "both.jsonl", "--force", "-o", "made.toml"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_same_bytes_come_twice_in_either_language(name, files, low, jauge):
    first, again, french = (
        jauge(*COMMANDS[name], "--to", "json", "--lang", lang)
        for lang in ("en", "en", "fr")
    )

    assert json.loads(first.out)
    assert first.out == again.out
    assert first.out == french.out


@pytest.mark.parametrize("name", COMMANDS)
def test_a_settings_file_can_ask_for_it(name, files, low, jauge):
    (files / "jauge.toml").write_text('report_to = "json"')

    assert json.loads(jauge(*COMMANDS[name]).out)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_exit_status_is_that_of_the_words(name, files, low, jauge):
    in_words = jauge(*COMMANDS[name])

    assert jauge(*COMMANDS[name], "--to", "json").status == in_words.status


def test_two_files_have_their_difference_and_a_verdict(files, jauge):
    run = jauge(*COMMANDS["compare"], "--to", "json")

    told = json.loads(run.out)
    assert run.status == 1
    assert told["of"] == "files"
    assert told["verdict"] == "clearly_worse"
    assert told["before"] == {
        "name": "good.jsonl",
        "scored": 40,
        "average": told["before"]["average"],
    }
    gap = told["after"]["average"] - told["before"]["average"]
    assert told["difference"]["value"] == pytest.approx(gap, abs=2e-4)
    assert sum(one["points"] for one in told["signals"]) == pytest.approx(gap, abs=0.01)
    assert (told["read"], told["rejected"], told["bands"]) == (80, 0, [])


def test_few_conversations_have_no_verdict(files, jauge):
    (files / "few.jsonl").write_text(chats(WORSE, 3, "f"))

    told = json.loads(jauge("compare", "good.jsonl", "few.jsonl", "--to", "json").out)

    assert told["verdict"] == "few"
    assert told["difference"]["low"] is None


def test_two_scorers_have_bands_that_add_up_to_all_conversations(files, low, jauge):
    told = json.loads(jauge(*COMMANDS["compare scorers"], "--to", "json").out)

    assert told["of"] == "scorers"
    assert sum(one["conversations"] for one in told["bands"]) == 80
    assert told["rejected"] == 1
    for mover in told["movers"]:
        assert mover["after"] < mover["before"]
        assert "judgement" not in mover


def test_scorers_that_differ_in_their_base_differ_in_nothing_else(files, low, jauge):
    told = json.loads(jauge(*COMMANDS["scorers diff"], "--to", "json").out)

    assert told["before"]["base"] > told["after"]["base"] == 40
    assert told["factor"] == 1
    assert told["is_same_ranges"]
    assert told["is_same_phrases"]
    assert all(one["before"] == one["after"] for one in told["signals"])


def test_a_calibration_tells_its_file_and_its_proof(files, jauge):
    told = json.loads(jauge(*COMMANDS["calibrate"], "--to", "json").out)

    assert told["written"] == "made.toml"
    assert told["card"]["ratings"] == 80
    assert told["judgements"]["rated"] == told["rated"] == 80
    assert told["scorers"]["after"]["id"].startswith("made@")
    assert told["rejected"] == 1
    assert all(0 <= one["judgement"] <= 100 for one in told["movers"])


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_calibration_that_is_not_tried_has_no_file(lang, files, jauge):
    (files / "few.jsonl").write_text(chats(WORSE, 1, "f"))
    command = ("calibrate", "few.jsonl", "-o", "made.toml", "--lang", lang)

    run = jauge(*command, "--to", "json")

    told = json.loads(run.out)
    assert run.status == 1
    assert (told["written"], told["is_better"]) == (None, False)
    assert not (files / "made.toml").exists()
    assert run.err == jauge(*command).err


def test_a_scorer_on_standard_output_is_not_mixed_with_what_is_told(files, jauge):
    run = jauge("calibrate", "both.jsonl", "--force", "--name", "mine", "-o", "-")
    told = jauge(
        *("calibrate", "both.jsonl", "--force", "--name", "mine", "-o", "-"),
        *("--to", "json"),
    )

    assert told.out == run.out
    assert json.loads(told.err[: told.err.rindex("}") + 1])["written"] == "-"


def test_a_diagnosis_is_one_line_a_file_without_the_records(files, jauge):
    run = jauge("doctor", "both.jsonl", "good.jsonl", "--to", "json")

    both, good = map(json.loads, run.out.splitlines())
    assert (both["file"], good["file"]) == ("both.jsonl", "good.jsonl")
    assert (both["conversations"], both["rejected"]) == (80, 1)
    assert both["refusals"] == [
        {
            "line": 81,
            "path": "$",
            "reason": both["refusals"][0]["reason"],
            "count": 1,
        }
    ]


def test_names_that_are_no_utf8_are_shown_as_such(files, jauge):
    odd = os.fsdecode(b"odd\xff.jsonl")
    (files / odd).write_bytes((files / "good.jsonl").read_bytes())

    doctor = jauge("doctor", odd, "--to", "json")
    compare = jauge("compare", odd, "bad.jsonl", "--to", "json")

    assert json.loads(doctor.out)["file"] == "odd\ufffd.jsonl"
    assert json.loads(compare.out)["before"]["name"] == "odd\ufffd.jsonl"


def test_a_table_of_ratings_may_have_a_name_that_is_no_utf8(files, jauge):
    odd = os.fsdecode(b"odd\xff.csv")
    rows = [f"g{number},{1 + number % 5}" for number in range(40)]
    (files / odd).write_text("\n".join(["conversation,stars", *rows]))

    run = jauge(
        *("calibrate", "good.jsonl", "--ratings", odd, "--force"),
        *("-o", "made.toml", "--to", "json"),
    )
    evaluation = jauge("evaluate", "good.jsonl", "--ratings", odd, "--to", "json")

    assert json.loads(run.out)["card"]["source"] == "odd\ufffd.csv, column stars"
    assert json.loads(evaluation.out)["judgements"]["file"] == "odd\ufffd.csv"
