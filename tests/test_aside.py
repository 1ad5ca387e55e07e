"""What is put aside on a disk without room is one line, and no half a file."""

from __future__ import annotations

import functools
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from benchmarks.exports import one_message_a_row, written
from jauge.aside import put_aside
from jauge.importers.pieces import ROOM

SIZE = 12_000_000
# More than the pieces that stay in memory.
MANY_PIECES = ROOM + 8_000_000
# No file may grow beyond 2,000 blocks of 512 bytes: as if the disk were full there.
SMALL_DISK = ["sh", "-c", 'ulimit -f 2000; exec "$0" "$@"', sys.executable]


@pytest.mark.parametrize(
    ("write", "size"),
    [
        (one_message_a_row, SIZE),
        (functools.partial(written, shape="crisp webhooks"), MANY_PIECES),
    ],
    ids=["table", "webhooks"],
)
def test_a_disk_without_room_is_said_in_one_line(write, size, tmp_path):
    export = write(tmp_path, size).path
    command = [*SMALL_DISK, "-m", "jauge", "convert", export.name, "-o", "out.jsonl"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)

    said = done.stderr.decode()
    assert done.returncode == 2
    assert said.startswith("jauge: temporary files: no room on disk")
    assert said.count("\n") == 1
    assert "SQLITE_TMPDIR=" in said
    assert list(tmp_path.iterdir()) == [export]


def test_another_fault_of_a_database_is_not_hidden():
    with (
        closing(sqlite3.connect("")) as kept,
        pytest.raises(sqlite3.OperationalError, match="syntax"),
        put_aside(),
    ):
        kept.execute("SELEC")
