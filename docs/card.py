"""Tables of the model card, in the language of the page."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from docs.page import ROOT

if TYPE_CHECKING:
    from docs.page import Page

CARD = ROOT / "src" / "jauge" / "scoring" / "default" / "MODEL_CARD.md"
_FRENCH = tomllib.loads((Path(__file__).parent / "card.toml").read_text("utf-8"))
_NUMBER = re.compile(r"(?<![\w-])([+-]?)(\d*)\.(\d+)")


def card(page: Page, argument: str, _old: str) -> str:
    """Copy the table whose title begins with the argument."""
    text = CARD.read_text("utf-8")
    part = text.split(f"### {argument}", 1)[1].split("\n### ")[0].split("\n## ")[0]
    rows = [line for line in part.splitlines() if line.startswith("|")]
    if page.lang == "fr":
        rows = [_in_french(row) for row in rows]
    return "\n".join(rows)


def _in_french(row: str) -> str:
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    return f"| {' | '.join(map(_cell, cells))} |" if cells[0] != "---" else row


def _cell(cell: str) -> str:
    """Translate a cell: known words, and numbers with a comma."""
    for english, french in _FRENCH.items():
        cell = cell.replace(english, french)
    if re.search(r"\d\.\d|(?<!\d)\.\d", cell):
        cell = _NUMBER.sub(
            lambda found: f"{found[1]}{found[2] or '0'},{found[3]}", cell
        )
        cell = re.sub(r"\[(\S+) (\S+)\]", r"[\1 ; \2]", cell)
    cell = re.sub(r"(?<![\w-])-(?=\d)", "−", cell)
    return re.sub(r"(\d)%", r"\1 %", cell)
