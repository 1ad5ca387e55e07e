"""The option that says how JSON of any shape is read."""

from __future__ import annotations

from typing import Annotated

import typer

MappingFile = Annotated[
    str | None,
    typer.Option(
        "--mapping",
        envvar="JAUGE_MAPPING",
        help="A file that says where the facts stand in JSON of any shape"
        " (docs/mapping.md).",
        metavar="FILE",
    ),
]
