"""Archives are read member by member; what could harm is refused in words."""

from __future__ import annotations

import gzip
import io
import json
import random
import tarfile
import zipfile

import pytest
import zstandard

from jauge.errors import JaugeError
from jauge.model.conversation import Conversation
from jauge.model.rejected import Rejected
from jauge.settings import Limits, ReadOptions
from jauge.sources import read
from tests.importers.test_hostile import check_read
from tests.mutations import MUTATIONS, damaged, mutated
from tests.within_limits import within_limits


def line(id_: str) -> bytes:
    said = [{"type": "message", "role": "user", "text": "hi"}]
    return json.dumps({"id": id_, "events": said}).encode() + b"\n"


def zipped(path, members: dict[str, bytes]):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def tarred(path, members: dict[str, bytes], mode: str = "w"):
    with tarfile.open(path, mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def told(path, **limits: int) -> tuple[list[str], list[str]]:
    """Give the ids that were read, and the reasons of what was refused."""
    found = [*read(path, ReadOptions(limits=Limits(**limits)))]
    ids = [one.id for one in found if isinstance(one, Conversation)]
    return ids, [one.reason for one in found if isinstance(one, Rejected)]


PACKERS = pytest.mark.parametrize(
    ("pack", "name"), [(zipped, "a.zip"), (tarred, "a.tar")], ids=["zip", "tar"]
)


@PACKERS
def test_members_are_read_one_after_the_other(pack, name, tmp_path):
    members = {"b/1.jsonl": line("a"), "2.json": b"[" + line("b") + b"]"}

    assert told(pack(tmp_path / name, members)) == (["a", "b"], [])


def test_a_tar_file_may_be_packed_again(tmp_path):
    path = tarred(tmp_path / "a.tar.gz", {"1.jsonl": line("a")}, "w:gz")

    assert told(path) == (["a"], [])


@PACKERS
def test_a_place_names_the_member(pack, name, tmp_path):
    (refused,) = read(pack(tmp_path / name, {"x/1.jsonl": b'{"id": "a"}'}))

    assert refused.file == f"{tmp_path / name}/x/1.jsonl"
    assert refused.line == 1


@PACKERS
@pytest.mark.parametrize("outside", ["../x.jsonl", "/etc/x.jsonl", "a/../../x.jsonl"])
def test_a_path_outside_is_refused(pack, name, outside, tmp_path):
    path = pack(tmp_path / name, {outside: line("a"), "1.jsonl": line("b")})

    assert told(path) == (["b"], ["a path outside the archive"])


def test_a_file_without_a_name_is_refused(tmp_path):
    # Seen in the soak: a name that begins with a zero byte is cut off before it begins.
    path = zipped(tmp_path / "x.zip", {"1.jsonl": line("a"), "2.jsonl": line("b")})
    path.write_bytes(path.read_bytes().replace(b"1.jsonl", b"\0.jsonl"))

    assert told(path) == (["b"], ["a file without a name in the archive"])


@PACKERS
def test_an_archive_inside_is_refused(pack, name, tmp_path):
    inner = zipped(tmp_path / "inner.zip", {"1.jsonl": line("a")}).read_bytes()

    ids, reasons = told(pack(tmp_path / name, {"in.zip": inner, "b.jsonl": line("b")}))

    assert ids == ["b"]
    assert reasons == ["an archive inside an archive is not opened; unpack it first"]


@PACKERS
def test_what_systems_leave_is_passed_over(pack, name, tmp_path):
    members = {
        "__MACOSX/._1.jsonl": b"\x00",
        ".DS_Store": b"\x00",
        "1.jsonl": line("a"),
    }

    assert told(pack(tmp_path / name, members)) == (["a"], [])


@PACKERS
def test_a_member_of_unknown_format_does_not_cost_the_others(pack, name, tmp_path):
    ids, (reason,) = told(
        pack(tmp_path / name, {"0.txt": b"read me", "1.jsonl": line("a")})
    )

    assert ids == ["a"]
    assert "format not recognised" in reason


def test_doctor_looks_past_a_member_of_unknown_format(tmp_path, jauge):
    path = zipped(tmp_path / "a.zip", {"0.txt": b"read me", "1.jsonl": line("a")})

    ran = jauge("doctor", path, "--lang", "en")

    assert ran.status == 0
    assert b"jsonl" in ran.out


def test_a_format_that_is_named_holds_for_all_members(tmp_path):
    event = {"sender_id": "s", "event": "user", "timestamp": 10.5, "text": "hi"}
    path = zipped(tmp_path / "a.zip", {"1.jsonl": json.dumps(event).encode()})

    (found,) = read(path, ReadOptions(format="rasa"))

    assert found.id == "s"


def test_links_are_not_followed(tmp_path):
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        info = tarfile.TarInfo("secret.jsonl")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)

    assert told(path) == ([], ["a link or device, which is not followed"])


@PACKERS
def test_too_many_files_and_bytes_are_refused_by_the_name_of_the_limit(
    pack, name, tmp_path
):
    path = pack(tmp_path / name, {f"{i}.jsonl": line(str(i)) for i in range(5)})

    ids, (reason,) = told(path, archive_files=2)
    assert (ids, "archive_files" in reason) == (["0", "1"], True)
    ids, reasons = told(path, archive_bytes=100)
    assert len(ids) < 5
    assert all("archive_bytes" in reason for reason in reasons)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = zipped(tmp_path / "a.zip", {"big.jsonl": b" " * (30 << 20)})

    ids, (reason,) = told(path)

    assert ids == []
    assert reason == "packed more than 200 to 1 (limit: archive_ratio)"


@PACKERS
def test_a_damaged_archive_keeps_what_came_before(pack, name, tmp_path):
    path = pack(tmp_path / name, {"1.jsonl": line("a"), "2.jsonl": line("b") * 999})
    whole = path.read_bytes()

    for end in range(0, len(whole), max(1, len(whole) // 50)):
        path.write_bytes(whole[:end])
        for options in (ReadOptions(), ReadOptions(limits=Limits(record_bytes=50))):
            try:
                found = [*read(path, options)]
            except JaugeError:
                continue
            assert all(isinstance(one, Conversation | Rejected) for one in found)


def test_a_workbook_is_no_archive(tmp_path):
    path = zipped(tmp_path / "a.xlsx", {"[Content_Types].xml": b"<x/>"})

    assert "no workbook that can be read" in str(told(path))


@pytest.mark.parametrize("form", ["zip", "tar", "tar.gz", "gz", "zst"])
def test_whatever_is_done_to_an_archive_it_is_read_or_refused(form, tmp_path):
    rnd = random.Random(form)
    path = tmp_path / "a"
    members = {"1.jsonl": line("a") * 20, "x/2.json": b"[" + line("b") + b"]"}
    for _ in range(MUTATIONS):
        inside = {name: mutated(data, rnd) for name, data in members.items()}
        data = packed(path, inside, form)
        data = data if rnd.random() < 0.3 else damaged(data, rnd)
        path.write_bytes(data)
        with within_limits(data):
            check_read(path, ReadOptions())


def packed(path, members: dict[str, bytes], form: str) -> bytes:
    """Pack files in one of the forms that are unpacked."""
    if form == "gz":
        return gzip.compress(members["1.jsonl"], 1)
    if form == "zst":
        return zstandard.compress(members["1.jsonl"])
    if form == "zip":
        return zipped(path, members).read_bytes()
    return tarred(path, members, "w:gz" if form == "tar.gz" else "w").read_bytes()
