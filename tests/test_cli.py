"""The command line: what it takes, where it writes, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from jauge.cli.options import SETTABLE
from jauge.report.list_words import LIST_WORDS
from jauge.scorers import build_scorer
from jauge.text import own

GOOD = (
    '{"id": "good", "events": [{"type": "message", "role": "bot", "text": "Hello!"},'
    ' {"type": "message", "role": "user", "text": "where is my parcel"}]}\n'
)
BAD = '{"id": 7, "events": []}\n'
TABLE = "id;role;texte;date\n1;Lia;Bonjour;02/11/2026 14:00\n1;client;zoubidou;\n"


@pytest.fixture
def chats(here):
    """Three files of which two hold something bad."""
    (here / "good.jsonl").write_text(GOOD)
    (here / "mixed.jsonl").write_text(GOOD + BAD)
    (here / "bad.jsonl").write_text(BAD + "\n" + BAD)
    (here / "chats.csv").write_text(TABLE)
    return here


def id_of(run) -> str:
    return json.loads(run.out)["scorer"]


# --- how it ends


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["good.jsonl"], 0),
        (["good.jsonl", "--strict"], 0),
        (["mixed.jsonl"], 0),
        (["mixed.jsonl", "--strict"], 1),
        (["bad.jsonl"], 2),
        (["bad.jsonl", "--strict"], 2),
        (["good.jsonl", "bad.jsonl"], 0),
    ],
)
def test_the_status_tells_of_rejected_records(jauge, chats, arguments, status):
    assert jauge("score", *arguments).status == status


@pytest.mark.parametrize("name", ["mixed.jsonl", "bad.jsonl"])
def test_convert_ends_as_score_does(jauge, chats, name):
    assert jauge("convert", name).status == jauge("score", name).status


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("score", "Missing argument"),
        ("score nowhere.jsonl", "nowhere.jsonl: no such file"),
        ("score good.jsonl --to xml", "'xml' is not one of"),
        ("score good.jsonl --jobs 0", "--jobs"),
        ("score good.jsonl --limit 0", "--limit"),
        ("score good.jsonl --limit many", "--limit"),
        ("score good.jsonl --bogus", "--bogus"),
        ("score good.jsonl --from xml", "xml: no such format"),
        ("score good.jsonl --lang de", "'de' is not one of"),
        ("score good.jsonl --scorer none", "none: no such scorer"),
        ("score good.jsonl --timezone Mars/Base", "Mars/Base: no such zone"),
        ("score good.jsonl --timezone ../etc", "../etc: no such zone"),
        ("score good.jsonl --columns role", "write NAME=VALUE"),
        ("score good.jsonl --columns who=role", "who=…: no such field"),
        ("score chats.csv --columns role=who", "no column who"),
        ("score good.jsonl --set bot", "write NAME=VALUE"),
        ("score good.jsonl --set id=7", "id=…: cannot be set"),
        ("score good.jsonl --set closed=false", "cannot be set"),
        ("score good.jsonl --wide", "for --to csv"),
        ("score good.jsonl --bom", "for --to csv"),
        ("score good.jsonl --no-mask", "for --to csv"),
        ("score good.jsonl --to xlsx --bom -o a.xlsx", "--bom is for --to csv"),
        ("score good.jsonl --to csv --wide --long", "exclude each other"),
        ("score good.jsonl --to xlsx", "-o scores.xlsx"),
        ("score good.jsonl --to parquet -o -", "-o scores.parquet"),
        ("score good.jsonl -o good.jsonl", "would be written over"),
        ("score good.jsonl --rejected ./good.jsonl", "would be written over"),
        ("convert good.jsonl -o good.jsonl", "would be written over"),
        ("convert good.jsonl --rejected good.jsonl", "would be written over"),
        ("score good.jsonl -o a.jsonl --rejected ./a.jsonl", "cannot share it"),
        ("convert good.jsonl --rejected -", "cannot share it"),
        ("score good.jsonl -o no/such/folder.jsonl", "cannot be written"),
        ("score good.jsonl --rejected no/such/file", "cannot be written"),
        ("score good.jsonl -o good.jsonl/", "File exists"),
        ("convert good.jsonl -o .", "cannot be written"),
        ("explain good.jsonl", "Missing option '--id'"),
        ("explain good.jsonl --id other", "other: no such conversation among 1"),
        ("explain bad.jsonl --id 7", "7: was rejected: $.id: Expected `str`"),
        ("explain bad.jsonl --id 7", "(bad.jsonl:1)"),
        ("--config none.toml score good.jsonl", "none.toml: cannot be read"),
        ("frobnicate", "No such command"),
    ],
)
def test_wrong_use_is_status_2_and_one_line(jauge, chats, command, said):
    run = jauge(*command.split())

    assert run.status == 2
    assert said in run.err
    assert run.err.startswith("jauge: ")
    assert run.err.count("\n") == 1
    assert run.out == b""


def test_a_file_of_no_known_format_is_one_line(jauge, here):
    (here / "odd\nname").write_text("hello")

    run = jauge("score", "odd\nname")

    assert (run.status, run.err.count("\n")) == (2, 1)


def test_without_a_command_the_help_is_shown(jauge, here):
    run = jauge()

    assert run.status == 0
    assert b"score" in run.out


def test_a_reader_that_goes_away_is_no_error(sample):
    command = f"{sys.executable} -m jauge convert {sample} {sample} | head -c 10"
    done = subprocess.run(command, shell=True, capture_output=True, check=False)

    assert done.stderr == b""


def test_a_full_disk_is_one_line(chats):
    if not os.path.exists("/dev/full"):  # noqa: PTH110 - a device of Linux
        pytest.skip("no /dev/full here")
    command = f"{sys.executable} -m jauge score good.jsonl > /dev/full"
    done = subprocess.run(command, shell=True, capture_output=True, check=False)

    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"No space left" in done.stderr


# --- where it writes


def test_data_goes_to_output_and_all_else_to_errors(jauge, chats):
    run = jauge("score", "mixed.jsonl", "good.jsonl")

    assert [json.loads(line)["conversation_id"] for line in run.out.splitlines()] == [
        "good",
        "good",
    ]
    first, second, last = run.err.splitlines()
    told = "a text is needed, and it is a whole number"
    assert first == f"rejected: mixed.jsonl:2: $.id: {told}"
    assert "good" in second
    assert last.startswith("3 read: 2 scored (average ")
    assert last.endswith(", 0 not scored, 1 rejected.")


@pytest.mark.parametrize("command", ["score", "load"])
def test_refusals_are_told_in_the_readers_language(jauge, chats, command):
    more = ["--db", "kept.db"] if command == "load" else []

    run = jauge(command, "mixed.jsonl", "--lang", "fr", *more)

    assert run.err.splitlines()[0] == (
        "rejetée\u202f: mixed.jsonl:2\u202f: "
        "$.id\u202f: il faut un texte, et c’est un nombre entier"
    )


def test_the_closing_line_names_why_conversations_are_not_scored(jauge, here):
    for number, channel in enumerate(("email", "email", "sms")):
        chat = {"id": str(number), "channel": channel, "events": []}
        (here / f"{number}.jsonl").write_text(json.dumps(chat))

    run = jauge("score", "*.jsonl", "--lang", "fr")

    assert run.err.splitlines()[-1].endswith(
        "(conversation par courriel\u202f: 2, aucun message du bot\u202f: 1), "
        "rejetées 0."
    )


def test_standard_input_is_a_dash(jauge, here):
    run = jauge("score", "-", stdin=GOOD.encode())

    assert json.loads(run.out)["conversation_id"] == "good"


def test_an_output_file_takes_the_place_of_standard_output(jauge, chats):
    run = jauge("score", "good.jsonl", "-o", "scores.jsonl")

    assert run.out == b""
    assert json.loads((chats / "scores.jsonl").read_bytes())["status"] == "scored"


def test_rejected_records_are_kept_line_by_line(jauge, chats):
    jauge("score", "bad.jsonl", "--rejected", "rejected.jsonl")

    lines = (chats / "rejected.jsonl").read_text().splitlines()
    kept = [json.loads(line) for line in lines]
    assert [(one["file"], one["line"], one["path"]) for one in kept] == [
        ("bad.jsonl", 1, "$.id"),
        ("bad.jsonl", 3, "$.id"),
    ]
    assert set(kept[0]) == {"file", "line", "path", "reason", "record"}


def test_a_csv_starts_with_a_mark_only_when_asked(jauge, chats):
    plain = jauge("score", "good.jsonl", "--to", "csv").out
    marked = jauge("score", "good.jsonl", "--to", "csv", "--bom").out

    assert marked == b"\xef\xbb\xbf" + plain
    assert plain.startswith(b"conversation_id,status,reason,")


def test_control_characters_of_data_never_reach_the_terminal(jauge, here):
    events = [
        {"type": "message", "role": "bot", "text": "Hello \x1b[2J!"},
        {"type": "message", "role": "user", "text": "th\x9bank you"},
    ]
    good = {"id": "a\x1b]0;b\x07", "language": "\x1b[1m", "unavailable": ["\x1b"]}
    bad = {"id": "c\x1bd", "events": [{"type": "message", "role": "\x1bking"}]}
    records = [{**good, "events": events}] * 2 + [bad]
    name = "chats\x1b[31m\n.jsonl"
    (here / name).write_text("\n".join(map(json.dumps, records)))

    runs = [
        jauge("score", name, "-o", "scores.jsonl"),
        jauge("score", name, "-o", "parts\x1b/"),
        jauge("score", name, "-o", "parts\x1b/"),
        jauge("convert", name, "-o", "own.jsonl"),
        jauge("doctor", name),
        jauge("explain", name, "--id", good["id"]),
        jauge("explain", name, "--id", bad["id"]),
        jauge("explain", name, "--id", "none\x1b"),
        jauge("score", name, "--set", "\x1b=1"),
        jauge("demo", "-o", "demo\x1b"),
    ]

    told = [run.out.decode() + run.err for run in runs]
    assert [run.status for run in runs] == [0, 0, 0, 0, 0, 0, 2, 2, 2, 0]
    assert all("\ufffd" in text for text in told)
    assert not any(mark in text for text in told for mark in "\x1b\x07\x9b")


def test_the_folder_of_the_demo_can_stand_in_the_environment(jauge, here, monkeypatch):
    monkeypatch.setenv("JAUGE_DEMO_OUT", "shown")

    jauge("demo")

    assert (here / "shown" / "scores.jsonl").exists()


def test_the_language_of_phrases_can_stand_in_the_environment(jauge, here, monkeypatch):
    asked = jauge("signals", "user_thanks", "--phrases", "fr")
    monkeypatch.setenv("JAUGE_PHRASES", "fr")

    assert jauge("signals", "user_thanks").out == asked.out
    assert b"merci" in asked.out


# --- what it takes


def test_limit_stops_after_so_many_records(jauge, sample):
    assert jauge("score", sample, "--limit", 3).out.count(b"\n") == 3


@pytest.mark.parametrize("field", SETTABLE)
def test_a_fact_can_be_set_for_all(jauge, chats, field):
    run = jauge("convert", "good.jsonl", "--set", f"{field}=x")

    assert json.loads(run.out)[field] == "x"


def test_a_name_in_a_table_can_be_the_bot(jauge, chats):
    said = jauge("convert", "chats.csv", "--bot-id", "Lia").out

    assert [event["role"] for event in json.loads(said)["events"]] == ["bot", "user"]
    assert json.loads(jauge("score", "chats.csv").out)["status"] == "not_scored"


def test_times_without_a_zone_are_told_once_a_run(jauge, chats):
    (chats / "more.csv").write_text(TABLE)

    run = jauge("convert", "chats.csv", "more.csv")

    assert run.err.count("Times without a zone are read as UTC") == 1


def test_a_zone_that_was_given_is_used_and_not_told(jauge, chats):
    run = jauge("convert", "chats.csv", "--timezone", "America/Montreal")

    assert "zone" not in run.err
    first = json.loads(run.out)["events"][0]
    assert first["at"] == "2026-11-02T14:00:00-05:00"


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_zone_is_told_with_any_number_of_processes(jauge, chats, jobs):
    run = jauge("score", "chats.csv", "--jobs", jobs)

    assert run.err.count("Times without a zone") == 1


# --- jauge.toml and JAUGE_…


def test_the_command_line_goes_before_the_environment_before_the_file(
    jauge, chats, monkeypatch
):
    (chats / "jauge.toml").write_text(
        'to = "csv"\nlang = "fr"\ntimezone = "Asia/Tokyo"\n'
    )

    from_file = jauge("score", "good.jsonl")
    monkeypatch.setenv("JAUGE_TO", "jsonl")
    monkeypatch.setenv("JAUGE_TIMEZONE", "Europe/Paris")
    from_environment = jauge("score", "good.jsonl")
    from_line = jauge("score", "good.jsonl", "--to", "csv")
    zoned = jauge("convert", "chats.csv").out

    assert from_file.out.startswith(b"conversation_id,")
    assert from_file.err.endswith("rejetées 0.\n")
    assert from_environment.out.startswith(b"{")
    assert from_line.out == from_file.out
    assert json.loads(zoned)["events"][0]["at"].endswith("+01:00")


def test_every_option_of_score_can_stand_in_the_file(jauge, chats):
    (chats / "jauge.toml").write_text(
        'from = "jsonl"\nto = "csv"\nbom = true\nwide = true\nstrict = true\njobs = 1\n'
        'limit = 2\nout = "o.csv"\nrejected = "r.jsonl"\nscorer = "default"\n'
        'before_handoff = true\nbot_id = "Lia"\nagent_id = "Marc"\nlang = "en"\n'
        '[set]\nbot = "Lia et Max"\n[columns]\nid = "n"\n[limits]\nevents = 9\n'
    )

    run = jauge("score", "mixed.jsonl")

    assert (run.status, run.out) == (1, b"")
    assert b"Lia et Max" in (chats / "o.csv").read_bytes()
    assert (chats / "r.jsonl").read_bytes().count(b"\n") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("langue = 'fr'", "unknown field `langue`"),
        ("lang = 'de'", "lang"),
        ("jobs = 0", "jobs"),
        ("jobs = [", "jauge.toml"),
        ("timezone = 'Mars'", "Mars: no such zone"),
        ("[limits]\nbytes = 1", "unknown field `bytes`"),
        ("[phrases.xx]\nuser_thanks = ['a']", "phrases.xx"),
        ("[phrases.fr]\nuser_thank = ['a']", "user_thank: no such list"),
        ("[phrases.fr]\nuser_thanks = [' ']", "an empty phrase"),
        ("[phrases.fr]\nuser_thanks = 'a'", "$.phrases"),
        ("[columns]\nwho = 'a'", "no such field"),
        ("[set]\nid = 'a'", "cannot be set"),
        (b"lang = '\xff'", "not UTF-8"),
    ],
)
def test_a_setting_that_cannot_be_is_one_line(jauge, chats, text, said):
    data = text if isinstance(text, bytes) else text.encode()
    (chats / "jauge.toml").write_bytes(data)

    run = jauge("score", "good.jsonl")

    assert (run.status, run.err.count("\n")) == (2, 1)
    assert said in run.err


def test_phrases_of_your_own_are_found_and_change_the_scorer(jauge, chats):
    before = jauge("score", "chats.csv", "--bot-id", "Lia")
    (chats / "own.toml").write_text('[phrases.fr]\nuser_praises = ["zoubidou"]\n')
    after = jauge("--config", "own.toml", "score", "chats.csv", "--bot-id", "Lia")

    found = {part["signal"]: part for part in json.loads(after.out)["contributions"]}
    assert found["user_praises"]["evidence"] == "zoubidou"
    assert b"zoubidou" not in before.out
    assert id_of(before).split("+")[0] == id_of(after).split("+")[0]
    assert id_of(before) != id_of(after)


def test_phrases_of_your_own_reach_other_processes(jauge, chats):
    (chats / "jauge.toml").write_text('[phrases.fr]\nuser_praises = ["zoubidou"]\n')

    one = jauge("score", "chats.csv", "--bot-id", "Lia", "--jobs", 1)
    two = jauge("score", "chats.csv", "--bot-id", "Lia", "--jobs", 2)

    assert one.out == two.out
    assert b"zoubidou" in two.out


def test_phrases_of_your_own_do_not_hide_the_list_of_signals(jauge, chats):
    plain = jauge("signals")
    (chats / "jauge.toml").write_text(
        '[phrases.fr]\nuser_praises = ["zoubidou"]\n[limits]\nevents = 9\n'
    )

    run = jauge("signals")
    phrases = jauge("signals", "user_praises", "--phrases", "fr")

    assert (run.status, run.out) == (0, plain.out)
    assert b"zoubidou" in phrases.out


@pytest.mark.parametrize(
    "command",
    [
        "--config own.toml --lang fr doctor good.jsonl",
        "--lang=fr doctor good.jsonl --config=own.toml",
        "doctor good.jsonl --config own.toml --lang fr",
    ],
)
def test_settings_and_language_may_stand_on_either_side(
    jauge, chats, monkeypatch, command
):
    monkeypatch.setenv("JAUGE_LANG", "en")
    (chats / "own.toml").write_text('report_to = "json"\n')

    told = jauge(*command.split())
    failed = jauge(*command.replace("good", "none").split())

    assert told.status == 0
    assert told.out.startswith(b"{")
    assert "ce fichier n’existe pas" in failed.err


def test_every_list_that_takes_phrases_can_be_looked_at(jauge, chats):
    signals = {detector.name for detector in build_scorer().detectors}
    others = {name for lang in ("fr", "en") for name in own._lists(lang)} - signals

    listed = jauge("signals", "--lang", "en").out.decode()
    shown = jauge("signals", "user_closes", "--phrases", "fr", "--lang", "fr")

    assert set(LIST_WORDS) == others
    assert all(f"· {name} " in listed for name in others)
    assert shown.out.decode().startswith("· user_closes            Le client n’a plus")
    assert shown.out.count(b"\n") > 5


def test_the_output_in_the_file_is_that_of_score_alone(jauge, chats):
    (chats / "jauge.toml").write_text('out = "scores.jsonl"\n')

    converted = jauge("convert", "good.jsonl")
    jauge("demo")

    assert converted.out == GOOD.encode()
    assert not (chats / "scores.jsonl").exists()
    assert (chats / "demo-out").is_dir()


def test_flags_of_the_file_have_no_effect_where_they_do_not_fit(jauge, chats):
    plain = jauge("score", "good.jsonl")
    (chats / "jauge.toml").write_text('to = "csv"\nbom = true\nwide = true\n')

    run = jauge("score", "good.jsonl", "--to", "jsonl")

    assert (run.status, run.out) == (0, plain.out)


@pytest.mark.parametrize(("typed", "kept"), [("wide", "long"), ("long", "wide")])
def test_a_flag_of_the_command_line_beats_that_of_the_file(jauge, chats, typed, kept):
    asked = jauge("score", "good.jsonl", "--to", "csv", f"--{typed}")
    (chats / "jauge.toml").write_text(f'to = "csv"\n{kept} = true\n')

    run = jauge("score", "good.jsonl", f"--{typed}")

    assert (run.status, run.out) == (0, asked.out)


def test_facts_in_the_environment_may_hold_blanks(jauge, chats, monkeypatch):
    monkeypatch.setenv("JAUGE_SET", "bot=Lia et Max; channel=web chat\nlanguage=fr")

    told = json.loads(jauge("convert", "good.jsonl").out)

    assert (told["bot"], told["channel"], told["language"]) == (
        "Lia et Max",
        "web chat",
        "fr",
    )


def test_the_column_that_says_who_speaks_is_also_called_user(jauge, here):
    (here / "odd.csv").write_text("id,qui parle,text,user\n1,client,allo,u-7\n")

    run = jauge("convert", "odd.csv", "--columns", "user=qui parle,user_id=user")

    told = json.loads(run.out)
    assert (told["events"][0]["role"], told["user_id"]) == ("user", "u-7")


def test_the_doctor_uses_the_scorer_of_the_environment(jauge, chats, monkeypatch):
    monkeypatch.setenv("JAUGE_SCORER", "none")

    run = jauge("doctor", "good.jsonl")

    assert run.status == 2
    assert "none: no such scorer" in run.err


def test_an_option_from_the_environment_is_checked_as_well(jauge, chats, monkeypatch):
    monkeypatch.setenv("JAUGE_JOBS", "none")

    run = jauge("score", "good.jsonl")

    assert (run.status, run.err.count("\n")) == (2, 1)
    assert "JAUGE_JOBS" in run.err


@pytest.mark.parametrize("held", ["", "id,role,text\n"])
@pytest.mark.parametrize("command", ["score", "load", "report", "convert"])
def test_a_file_without_a_record_is_told(jauge, here, command, held):
    (here / "none.csv").write_text(held, encoding="utf-8")

    told = jauge(command, "none.csv").err

    assert told.startswith("Nothing to read: no file holds a record.")
    assert jauge(command, "none.csv", "--lang", "fr").err.startswith("Rien à lire")
