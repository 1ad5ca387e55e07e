"""Lay out a text in a terminal so that no mark is parted from its word.

French puts a blank before `» ! ? : ; %` and after `«`. No line ends there, whether that
blank is an ordinary one, as customers type it, or one that does not break.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.measure import Measurement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, ConsoleOptions
    from rich.text import Text

# Rich parts words at every blank, even at those that say not to. While it does so,
# these stand for them: they are no characters, so no text has them, and as wide.
_STAND_INS = {" ": "\ufdd0", "\u00a0": "\ufdd1", "\u202f": "\ufdd2"}
_BACK = str.maketrans({stand: blank for blank, stand in _STAND_INS.items()})
# Evidence is marked by `*`, which belongs to its word.
_KEPT = re.compile(
    r"[\u00a0\u202f]|(?<=[^\s]) (?=\*?[»!?:;%](?:\W|$))|(?<=«) (?=\S)|(?<=«\*) (?=\S)"
)


class Unbroken:
    """A text that Rich shows with its marks beside their words."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[Text]:
        """Give the lines for a width."""
        solid = self.text.copy()
        solid.plain = _KEPT.sub(_stand_in, solid.plain)
        for line in solid.wrap(console, options.max_width, overflow="fold"):
            line.plain = line.plain.translate(_BACK)
            line.no_wrap = True
            yield line

    def __rich_measure__(
        self, console: Console, options: ConsoleOptions
    ) -> Measurement:
        """Say how narrow and how wide it may be."""
        return Measurement.get(console, options, self.text)


def _stand_in(blank: re.Match[str]) -> str:
    return _STAND_INS[blank[0]]
