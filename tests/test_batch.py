"""Scoring files: whole or not at all, nothing lost, the same bytes every way."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import signal
import subprocess
import sys

import msgspec
import pytest

from jauge import batch, outputs
from jauge.batch import Plan, score_files
from jauge.errors import InputError
from jauge.outputs import writing
from jauge.report import export
from jauge.settings import ReadOptions
from jauge.sources import read
from tests.formats.scenarios import SCENARIOS
from tests.formats.shapes_found import SHAPES

JAUGE = (sys.executable, "-m", "jauge")


def by_id(lines: bytes) -> dict[str, bytes]:
    return {json.loads(line)["conversation_id"]: line for line in lines.splitlines()}


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run `jauge` in a process of its own."""
    return subprocess.run(
        [*JAUGE, *map(str, arguments)],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


@pytest.fixture(scope="module")
def scores(sample, tmp_path_factory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("scores") / "scores.jsonl"
    score_files([str(sample)], Plan(ReadOptions()), out=str(out))
    return by_id(out.read_bytes())


def test_two_processes_and_another_order_give_the_same_bytes(sample, scores, tmp_path):
    lines = sample.read_bytes().splitlines() * 2
    random.Random(7).shuffle(lines)
    shuffled, out = tmp_path / "shuffled.jsonl", tmp_path / "scores.jsonl"
    shuffled.write_bytes(b"\n".join(lines))

    score_files([str(shuffled)], Plan(ReadOptions()), out=str(out), jobs=2)

    found = out.read_bytes().splitlines()
    assert [json.loads(line)["conversation_id"] for line in found] == [
        json.loads(line)["id"] for line in lines
    ]
    assert by_id(out.read_bytes()) == scores


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "0", "LC_ALL": "fr_CA.UTF-8", "TZ": "Asia/Tokyo"},
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "America/St_Johns"},
        {"PYTHONHASHSEED": "random", "LC_ALL": "POSIX", "PYTHONUTF8": "0"},
    ],
)
def test_hash_seed_locale_and_zone_change_no_byte(sample, scores, environment):
    done = run("score", sample, **environment)

    assert done.returncode == 0
    assert by_id(done.stdout) == scores


@pytest.mark.parametrize("name", ["commas.csv", "scattered.csv", "newest_first.csv"])
def test_the_same_facts_score_the_same_in_every_form(formats, tmp_path, name):
    out, native = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    plan = Plan(ReadOptions())

    score_files([str(formats / "csv" / name)], plan, out=str(out))
    score_files([str(formats / "csv" / "expected.jsonl")], plan, out=str(native))

    assert by_id(out.read_bytes()) == by_id(native.read_bytes())


def test_a_table_converted_and_then_scored_is_the_table_scored(formats, tmp_path):
    table, native = formats / "csv" / "scattered.csv", tmp_path / "native.jsonl"
    direct, detour = tmp_path / "direct.jsonl", tmp_path / "detour.jsonl"
    batch.convert_files([str(table)], ReadOptions(), out=str(native), rejected=None)

    score_files([str(table)], Plan(ReadOptions()), out=str(direct))
    score_files([str(native)], Plan(ReadOptions()), out=str(detour))

    assert direct.read_bytes() == detour.read_bytes()


def test_convert_writes_one_line_records_back_byte_for_byte(formats, tmp_path):
    source, out = formats / "jsonl" / "chats.jsonl", tmp_path / "native.jsonl"

    batch.convert_files([str(source)], ReadOptions(), out=str(out), rejected=None)

    lines = source.read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines()
    assert out.read_bytes().splitlines() == [line for line in lines if line]


@pytest.mark.parametrize("layout", ["array.json", "indented.json"])
def test_read_write_read_gives_equal_conversations(formats, tmp_path, layout):
    source, out = formats / "json" / layout, tmp_path / "native.jsonl"

    batch.convert_files([str(source)], ReadOptions(), out=str(out), rejected=None)

    assert list(read(out)) == list(read(source))
    assert b'"x_ticket"' in out.read_bytes()
    assert out.read_bytes().count(b"\n") == 2


def test_an_output_appears_whole_or_not_at_all_when_killed(tmp_path, sample):
    out = tmp_path / "out"
    out.mkdir()
    command = [*JAUGE, "score", "-", "-o", out / "scores.jsonl"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as child:
        child.stdin.write(sample.read_bytes())
        child.stdin.flush()
        while not list(out.iterdir()):
            assert child.poll() is None
        child.send_signal(signal.SIGKILL)
        child.stdin.close()

    assert not (out / "scores.jsonl").exists()


def test_an_error_in_the_middle_leaves_no_output_and_no_rest(tmp_path, sample):
    (tmp_path / "odd.data").write_text("no format at all")
    out = tmp_path / "out" / "scores.jsonl"
    out.parent.mkdir()
    out.write_text("of last time")

    with pytest.raises(InputError, match=r"odd.data: format not recognised"):
        score_files(
            [str(sample), str(tmp_path / "odd.data")], Plan(ReadOptions()), out=str(out)
        )

    assert [path.name for path in out.parent.iterdir()] == ["scores.jsonl"]
    assert out.read_text() == "of last time"


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path):
    with writing(str(tmp_path / "new")) as sink:
        sink.write(b"x")
    (tmp_path / "other").touch()

    assert (tmp_path / "new").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_device_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    with writing(str(pipe)) as sink:
        sink.write(b"scores")

    assert os.read(reading, 100) == b"scores"
    assert pipe.is_fifo()
    os.close(reading)


def test_a_link_is_followed_and_stays_a_link(tmp_path):
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")

    with writing(str(tmp_path / "link")) as sink:
        sink.write(b"new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


@pytest.mark.parametrize("path", ["missing/out.jsonl", "."])
def test_a_place_that_cannot_be_written_is_one_error(tmp_path, monkeypatch, path):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(InputError, match="cannot be written"), writing(path):
        pass


def test_parts_of_files_of_one_name_are_distinct(tmp_path, sample):
    lines = sample.read_bytes().splitlines()
    files = ["a/x.jsonl", "b/x.jsonl", "a__x.jsonl", "y.jsonl"]
    for file, line in zip(files, lines, strict=False):
        path = tmp_path / "in" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(line)
    out = tmp_path / "out"

    score_files(
        [str(tmp_path / "in")], Plan(ReadOptions(), to="csv"), out=f"{out}/", bom=True
    )

    parts = sorted(out.iterdir())
    assert len(parts) == len(files)
    assert all(part.read_bytes().startswith(b"\xef\xbb\xbfconv") for part in parts)
    assert all(part.read_bytes().count(b"\r\n") == 2 for part in parts)


@pytest.mark.parametrize(
    "files",
    [["a/x", "b/x", "a__x"], ["/a/x", "a/x"], ["../a/x", "a/x"], ["-", "stdin"]],
)
def test_no_two_parts_have_one_name(files):
    names = outputs.part_names(files)

    assert len(set(names)) == len(files)
    assert not any("/" in name or name.startswith(".") for name in names)


def test_finished_parts_are_skipped_on_a_second_run(tmp_path, sample):
    out = tmp_path / "parts"
    plan = Plan(ReadOptions())
    score_files([str(sample)], plan, out=f"{out}/")
    part = out / "conversations.jsonl.scores.jsonl"
    part.write_text("kept")

    counts = score_files([str(sample)], plan, out=str(out))

    assert (counts.read, counts.skipped) == (0, [str(part)])
    assert part.read_text() == "kept"


def test_wide_and_long_tables_tell_the_same_points(tmp_path, sample, scores):
    wide, long = tmp_path / "wide.csv", tmp_path / "long.csv"
    for shape, out in (("wide", wide), ("long", long)):
        plan = Plan(ReadOptions(), to="csv", shape=shape)
        score_files([str(sample)], plan, out=str(out))

    told: dict[tuple[str, str], int] = {}
    for row in csv.DictReader(io.StringIO(long.read_text())):
        key = row["conversation_id"], row["signal"]
        told[key] = told.get(key, 0) + round(float(row["points"]) * 10)
    found = {
        (row["conversation_id"], name): round(float(points) * 10)
        for row in csv.DictReader(io.StringIO(wide.read_text()))
        for name, points in list(row.items())[len(export.COLUMNS) :]
        if points
    }
    assert found == told
    assert len(scores) == wide.read_bytes().count(b"\n") - 1


def test_a_part_before_an_agent_is_scored_but_in_no_average(tmp_path, sample):
    plan = Plan(ReadOptions(), before_handoff=True)
    out = tmp_path / "scores.jsonl"

    counts = score_files([str(sample)], plan, out=str(out))

    scores = [json.loads(line) for line in out.read_bytes().splitlines()]
    scored = [score for score in scores if score["status"] == "scored"]
    whole = [score["value"] for score in scored if score["part"] == "whole"]
    assert (counts.scored, counts.averaged) == (len(scored), len(whole))
    assert counts.total == sum(whole)
    assert len(whole) < len(scored)


def test_refusals_of_one_kind_are_told_once(tmp_path):
    path = tmp_path / "a.csv"
    rows = "".join(f"{i},user,hello,noon {i}\n" for i in range(50))
    path.write_text("id,role,text,at\n" + rows)

    counts = score_files([str(path)], Plan(ReadOptions()), out=str(tmp_path / "out"))

    assert counts.rejected == 50
    assert [first.line for first in counts.first.values()] == [2]


def test_rejected_records_are_written_with_place_and_reason(tmp_path, sample):
    source, rejected = tmp_path / "a.jsonl", tmp_path / "rejected.jsonl"
    source.write_bytes(sample.read_bytes().splitlines()[0] + b'\n\n{"id": 7}\n')

    score_files(
        [str(source)], Plan(ReadOptions()), out=os.devnull, rejected=str(rejected)
    )

    assert msgspec.json.decode(rejected.read_bytes()) == {
        "file": str(source),
        "line": 3,
        "path": "$.id",
        "reason": "Expected `str`, got `int`",
        "record": '{"id": 7}',
    }


@pytest.fixture
def faulty(tmp_path, sample):
    """Two files with a good and a bad record each, and one with a good one."""
    good = sample.read_bytes().splitlines()[0]
    (tmp_path / "a.jsonl").write_bytes(good + b'\n{"id": 1}\n')
    (tmp_path / "b.jsonl").write_bytes(good + b'\n{"id": 2}\n')
    (tmp_path / "c.jsonl").write_bytes(good)
    return [str(tmp_path / name) for name in ("a.jsonl", "b.jsonl", "c.jsonl")]


def records_in(path) -> list[str]:
    return [json.loads(line)["record"] for line in path.read_bytes().splitlines()]


def test_a_second_run_keeps_what_the_first_has_refused(tmp_path, faulty):
    out, rejected, plan = tmp_path / "out", tmp_path / "r.jsonl", Plan(ReadOptions())
    score_files(faulty, plan, out=f"{out}/", rejected=str(rejected))
    (out / "b.jsonl.scores.jsonl").unlink()

    counts = score_files(faulty, plan, out=f"{out}/", rejected=str(rejected))

    assert records_in(rejected) == ['{"id": 1}', '{"id": 2}']
    assert (counts.rejected, counts.refused_before) == (1, 1)


def test_what_is_refused_of_a_part_stays_beside_it_where_there_is_some(
    tmp_path, faulty
):
    out, plan = tmp_path / "out", Plan(ReadOptions())

    score_files(faulty, plan, out=f"{out}/")

    beside = sorted(out.glob("*.rejected.jsonl"))
    assert [path.name for path in beside] == [
        "a.jsonl.scores.jsonl.rejected.jsonl",
        "b.jsonl.scores.jsonl.rejected.jsonl",
    ]
    assert records_in(beside[0]) == ['{"id": 1}']


def test_a_part_done_again_without_refusals_has_none_beside_it(tmp_path, faulty):
    out, plan = tmp_path / "out", Plan(ReadOptions())
    score_files(faulty[:1], plan, out=f"{out}/")
    (out / "a.jsonl.scores.jsonl").unlink()
    (tmp_path / "a.jsonl").write_bytes((tmp_path / "c.jsonl").read_bytes())

    score_files(faulty[:1], plan, out=f"{out}/")

    assert [path.name for path in out.iterdir()] == ["a.jsonl.scores.jsonl"]


def test_an_error_after_a_part_keeps_what_was_refused_of_it(tmp_path, faulty):
    (tmp_path / "odd").write_text("no format at all")
    out, rejected = tmp_path / "out", tmp_path / "r.jsonl"

    with pytest.raises(InputError):
        score_files(
            [faulty[0], str(tmp_path / "odd")],
            Plan(ReadOptions()),
            out=f"{out}/",
            rejected=str(rejected),
        )

    beside = out / "a.jsonl.scores.jsonl.rejected.jsonl"
    assert records_in(beside) == ['{"id": 1}']


def test_the_record_of_a_refusal_is_whole(tmp_path):
    source, rejected = tmp_path / "a.jsonl", tmp_path / "r.jsonl"
    record = json.dumps({"id": 7, "text": "x" * 300_000})
    source.write_text(record)

    score_files(
        [str(source)], Plan(ReadOptions()), out=os.devnull, rejected=str(rejected)
    )

    assert records_in(rejected) == [record]


def test_a_hundred_thousand_messages_and_ten_megabytes_are_scored(tmp_path):
    many = [
        {"type": "message", "role": role, "text": f"{role} message {i % 977}"}
        for i in range(50_000)
        for role in ("user", "bot")
    ]
    big = [
        {"type": "message", "role": "bot", "text": "hello"},
        {"type": "message", "role": "user", "text": "où est mon colis ? " * 500_000},
    ]
    path, out = tmp_path / "big.jsonl", tmp_path / "scores.jsonl"
    path.write_text(
        "\n".join(
            json.dumps({"id": str(i), "events": e}) for i, e in enumerate((many, big))
        )
    )

    counts = score_files([str(path)], Plan(ReadOptions()), out=str(out))

    assert counts.scored == 2


# --- parts, and conversations in pieces


WARNINGS = {
    "en": "Warning: chatwoot may spread a conversation over several files",
    "fr": "Attention : « chatwoot » peut répartir une conversation sur plusieurs",
}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_parts_of_a_platform_with_pieces_are_warned_of_in_one_line(jauge, here, lang):
    shape = next(one for one in SHAPES if one.name == "chatwoot webhooks")
    calls = shape.render(SCENARIOS).splitlines(keepends=True)
    for name, part in (("a", calls[::2]), ("b", calls[1::2])):
        (here / f"{name}.jsonl").write_bytes(b"".join(part))
    call = ["score", "a.jsonl", "b.jsonl", "--lang", lang, "-o"]

    apart, whole = jauge(*call, "out/"), jauge(*call, "scores.jsonl")
    alone = jauge("score", "a.jsonl", "--lang", lang, "-o", "one/")

    assert apart.err.replace("\u202f", " ").count(WARNINGS[lang]) == 1
    for run in (whole, alone):
        assert WARNINGS[lang] not in run.err.replace("\u202f", " ")


def test_parts_of_whole_conversations_are_not_warned_of(jauge, sample, here):
    for name in "ab":
        (here / f"{name}.jsonl").write_bytes(sample.read_bytes())

    assert "spread" not in jauge("score", "a.jsonl", "b.jsonl", "-o", "out/").err
