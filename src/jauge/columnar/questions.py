"""Questions to the copy: SQL, one question a file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("sql")


@cache
def question(name: str) -> str:
    """Read a question by its name."""
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")
