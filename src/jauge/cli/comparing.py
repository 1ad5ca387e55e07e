"""The command that sets two files, or two scorers, side by side."""

from __future__ import annotations

import sys
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
from jauge.cli.rating_options import ReportTo  # noqa: TC001 - typer reads it
from jauge.cli.speaker_options import (  # noqa: TC001 - typer reads them
    AgentId,
    BotId,
    UserId,
)
from jauge.cli.thread_options import AsOf, Gap  # noqa: TC001 - typer reads them
from jauge.errors import UsageError

if TYPE_CHECKING:
    from jauge.comparison import Compared
    from jauge.report.wording import Lang

_TWO = 2
TwoScorers = Annotated[
    str | None,
    typer.Option(
        "--scorers",
        envvar="JAUGE_SCORERS",
        help="Two scorers on the same conversations; else two files are compared.",
        metavar="A,B",
    ),
]


@app.command()
def compare(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    files: Files,
    *,
    between: TwoScorers = None,
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
    """Compare two files, or two scorers: the difference, and which signals make it."""
    from jauge import pipeline
    from jauge.report import as_json
    from jauge.report import comparison as shown

    spoken = language_of(lang)
    found = _compared(context, spoken)
    if to == "json":
        put(as_json.comparison(found))
    else:
        words = pipeline.scorer_of(spec_of(context, scorer))
        say(shown.lines(found, words, spoken), sys.stdout)
    say(shown.count_lines(found, spoken))
    # Another scorer may stand lower and be right; another bot that does is worse.
    return FAILED if between is None and found.is_clearly_worse else DONE


def _compared(context: typer.Context, lang: Lang) -> Compared:
    from jauge import comparison

    files, between = context.params["files"], context.params["between"]
    options = read_options(context, lang)
    if between is not None:
        names = [name.strip() for name in between.split(",")]
        if len(names) != _TWO:
            msg = f"--scorers {between}: name two, as default,shop.toml"
            raise UsageError(msg)
        specs = spec_of(context, names[0]), spec_of(context, names[1])
        return comparison.compare_scorers(files, options, specs)
    if len(files) != _TWO:
        msg = "compare two files: jauge compare A B; or two scorers: --scorers A,B"
        raise UsageError(msg)
    spec = spec_of(context, context.params["scorer"])
    return comparison.compare_files((files[0], files[1]), options, spec)
