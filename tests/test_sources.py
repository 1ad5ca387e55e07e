"""Sources: where records come from, packed or not, sound or damaged."""

from __future__ import annotations

import gzip
import json
import os

import pytest
import zstandard

from jauge import sources
from jauge.errors import InputError, StoppedError, UnknownFormatError
from jauge.model.conversation import Conversation
from jauge.model.rejected import Rejected
from jauge.settings import ReadOptions
from jauge.sources import files_of, read, read_all
from tests.kept import chat, lines, write

MANY = b"".join(
    json.dumps({"id": f"c-{i}", "events": [], "n": i * 7919}).encode() + b"\n"
    for i in range(20_000)
)


def ids(found) -> list[str]:
    return [one.id for one in found if isinstance(one, Conversation)]


def test_a_folder_gives_its_data_files_by_name_at_any_depth(tmp_path):
    for name in (
        "b.jsonl",
        "a/c.csv.gz",
        "a/d.JSON",
        "chat.txt",
        "calls.log.gz",
        "book.xls",
        "notes.md",
        ".hidden.tmp",
        "._b.jsonl",
        "e.gz",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    found = files_of([str(tmp_path)])

    names = [os.path.relpath(file, tmp_path) for file in found]
    assert names == [
        "a/c.csv.gz",
        "a/d.JSON",
        "b.jsonl",
        "book.xls",
        "calls.log.gz",
        "chat.txt",
    ]


def test_a_text_that_is_no_chat_does_not_cost_the_other_files(jauge, sample, here):
    (here / "in").mkdir()
    (here / "in" / "chats.jsonl").write_bytes(sample.read_bytes())
    (here / "in" / "README.txt").write_text("How this was exported.")

    scored, loaded = jauge("score", "in"), jauge("load", "in")
    alone = jauge("score", "in/README.txt")

    assert scored.status == loaded.status == 0
    assert "rejected: in/README.txt: in/README.txt: format not" not in scored.err
    for run in (scored, loaded):
        assert "README.txt" in run.err
        assert "1 rejected" in run.err
    assert alone.status == 2
    assert "format not recognised" in alone.err


def test_a_file_named_in_two_ways_is_read_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.jsonl").touch()
    (tmp_path / "b.jsonl").touch()

    assert files_of(["./b.jsonl", "*.jsonl", "b.jsonl", "-"]) == [
        "./b.jsonl",
        "a.jsonl",
        "-",
    ]


def test_brackets_in_a_name_are_a_name_first(tmp_path):
    path = tmp_path / "chats[1].jsonl"
    path.touch()

    assert files_of([str(path)]) == [str(path)]


@pytest.mark.parametrize("path", ["nowhere", "no*where", "x" * 5000, '{"id": "a"}'])
def test_what_is_not_there_is_one_error_with_its_name(path):
    with pytest.raises(InputError, match="no such file"):
        files_of([path])


def test_a_folder_without_data_says_so(tmp_path):
    with pytest.raises(InputError, match="in this folder"):
        files_of([str(tmp_path)])


def test_a_folder_that_cannot_be_read_says_so(tmp_path, monkeypatch):
    (tmp_path / "sealed").mkdir()
    (tmp_path / "a.jsonl").touch()
    look = os.scandir

    def guarded(path):
        if str(path).endswith("sealed"):
            raise PermissionError(13, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(os, "scandir", guarded)

    for path in (tmp_path, tmp_path / "sealed"):
        with pytest.raises(InputError, match=r"sealed: .*\(Permission denied\)"):
            files_of([str(path)])


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
@pytest.mark.parametrize(
    "form", ["csv/commas.csv", "csv/utf_16.csv", "json/array.json"]
)
def test_packed_files_are_told_by_content_not_by_name(formats, tmp_path, pack, form):
    path = tmp_path / "export.dat"
    path.write_bytes(pack((formats / form).read_bytes()))

    assert list(read(path)) == list(read(formats / form))


def test_several_members_one_after_another_are_one_file(tmp_path):
    path = tmp_path / "a.zst"
    for pack in (gzip.compress, zstandard.compress):
        path.write_bytes(pack(MANY[: MANY.index(b"\n") + 1]) + pack(b"\n" + MANY))

        assert len(ids(read(path))) == 20_001


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
@pytest.mark.parametrize("form", ["jsonl", "json", "csv"])
@pytest.mark.parametrize("damage", ["cut", "overwritten"])
def test_what_was_read_before_the_damage_is_kept(tmp_path, pack, form, damage):
    data = {
        "jsonl": MANY,
        "json": b"[" + MANY.strip().replace(b"\n", b",\n") + b"]",
        "csv": b"id,role,text\n"
        + b"".join(b"c-%d,user,x%d\n" % (i, i * 7919) for i in range(80_000)),
    }[form]
    packed = pack(data)
    half = len(packed) * 3 // 4
    rest = b"" if damage == "cut" else b"\x00" * 64 + packed[half + 64 :]
    path = tmp_path / f"a.{form}"
    path.write_bytes(packed[:half] + rest)

    *kept, last = read(path)

    assert len(ids(kept)) > 5000
    assert isinstance(last, Rejected)
    assert "damaged or ends early" in last.reason


def test_a_packed_file_of_nothing_but_damage_is_a_refusal(tmp_path):
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(MANY)[:10])

    (found,) = read(path)

    assert isinstance(found, Rejected)


def test_garbage_behind_a_packed_file_is_reported(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(MANY) + b"garbage")

    *kept, last = read(path)

    assert len(kept) == 20_000
    assert isinstance(last, Rejected)


@pytest.mark.parametrize(
    "content", [b"", b"\n\n  \n", b"id,role,text\n", b"[]", b"[\n]\n"]
)
def test_an_empty_file_holds_no_record(tmp_path, content):
    path = tmp_path / "empty"
    path.write_bytes(content)

    assert list(read(path)) == []


@pytest.mark.parametrize(
    "content",
    [b"hello\n", b"42", b'"a"', b"\x89PNG\r\n\x1a\n\x00\r\x00", b" " * 70_000],
)
def test_what_is_no_known_format_is_one_error_that_says_where_they_are(
    tmp_path, content
):
    path = tmp_path / "odd"
    path.write_bytes(content)

    with pytest.raises(UnknownFormatError, match="See what is: jauge formats"):
        list(read(path))


def test_columns_make_a_table_of_a_file_with_other_names(tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("k,w,t\n1,user,hello\n")
    columns = {"id": "k", "role": "w", "text": "t"}

    (chat,) = read(path, ReadOptions(columns=columns))

    assert chat.events[0].text == "hello"


def test_a_slow_pipe_shows_enough_to_tell_the_format(monkeypatch):
    reading, writing = os.pipe()
    with os.fdopen(reading) as stdin, os.fdopen(writing, "wb", buffering=0) as pipe:
        monkeypatch.setattr(sources.sys, "stdin", stdin)
        head, _, rest = b'\xef\xbb\xbf{"id": "a", "events": []}\n'.partition(b"id")
        pipe.write(head)
        found = read("-")
        pipe.write(b"id" + rest)
        pipe.close()

        assert ids(found) == ["a"]


def test_limit_counts_the_records_of_all_files(sample):
    found = list(read_all([str(sample), str(sample)], ReadOptions(limit=3)))

    assert ids(found) == ["s-001", "s-002", "s-003"]


def test_facts_that_are_set_replace_those_of_the_record_and_of_its_source(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a", "bot": "Max", "x": 1.50, "events": []}')

    (chat,) = read(path, ReadOptions(set={"bot": "Lia", "channel": "sms"}))

    assert (chat.bot, chat.channel) == ("Lia", "sms")
    assert chat.source == b'{"id":"a","bot":"Lia","x":1.50,"events":[],"channel":"sms"}'


def test_a_file_name_that_is_no_text_is_still_reported(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.jsonl"
    with open(path, "wb") as file:  # noqa: PTH123 - a name of bytes
        file.write(b"{bad}\n")

    (found,) = read(os.fsdecode(path))

    assert found.file.endswith("caf\N{REPLACEMENT CHARACTER}.jsonl")


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_who_watches_a_reading_is_told_all_its_bytes(tmp_path, pack):
    data = lines(*(chat(f"c-{at}") for at in range(300))).encode()
    path = tmp_path / "chats"
    path.write_bytes(pack(data))
    told = []

    found = list(read(path, ReadOptions(on_bytes=told.append)))

    assert len(found) == 300
    assert sum(told) == len(data)


def test_who_watches_a_reading_may_end_it(tmp_path):
    path = write(tmp_path / "a.jsonl", *(chat(f"c-{at}") for at in range(900)))
    seen = []

    def watch(_):
        if seen:
            raise StoppedError

    with pytest.raises(StoppedError):
        seen.extend(
            map(ids, ([one] for one in read(path, ReadOptions(on_bytes=watch))))
        )

    assert 0 < len(seen) < 900


def test_file_is_called_as_it_is_said(tmp_path):
    path = tmp_path / "x7f3"
    path.write_text('{"id": 3}\n', "utf-8")

    (refused,) = read(path, ReadOptions(called="chats.jsonl"))

    assert refused.place == "chats.jsonl:1"
