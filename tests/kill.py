"""A load that is killed at a random moment, again and again, until one ends alone."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from jauge.store import sqlite
from jauge.store.database import open_store
from tests.kept import content

if TYPE_CHECKING:
    from pathlib import Path

READY_SECONDS = 5


def killed(folder: Path, chats: Path, delay: float) -> bool:
    """Start a load, kill it after a while; say whether that was before its end."""
    command = [sys.executable, "-m", "jauge", "load", str(chats), "--db", "k.db"]
    running = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE)
    try:
        running.communicate(timeout=delay)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
        running.communicate()
        return True
    assert running.returncode == 0
    return False


def check(folder: Path, before: set[str]) -> set[str]:
    """Open the store as the next run would; give the ids, all of them whole."""
    path = folder / "k.db"
    if not path.exists() or not path.stat().st_size:
        assert not before
        return set()
    started = time.monotonic()
    # A first run that ended before its first transaction left nothing but a file.
    store = open_store(path, create=True)
    ids = [one.conversation.id for one in store.latest() if one.score]
    assert time.monotonic() - started < READY_SECONDS
    assert sqlite.faults_of(store.engine) == "ok"
    assert len(ids) == len(set(ids)) == store.count()
    assert before <= set(ids)
    return set(ids)


def run(folder: Path, chats: Path, *, kills: int, seed: int, longest: float) -> int:
    """Kill loads of a file at random moments; give how many of them came to that."""
    chance, done, before = random.Random(seed), 0, set[str]()
    for _ in range(kills):
        done += killed(folder, chats, chance.uniform(0.1, longest))
        before = check(folder, before)
        if len(before) == len(chats.read_bytes().splitlines()):
            (folder / "k.db").unlink()
            before = set()
    assert not killed(folder, chats, 600)
    ids = {json.loads(line)["id"] for line in chats.read_bytes().splitlines()}
    assert check(folder, before) == ids
    chats_kept, scores, _ = content(folder / "k.db")
    assert len(chats_kept) == len(scores) == len(ids)
    return done
