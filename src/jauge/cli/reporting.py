"""The command that makes a report: one page to open, print or send."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jauge.cli.commands import app
from jauge.cli.endings import say, status_of, tell
from jauge.cli.mapping_options import MappingFile  # noqa: TC001 - typer reads it
from jauge.cli.options import (
    DONE,
    FAILED,
    UNUSABLE,
    AgentId,
    BotId,
    Columns,
    Files,
    From,
    Language,
    Limit,
    Mask,
    ScorerName,
    Set,
    Timezone,
    language_of,
    read_options,
    spec_of,
)
from jauge.cli.thread_options import AsOf, Gap  # noqa: TC001 - typer reads them

if TYPE_CHECKING:
    from jauge.report.overview import Overview
    from jauge.report.wording import Lang

_MEGA = 1_000_000

Page = Annotated[
    str,
    typer.Option(
        "-o",
        "--out",
        envvar="JAUGE_REPORT_OUT",
        help="The page to write; - is standard output.",
    ),
]
FailBelow = Annotated[
    float | None,
    typer.Option(
        envvar="JAUGE_FAIL_BELOW",
        min=0,
        max=100,
        help="End with status 1 when the average is below this.",
        metavar="SCORE",
    ),
]
LimitShown = Annotated[
    int,
    typer.Option(
        envvar="JAUGE_LIMIT_SHOWN",
        min=0,
        help="How many of the worst, and of the best, are shown message by message.",
        metavar="N",
    ),
]


# Most options of a command are taken from its context, as in `commands`.
@app.command()
def report(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    files: Files,
    *,
    out: Page = "report.html",
    fail_below: FailBelow = None,
    limit_shown: LimitShown = 60,
    mask: Mask = True,
    format_: From = None,
    scorer: ScorerName = "default",
    columns: Columns = "",
    mapping: MappingFile = None,
    timezone: Timezone = None,
    gap: Gap = None,
    as_of: AsOf = None,
    bot_id: BotId = None,
    agent_id: AgentId = None,
    set_: Set = None,
    limit: Limit = None,
    lang: Language = None,
) -> int:
    """Make one page of files: the average, the worst and the best, and why."""
    from jauge import outputs, pipeline, reporting, sources
    from jauge.report import page as shown

    shown.check_installed()
    spoken, spec = language_of(lang), spec_of(context, scorer)
    outputs.check_distinct(sources.files_of(files), [out])
    options = read_options(context, spoken)
    plan = reporting.Plan(options, spec, limit_shown, spoken if mask else None)
    found = reporting.gather(files, plan)
    tell(found.counts, spoken)
    status = status_of(found.counts)
    if status != UNUSABLE:
        made = shown.page(found.material, pipeline.scorer_of(spec), spoken)
        _write(out, made, spoken)
    if status == DONE and fail_below is not None:
        return _held_against(fail_below, found.material.overview, spoken)
    return status


def _write(out: str, made: bytes, lang: Lang) -> None:
    """Write the page, and name it unless it goes to standard output."""
    from jauge import outputs
    from jauge.report.page_words import worded
    from jauge.report.printable import one_line
    from jauge.report.wording import number

    with outputs.writing(out) as sink:
        sink.write(made)
    if out != outputs.STDOUT:
        shown = number(len(made) / _MEGA, lang)
        path = one_line(str(Path(out)))
        say([worded(lang, "written", path=path, size=shown)], sys.stdout)


def _held_against(limit: float, overview: Overview, lang: Lang) -> int:
    """Choose the exit status of an average beside the least that it may be."""
    from jauge.report.page_words import worded
    from jauge.report.wording import number, short_number

    shown = short_number(limit, lang)
    if overview.mean is None:
        say([worded(lang, "below_none", limit=shown)])
        return FAILED
    if overview.mean.value >= limit:
        return DONE
    mean = number(overview.mean.value, lang, digits=2)
    say([worded(lang, "below", mean=mean, limit=shown)])
    return FAILED
