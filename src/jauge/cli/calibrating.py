"""The commands about scorers: fit one to ratings, list them, say how two differ."""

from __future__ import annotations

import re
import sys
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from jauge.cli.commands import app
from jauge.cli.endings import put, say
from jauge.cli.mapping_options import MappingFile  # noqa: TC001 - typer reads it
from jauge.cli.options import (
    DONE,
    FAILED,
    Columns,
    Files,
    From,
    Language,
    Limit,
    ScorerName,
    Set,
    Timezone,
    language_of,
    read_options,
    spec_of,
)
from jauge.cli.rating_options import (
    Label,
    On,
    RatingColumn,
    RatingsFile,
    ReportTo,
    ScaleText,
    origin_of,
)
from jauge.cli.speaker_options import (  # noqa: TC001 - typer reads them
    AgentId,
    BotId,
    UserId,
)
from jauge.cli.thread_options import AsOf, Gap  # noqa: TC001 - typer reads them
from jauge.errors import UsageError
from jauge.report.printable import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jauge.calibrating import Made, Plan, Tried
    from jauge.report.wording import Lang

_NO_RATINGS = (
    "no conversation is both rated and scored. Say where ratings are:"
    " --ratings FILE, or --label FIELD."
)
_NAME = re.compile(r"\w[\w.-]{0,63}")

scorers = typer.Typer(rich_markup_mode=None)
app.add_typer(scorers, name="scorers")


ScorerOut = Annotated[
    str,
    typer.Option(
        "-o",
        "--out",
        envvar="JAUGE_CALIBRATE_OUT",
        help="The scorer file to write, to be used with --scorer.",
        metavar="SCORER",
    ),
]
Name = Annotated[
    str | None,
    typer.Option(
        envvar="JAUGE_NAME", help="What the scorer is called; else as its file."
    ),
]
Force = Annotated[
    bool, typer.Option(envvar="JAUGE_FORCE", help="Write it even if it is not better.")
]


# Most options of a command are taken from its context, as in `commands`.
@app.command()
def calibrate(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    files: Files,
    *,
    out: ScorerOut,
    ratings: RatingsFile = None,
    on: On = None,
    rating: RatingColumn = None,
    label: Label = None,
    scale: ScaleText = "1-5",
    name: Name = None,
    force: Force = False,
    to: ReportTo = "text",
    format_: From = None,
    scorer: ScorerName = "default",
    columns: Columns = "",
    mapping: MappingFile = None,
    timezone: Timezone = None,
    gap: Gap = None,
    as_of: AsOf = None,
    bot_id: BotId = None,
    agent_id: AgentId = None,
    user_id: UserId = None,
    set_: Set = None,
    limit: Limit = None,
    lang: Language = None,
) -> int:
    """Fit a scorer to your own ratings, with its before and after."""
    from jauge import calibrating
    from jauge.report import calibration as shown

    spoken = language_of(lang)
    plan = _plan(context, spoken)
    _check_output(files, plan, out)
    tried = calibrating.calibrate_files(files, plan)
    is_kept = tried.made is not None and _show(tried, tried.made, context, spoken)
    say(shown.count_lines(tried, spoken))
    if tried.made is None:
        raise UsageError(_NO_RATINGS)
    return DONE if is_kept else FAILED


def _check_output(files: Sequence[str], plan: Plan, out: str) -> None:
    from jauge import outputs, sources

    told = filter(None, [plan.origin.table, plan.spec.name])
    outputs.check_distinct([*sources.files_of(files), *told], [out])
    outputs.check_writable(out)


def _plan(context: typer.Context, lang: Lang) -> Plan:
    """Make a plan of the options of `calibrate`."""
    from jauge.calibrating import Plan

    given = context.params
    return Plan(
        options=read_options(context, lang),
        spec=spec_of(context, given["scorer"]),
        origin=origin_of(context),
        name=_checked_name(given["name"] or PurePath(given["out"]).stem),
    )


def _show(tried: Tried, made: Made, context: typer.Context, lang: Lang) -> bool:
    """Tell what a calibration brings; write it if it is better, or forced."""
    from jauge import outputs
    from jauge.report import as_json
    from jauge.report import calibration as shown

    out, origin = context.params["out"], origin_of(context)
    in_words = context.params["to"] == "text"
    is_kept = context.params["force"] or made.found.proof.is_better
    stream = sys.stderr if out == outputs.STDOUT else sys.stdout
    if in_words:
        say(shown.proof_lines(made.found, origin, tried.rated.column, lang), stream)
    if is_kept:
        with outputs.writing(out) as sink:
            sink.write(made.source)
    if not in_words:
        put(as_json.calibration(tried, made, out if is_kept else None), stream)
    if not is_kept:
        say([shown.refusal(made.found, lang)])
    elif in_words:
        say(shown.result_lines(made, out, lang), stream)
    return is_kept


def _checked_name(name: str) -> str:
    if name == "default" or not _NAME.fullmatch(name):
        msg = (
            f"{name}: cannot be the name of a scorer. Give --name: letters, digits,"
            " - _ and . (not `default`)."
        )
        raise UsageError(msg)
    return name


@scorers.callback(invoke_without_command=True)
def list_scorers(
    context: typer.Context, *, scorer: ScorerName = "default", lang: Language = None
) -> int:
    """List the scorers: name, version, hash, and whose judgement they foretell."""
    from jauge import pipeline
    from jauge.report import catalogue

    if context.invoked_subcommand is None:
        chosen = pipeline.scorer_of(spec_of(context, scorer))
        told = catalogue.scorers(chosen, language_of(lang))
        typer.echo(safe("\n".join(told)))
    return DONE


@scorers.command("diff")
def diff(
    context: typer.Context,
    one: Annotated[str, typer.Argument(help="A scorer by name or file.", metavar="A")],
    two: Annotated[str, typer.Argument(help="The scorer beside it.", metavar="B")],
    *,
    to: ReportTo = "text",
    lang: Language = None,
) -> int:
    """Say in words how scorer B differs from scorer A."""
    from jauge import pipeline
    from jauge.report import as_json, scorer_changes

    before, after = (pipeline.scorer_of(spec_of(context, name)) for name in (one, two))
    if to == "json":
        put(as_json.difference(before, after))
        return DONE
    told = scorer_changes.difference(before, after, language_of(lang))
    typer.echo(safe("\n".join(told)))
    return DONE
