"""The command that makes a report: one page to open, print or send."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jauge.cli.commands import app
from jauge.cli.endings import say, status_of, tell
from jauge.cli.locale import locale_of
from jauge.cli.mapping_options import MappingFile  # noqa: TC001 - typer reads it
from jauge.cli.options import (
    DONE,
    FAILED,
    UNUSABLE,
    Columns,
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
from jauge.cli.speaker_options import (  # noqa: TC001 - typer reads them
    AgentId,
    BotId,
    UserId,
)
from jauge.cli.thread_options import AsOf, Gap  # noqa: TC001 - typer reads them
from jauge.errors import UsageError
from jauge.store.extra import check_extra

if TYPE_CHECKING:
    from jauge.columnar.periods import Bounds
    from jauge.report.overview import Overview
    from jauge.report.wording import Lang, Locale
    from jauge.reporting import Gathered
    from jauge.scorer import ScorerSpec

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
SomeFiles = Annotated[
    list[str] | None,
    typer.Argument(
        help="Files, folders, globs, or - for standard input.", metavar="FILE..."
    ),
]
Store = Annotated[
    str | None,
    typer.Option(
        "--db",
        envvar="JAUGE_DB",
        help="A database made by jauge load, instead of files.",
        metavar="PATH",
    ),
]
Period = Annotated[
    str,
    typer.Option(
        envvar="JAUGE_PERIOD",
        help="What starts in it only: last-week, this-month, last-30-days, …"
        " or 2026-11 or 2026-11-01..2026-11-23; days are those of --timezone.",
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
    files: SomeFiles = None,
    *,
    db: Store = None,
    out: Page = "report.html",
    period: Period = "",
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
    user_id: UserId = None,
    set_: Set = None,
    limit: Limit = None,
    lang: Language = None,
) -> int:
    """Make one page: the average, the worst and the best, and why.

    Of files, or of a database.
    """
    from jauge.report.page import check_installed

    check_installed()
    spoken = language_of(lang)
    found = _gathered(context, spoken)
    tell(found.counts, spoken)
    status = status_of(found.counts)
    if status != UNUSABLE:
        _write(found, out, spec_of(context, scorer), locale_of(lang))
    if status == DONE and fail_below is not None:
        return _held_against(fail_below, found.material.overview, spoken)
    return status


def _write(found: Gathered, out: str, spec: ScorerSpec, locale: Locale) -> None:
    """Make the page and write it."""
    from jauge import outputs, pipeline
    from jauge.report.page import page

    made = page(found.material, pipeline.scorer_of(spec), locale)
    with outputs.writing(out) as sink:
        sink.write(made)
    _say_written(out, len(made), language_of(locale))


def _gathered(context: typer.Context, lang: Lang) -> Gathered:
    """Take what the page is made from: files, or a database."""
    from jauge import outputs, reporting, sources

    given = context.params
    plan = reporting.Plan(
        read_options(context, lang),
        spec_of(context, given["scorer"]),
        given["limit_shown"],
        locale_of(given["lang"]) if given["mask"] else None,
        _bounds(given["period"], given["timezone"]),
    )
    database = _database(context)
    outputs.check_writable(given["out"])
    if database is None:
        outputs.check_distinct(sources.files_of(given["files"]), [given["out"]])
        return reporting.gather(given["files"], plan)
    check_extra()
    from jauge.store.database import open_store

    outputs.check_distinct([database], [given["out"]])
    return reporting.gather_store(open_store(database), plan)


def _database(context: typer.Context) -> str | None:
    """Choose between files and a database; None is for files.

    Raises:
        UsageError: both are named, or none.
    """
    files, database = context.params["files"], context.params["db"]
    source = context.get_parameter_source("db")
    is_told = source is not None and source.name == "COMMANDLINE"
    if bool(files) == bool(database) and (is_told or not files):
        msg = "What is the report of? Name files, or a database with --db PATH."
        raise UsageError(msg)
    # Files that are named go before a database that is only set.
    return None if files else str(database)


def _bounds(period: str, timezone: str | None) -> Bounds:
    """Give the moments of a period, as it is now.

    Raises:
        UsageError: it is none.
    """
    from jauge.columnar.periods import NAMES, bounds_of, days_of, is_period, zone_or_utc

    if period and not is_period(period):
        msg = (
            f"--period {period}: is no period. Give one of {', '.join(NAMES)}, a month:"
            " 2026-11, or days: 2026-11-01..2026-11-23"
        )
        raise UsageError(msg)
    zone = zone_or_utc(timezone or "")
    return bounds_of(days_of(period, zone, datetime.now(UTC)), zone)


def _say_written(out: str, size: int, lang: Lang) -> None:
    """Name the page that was written, unless it went to standard output."""
    from jauge import outputs
    from jauge.report.printable import one_line
    from jauge.report.wording import number, said

    if out != outputs.STDOUT:
        shown = number(size / _MEGA, lang)
        path = one_line(str(Path(out)))
        say([said(lang, "written", path=path, size=shown)], sys.stdout)


def _held_against(limit: float, overview: Overview, lang: Lang) -> int:
    """Choose the exit status of an average beside the least that it may be."""
    from jauge.report.wording import number, said, short_number

    shown = short_number(limit, lang)
    if overview.mean is None:
        say([said(lang, "below_none", limit=shown)])
        return FAILED
    if overview.mean.value >= limit:
        return DONE
    mean = number(overview.mean.value, lang, digits=2)
    say([said(lang, "below", mean=mean, limit=shown)])
    return FAILED
