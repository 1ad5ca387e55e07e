"""The same bytes whatever the order, the processes, the hash seed, locale or zone."""

import os
import random
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from jauge import samples

CLEAN = {
    name: value for name, value in os.environ.items() if not name.startswith("JAUGE_")
}
LINES = (
    Path(samples.__file__).with_name("conversations.jsonl").read_bytes().splitlines()
)


def scores_of(path: Path, *options: str, **surroundings: str) -> dict[str, bytes]:
    """Score a file in a process of its own: the bytes of each conversation's score."""
    told = subprocess.run(
        [sys.executable, "-m", "jauge", "score", str(path), *options],
        env={**CLEAN, **surroundings},
        cwd=path.parent,
        capture_output=True,
        check=True,
    )
    return {
        msgspec.json.decode(line)["conversation_id"]: line
        for line in told.stdout.splitlines()
    }


@pytest.fixture(scope="module")
def chats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("chats") / "chats.jsonl"
    path.write_bytes(b"\n".join(LINES) + b"\n")
    return path


@pytest.fixture(scope="module")
def expected(chats: Path) -> dict[str, bytes]:
    return scores_of(chats, PYTHONHASHSEED="0", LC_ALL="C.UTF-8", TZ="UTC")


def test_every_conversation_has_its_line(expected):
    assert list(expected) == [msgspec.json.decode(line)["id"] for line in LINES]


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"},
        {"PYTHONHASHSEED": "random", "LC_ALL": "fr_FR.UTF-8", "LANG": "fr_FR.UTF-8"},
        {"PYTHONHASHSEED": "random", "LC_ALL": "C", "TZ": "America/Montreal"},
    ],
)
def test_surroundings_do_not_matter(chats, expected, surroundings):
    assert scores_of(chats, **surroundings) == expected


@pytest.mark.parametrize("jobs", ["2", "3"])
def test_number_of_processes_does_not_matter(chats, expected, jobs):
    found = scores_of(chats, "--jobs", jobs, PYTHONHASHSEED="random")

    assert found == expected
    assert list(found) == list(expected)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_order_of_records_does_not_matter(tmp_path, expected, jobs):
    shuffled = random.Random(int(jobs)).sample(LINES, len(LINES))
    path = tmp_path / "shuffled.jsonl"
    path.write_bytes(b"\n".join(shuffled))

    found = scores_of(path, "--jobs", jobs)

    assert found == expected


def test_form_of_the_file_does_not_matter(tmp_path, expected):
    path = tmp_path / "array.json"
    path.write_bytes(b"[" + b",\n".join(LINES) + b"]")

    assert scores_of(path) == expected
