"""What stands at the other end of a program: nobody, a full disk, nothing at all."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.kept import chat, write

NARROW = "\u202f"
COMMANDS = (
    ("--version",),
    ("--help",),
    ("formats",),
    ("score", "chats.jsonl"),
    ("score", "chats.jsonl", "--to", "csv"),
    ("compare", "chats.jsonl", "chats.jsonl"),
    ("compare", "chats.jsonl", "chats.jsonl", "--to", "json"),
    ("doctor", "chats.jsonl"),
    ("report", "chats.jsonl", "-o", "-"),
)
FULL = {
    "en": "standard output: cannot be written (No space left on device). What was"
    " written until then is not whole.",
    "fr": "sortie standard : impossible à écrire (disque plein). Ce qui était écrit"
    " n’est pas entier.",
}
CLOSED = {
    "en": "standard output: cannot be written (Bad file descriptor). What was written"
    " until then is not whole.",
    "fr": "sortie standard : impossible à écrire (fermée). Ce qui était écrit n’est pas"
    " entier.",
}
each = pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
# One language after the other.
each_in_a_language = pytest.mark.parametrize(
    ("command", "lang"), [*zip(COMMANDS, itertools.cycle(["en", "fr"]), strict=False)]
)


@pytest.fixture
def chats(here):
    return write(here / "chats.jsonl", *(chat(f"c-{n}", 4) for n in range(40)))


def started(*command, lang="en", **streams):
    """Start the program in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "jauge", *command],
        env={**os.environ, "JAUGE_LANG": lang},
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams},
    )


def last(said: bytes) -> str:
    return said.decode().splitlines()[-1].replace(NARROW, " ").removeprefix("jauge: ")


@each
def test_a_reader_that_goes_is_no_fault(chats, command):
    reading, writing = os.pipe()
    os.close(reading)
    running = started(*command, stdout=writing)
    os.close(writing)
    _, told = running.communicate()

    # As the shell says of a program that SIGPIPE ended; 1 would be a verdict.
    assert running.returncode == 141
    assert b"Traceback" not in told
    assert b"Exception" not in told


@each_in_a_language
def test_a_full_disk_is_one_line(chats, command, lang):
    with Path("/dev/full").open("wb") as full:
        running = started(*command, lang=lang, stdout=full)
    _, told = running.communicate()

    assert running.returncode == 2
    assert last(told) == FULL[lang]
    assert b"Traceback" not in told


@each_in_a_language
def test_an_output_that_is_closed_is_one_line(chats, command, lang):
    running = started(*command, lang=lang, preexec_fn=closing(1), stdout=None)
    _, told = running.communicate()

    assert running.returncode == 2
    assert last(told) == CLOSED[lang]
    assert b"Traceback" not in told


def closing(*numbers):
    def close() -> None:
        for number in numbers:
            os.close(number)

    return close


@pytest.mark.parametrize("closed", [(0,), (2,), (0, 2), (0, 1, 2)])
def test_files_do_not_get_the_numbers_of_streams_that_are_closed(chats, here, closed):
    command = ("score", "chats.jsonl", "-o", "scores.jsonl")
    started(*command).communicate()
    expected = (here / "scores.jsonl").read_bytes()
    (here / "scores.jsonl").unlink()

    running = started(*command, preexec_fn=closing(*closed))
    running.communicate()

    assert running.returncode == 0
    assert (here / "scores.jsonl").read_bytes() == expected


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_errors_that_nobody_can_read_still_have_their_status(chats, lang):
    with Path("/dev/full").open("wb") as full:
        running = started("score", "none.jsonl", lang=lang, stderr=full)
    running.communicate()

    assert running.returncode == 2


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_quietly_and_leaves_no_half_file(here, jobs):
    write(here / "many.jsonl", *(chat(f"c-{n}", 8) for n in range(20_000)))
    running = started(
        *("score", "many.jsonl", "-o", "scores.jsonl", "--jobs", jobs),
        start_new_session=True,
    )
    while not [one for one in here.iterdir() if one.name.startswith(".scores")]:
        assert running.poll() is None
        time.sleep(0.02)

    os.killpg(running.pid, signal.SIGINT)
    _, told = running.communicate()

    assert running.returncode == 130
    assert told == b""
    assert [one.name for one in here.iterdir()] == ["many.jsonl"]


def test_ctrl_c_while_processes_start_is_not_lost(here):
    program = (
        "import os, signal\n"
        "from jauge.pipeline import in_order\n"
        "ask = lambda: os.kill(os.getpid(), signal.SIGINT)\n"
        "os.register_at_fork(after_in_parent=ask)\n"
        "try:\n"
        "    print(sum(in_order(sorted, range(1000), jobs=2)))\n"
        "except KeyboardInterrupt:\n"
        "    print('ended')\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )

    assert run.stdout == "ended\n"
    assert run.stderr == ""


@pytest.mark.parametrize("command", ["score", "doctor", "convert", "report"])
def test_a_pipe_of_the_shell_and_the_device_of_standard_input_are_read(chats, command):
    out = ("-o", "-") if command == "report" else ()
    for place in ("/dev/stdin", "/dev/fd/{0}"):
        reads, writes = os.pipe()
        path = place.format(reads)
        running = started(command, path, *out, stdin=reads, pass_fds=(reads,))
        os.close(reads)
        with os.fdopen(writes, "wb") as pipe:
            pipe.write(chats.read_bytes())
        told, err = running.communicate(timeout=60)

        assert (running.returncode, b"no such file" in err) == (0, False)
        assert b"c-39" in told or b"40" in told


@pytest.mark.parametrize("out", ["none/out", "folder"])
@pytest.mark.parametrize(
    "command",
    [("report",), ("report", "--db", "jauge.db"), ("calibrate",), ("evaluate",)],
    ids=str,
)
def test_what_cannot_be_written_is_refused_before_anything_is_read(
    jauge, here, chats, command, out
):
    jauge("load", chats)
    (here / "folder").mkdir()
    files = () if "--db" in command else (chats,)
    before = sorted(here.rglob("*"))

    ran = jauge(*command, *files, "-o", out)

    assert (ran.status, ran.out) == (2, b"")
    assert ran.err.startswith(f"jauge: {out}: cannot be written (")
    assert ran.err.count("\n") == 1
    assert sorted(here.rglob("*")) == before
