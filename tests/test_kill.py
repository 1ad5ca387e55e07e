"""`kill -9` at any moment loses nothing, doubles nothing; `make soak` kills more."""

from __future__ import annotations

import os

import pytest

from tests import kill
from tests.kept import chat, write

# Taken before the environment is cleaned for each test.
KILLS = int(os.environ.get("SOAK_KILLS", "8"))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_killed_load_loses_and_doubles_nothing(here, seed):
    chats = write(here / "chats.jsonl", *(chat(f"c-{n}", 6) for n in range(2500)))

    killed = kill.run(here, chats, kills=KILLS // 2, seed=seed, longest=2.5)

    assert killed >= KILLS // 4
