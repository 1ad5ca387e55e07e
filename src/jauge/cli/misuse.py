"""Wrong use that Typer finds, as one sentence, and the help that shows right use.

Loaded only where there is something to tell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import typer

# What Typer says of kinds and lists, and how a reader would.
_PLAINER = (
    ("a valid int range", "a whole number"),
    ("a valid int", "a whole number"),
    ("a valid float range", "a number"),
    ("a valid float", "a number"),
    ("Recognized values: , ", "Recognized values: "),
    ("...'", "…'"),
)


# As Click writes ranges: "x>=1", "0<=x<=65535".
_RANGES = (
    (r"is not in the range x>=(\S+?)\.?$", r"is less than \1"),
    (r"is not in the range (\S+)<=x<=(\S+?)\.?$", r"is not from \1 to \2"),
)


def sentence_of(told: str) -> str:
    """Make one plain sentence, with its end, of what Typer says.

    >>> sentence_of("'a' is not a valid int range")
    "'a' is not a whole number."
    """
    told = " ".join(told.split())
    for typed, plain in _PLAINER:
        told = told.replace(typed, plain)
    for typed, plain in _RANGES:
        told = re.sub(typed, plain, told)
    return told if told.endswith((".", "?")) else f"{told}."


def help_of(
    context: typer.Context | None, arguments: Sequence[str], known: Collection[str]
) -> str:
    """Name the command that shows the help of what was used wrongly.

    >>> help_of(None, ["score", "--jobs"], ["score"])
    'jauge score --help'
    """
    # Typer does not always tell where it was.
    names = [name for name in arguments[:1] if context is None and name in known]
    while context is not None and context.parent is not None:
        names.insert(0, str(context.info_name))
        context = cast("typer.Context", context.parent)
    return " ".join(["jauge", *names, "--help"])
