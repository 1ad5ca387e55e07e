"""Write the generated parts of README.md and docs/: `make docs`.

A part stands between `<!-- generate: KIND ARGUMENT -->` and `<!-- end -->`; a kind is a
function of the page, the argument and what stood there. French pages also get their
narrow no-break blanks, everywhere but in code.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from docs.card import card
from docs.commands import commands, settings
from docs.example import example
from docs.page import ROOT, Page, fill, pages
from docs.platforms import begin_pages, listed, platform
from docs.sessions import console, file, python
from docs.signals import signals
from docs.tables import channels, columns, roles
from jauge.report.wording import spaced

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS: dict[str, Callable[[Page, str, str], str]] = {
    "card": card,
    "channels": channels,
    "columns": columns,
    "commands": commands,
    "console": console,
    "example": example,
    "file": file,
    "platform": platform,
    "platforms": listed,
    "python": python,
    "roles": roles,
    "settings": settings,
    "signals": signals,
}
_PART = re.compile(
    r"(<!-- generate: (\w+)(?: ([^\n]+))? -->\n)(.*?)(\n?<!-- end -->)", re.DOTALL
)
_CODE = re.compile(r"(^```.*?^```$|`[^`\n]+`|<!--.*?-->)", re.DOTALL | re.MULTILINE)
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")


def rewritten(path: Path) -> str:
    """Give the text of a page with all its generated parts made anew."""
    with tempfile.TemporaryDirectory() as folder:
        page = Page(path, Path(folder))
        fill(page.folder)

        def made(part: re.Match[str]) -> str:
            start, kind, argument, old, _ = part.groups()
            return f"{start}{KINDS[kind](page, argument or '', old)}\n<!-- end -->"

        text = _PART.sub(made, path.read_text("utf-8"))
    return typeset(text) if page.lang == "fr" else text


def typeset(text: str) -> str:
    """Set the narrow blanks of French in a text, not in its code."""
    parts = [
        part if index % 2 else _THOUSANDS.sub("\u202f", spaced(part))
        for index, part in enumerate(_CODE.split(text))
    ]
    return "".join(parts)


def main() -> None:
    """Rewrite every page that has changed, and name it."""
    begin_pages()
    for path in pages():
        text = rewritten(path)
        if text != path.read_text("utf-8"):
            path.write_text(text, "utf-8")
            sys.stdout.write(f"{path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
