"""The options that say where judgements are from, and how they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from jauge.cli.options import source_of
from jauge.errors import UsageError
from jauge.model.scale import Scale

if TYPE_CHECKING:
    from jauge.ratings import Origin

RatingsFile = Annotated[
    str | None,
    typer.Option(
        "--ratings",
        envvar="JAUGE_RATINGS",
        help="A table of ratings (CSV or JSON); else the ratings in the conversations.",
        metavar="FILE",
    ),
]
On = Annotated[
    str | None,
    typer.Option(
        envvar="JAUGE_ON",
        help="Its column that names the conversation, if not recognised.",
        metavar="COLUMN",
    ),
]
RatingColumn = Annotated[
    str | None,
    typer.Option(
        "--rating",
        envvar="JAUGE_RATING",
        help="Its column that holds the rating, if not recognised.",
        metavar="COLUMN",
    ),
]
Label = Annotated[
    str | None,
    typer.Option(
        envvar="JAUGE_LABEL",
        help="A field of the source record instead, e.g. labels.satisfaction.",
        metavar="FIELD",
    ),
]
ScaleText = Annotated[
    str,
    typer.Option(
        "--scale",
        envvar="JAUGE_SCALE",
        help="The scale of ratings that do not tell their own: 1-5, 0-10, 5-1, …",
        metavar="WORST-BEST",
    ),
]
DissatisfiedBelow = Annotated[
    float,
    typer.Option(
        envvar="JAUGE_DISSATISFIED_BELOW",
        min=0,
        max=100,
        help="Dissatisfied is who judges below this, from 0 to 100.",
    ),
]
ReportTo = Annotated[
    Literal["text", "json"],
    typer.Option("--to", envvar="JAUGE_REPORT_TO", help="The form of what is told."),
]
Picture = Annotated[
    str | None,
    typer.Option(
        envvar="JAUGE_PICTURE",
        help="Draw calibration and agreement into a file, .svg or .png.",
        metavar="FILE",
    ),
]


def origin_of(context: typer.Context) -> Origin:
    """Say where judgements are from: the command line before what stands elsewhere.

    Raises:
        UsageError: the scale is none.
    """
    from jauge.ratings import Origin

    given = context.params
    scale = Scale.read(given["scale"])
    if scale is None:
        msg = f"--scale {given['scale']}: write WORST-BEST, as 1-5, 0-10 or 5-1."
        raise UsageError(msg)
    table, label = given["ratings"], given["label"]
    if table is not None and label is not None:
        typed = [source_of(context, name) for name in ("ratings", "label")]
        if typed.count("COMMANDLINE") == 1:
            table, label = (table, None) if typed[0] == "COMMANDLINE" else (None, label)
    # A column that `jauge.toml` names is of the table that it names.
    on, rating = (
        given[name] if table or source_of(context, name) == "COMMANDLINE" else None
        for name in ("on", "rating")
    )
    return Origin(table, on, rating, label, scale)
