"""The commands that measure: what scores are worth beside what people say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer  # noqa: TC002 - Typer reads it

from jauge.cli.commands import app
from jauge.cli.endings import status_of, tell
from jauge.cli.mapping_options import MappingFile  # noqa: TC001 - typer reads it
from jauge.cli.options import (
    DONE,
    BeforeHandoff,
    Columns,
    Files,
    From,
    Jobs,
    Language,
    Limit,
    OutFile,
    ScorerName,
    Set,
    Timezone,
    language_of,
    read_options,
    spec_of,
)
from jauge.cli.rating_options import (
    DissatisfiedBelow,
    Label,
    On,
    Picture,
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

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jauge.evaluation import Evaluated, Plan
    from jauge.report.wording import Lang


# Most options of a command are taken from its context, as in `commands`.
@app.command()
def evaluate(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    files: Files,
    *,
    ratings: RatingsFile = None,
    on: On = None,
    rating: RatingColumn = None,
    label: Label = None,
    scale: ScaleText = "1-5",
    dissatisfied_below: DissatisfiedBelow = 50,
    to: ReportTo = "text",
    out: OutFile = None,
    picture: Picture = None,
    format_: From = None,
    scorer: ScorerName = "default",
    jobs: Jobs = 1,
    before_handoff: BeforeHandoff = False,
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
    """Say how well scores agree with the judgements of people, and for whom."""
    from jauge import evaluation

    plan = _plan(context, spoken := language_of(lang))
    _check_outputs(files, plan, out, picture)
    made = evaluation.evaluate(files, plan)
    if (status := status_of(made.counts)) == DONE:
        _write(made, context, spoken)
    tell(made.counts, spoken)
    return status


def _check_outputs(
    files: Sequence[str], plan: Plan, out: str | None, picture: str | None
) -> None:
    """Refuse outputs that cannot be, before anything is read.

    Raises:
        UsageError: one is read, is another, or cannot be drawn.
    """
    from jauge import outputs, sources
    from jauge.report.evaluation_picture import form_of

    read = [*sources.files_of(files), *filter(None, [plan.origin.table])]
    outputs.check_distinct(read, [out or outputs.STDOUT, picture])
    if picture:
        form_of(picture)
    for path in filter(None, (out, picture)):
        outputs.check_writable(path)


def _write(made: Evaluated, context: typer.Context, lang: Lang) -> None:
    """Write what was found, and its picture if one is asked for.

    Raises:
        UsageError: there is nothing to compare.
    """
    from jauge import outputs
    from jauge.report import evaluation as shown
    from jauge.report.evaluation_picture import drawn, form_of

    if not made.found.groups:
        raise UsageError(shown.nothing_to_compare(made.found))
    given = context.params
    told = shown.json(made.found) if given["to"] == "json" else _text(made, lang)
    with outputs.writing(given["out"] or outputs.STDOUT) as sink:
        sink.write(told)
    picture = given["picture"]
    if picture:
        image = drawn(made, form_of(picture), lang)
        with outputs.writing(picture) as sink:
            sink.write(image)


def _plan(context: typer.Context, lang: Lang) -> Plan:
    """Make a plan of the options of `evaluate`."""
    from jauge.evaluation import Plan

    given = context.params
    return Plan(
        options=read_options(context, lang),
        spec=spec_of(context, given["scorer"]),
        origin=origin_of(context),
        below=given["dissatisfied_below"],
        before_handoff=given["before_handoff"],
        jobs=given["jobs"],
    )


def _text(made: Evaluated, lang: Lang) -> bytes:
    from jauge.report import evaluation as shown

    return "".join(f"{line}\n" for line in shown.lines(made.found, lang)).encode()
