"""A page: a file of the documentation, and the folder in which its sessions run."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jauge import samples

if TYPE_CHECKING:
    from jauge.report.wording import Lang

ROOT = Path(__file__).parent.parent
_SAMPLES = Path(samples.__file__).with_name("conversations.jsonl")


class Page(NamedTuple):
    """A file in Markdown, and a folder in which its commands run one after another."""

    file: Path
    folder: Path

    @property
    def lang(self) -> Lang:
        """The language that the page is written in."""
        return "fr" if self.file.name.endswith(".fr.md") else "en"


def pages() -> list[Path]:
    """Give the README and every page of docs/."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def fill(folder: Path) -> None:
    """Put into a folder what `jauge demo` leaves, and the sample exports."""
    (folder / "demo-out").mkdir()
    shutil.copy(_SAMPLES, folder / "demo-out")
    shutil.copytree(ROOT / "docs" / "samples", folder, dirs_exist_ok=True)
