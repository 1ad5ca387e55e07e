"""What all tests share: a clean environment, and the command line in one call."""

from __future__ import annotations

import io
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jauge import cli, samples, scoring
from jauge.cli.options import _say_zone

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Ran:
    """What a run of the command line left behind."""

    status: int
    out: bytes
    err: str


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for name in [name for name in os.environ if name.startswith("JAUGE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    _say_zone.cache_clear()


@pytest.fixture
def jauge(monkeypatch, capfdbinary) -> Callable[..., Ran]:
    """Run `jauge` with arguments, in this process: status, output, errors."""

    def run(*arguments: object, stdin: bytes = b"") -> Ran:
        reader = io.BufferedReader(io.BytesIO(stdin))
        monkeypatch.setattr(sys, "argv", ["jauge", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(reader))
        status = cli.run()
        out, err = capfdbinary.readouterr()
        return Ran(status, out, err.decode())

    return run


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    """An empty folder, and the working one: no `jauge.toml` is found by chance."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def sample() -> Path:
    """The sample conversations of the package, as our JSON Lines."""
    return Path(samples.__file__).with_name("conversations.jsonl")


@pytest.fixture(scope="session")
def formats() -> Path:
    """The folder of small files, one a shape."""
    return Path(__file__).parent / "formats"


@pytest.fixture
def low(here) -> Path:
    """A scorer of one's own: as the shipped one, from a lower base."""
    shipped = Path(scoring.__file__).parent / "default" / "weights.toml"
    text = shipped.read_text("utf-8")
    text = re.sub(r"(?m)^name = .*$", 'name = "low"', text, count=1)
    text = re.sub(r"(?m)^base = .*$", "base = 40", text, count=1)
    (here / "low.toml").write_text(text, "utf-8")
    return here / "low.toml"
