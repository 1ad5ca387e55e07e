"""The commands: each reads its arguments, makes one call, prints what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from jauge.cli.endings import put, status_of, tell
from jauge.cli.mapping_options import MappingFile  # noqa: TC001 - typer reads it
from jauge.cli.options import (
    DONE,
    UNUSABLE,
    BeforeHandoff,
    Bom,
    Columns,
    Files,
    From,
    Jobs,
    Language,
    Limit,
    Long,
    Mask,
    OutFile,
    OutFileOrFolder,
    RejectedFile,
    ScorerName,
    Set,
    Strict,
    Timezone,
    To,
    Wide,
    language_of,
    read_options,
    source_of,
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
from jauge.report.printable import safe

if TYPE_CHECKING:
    from jauge.batch import Plan
    from jauge.outputs import Form
    from jauge.report.wording import Lang

app = typer.Typer(
    name="jauge",
    help="Score chatbot conversations from 0 to 100, explained in points that add up.",
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


# Most options of a command are taken from its context: by `read_options`, by `_plan`.
@app.command()
def score(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    files: Files,
    *,
    format_: From = None,
    to: To = None,
    out: OutFileOrFolder = None,
    rejected: RejectedFile = None,
    strict: Strict = False,
    bom: Bom = False,
    wide: Wide = False,
    long: Long = False,
    mask: Mask = True,
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
    """Read conversations, write scores."""
    from jauge import batch

    spoken = language_of(lang)
    plan = _plan(context, spoken)
    counts = batch.score_files(
        files, plan, out=out, rejected=rejected, jobs=jobs, bom=bom
    )
    tell(counts, spoken)
    return status_of(counts, strict=strict)


def _plan(context: typer.Context, lang: Lang) -> Plan:
    """Make a plan of the options of `score`."""
    from jauge.batch import Plan
    from jauge.outputs import form_of

    given = context.params
    form: Form = given["to"] or form_of(given["out"])
    return Plan(
        options=read_options(context, lang),
        spec=spec_of(context, given["scorer"]),
        to=form,
        shape=_shape(context, form),
        before_handoff=given["before_handoff"],
        lang=lang,
        mask=given["mask"],
    )


def _shape(context: typer.Context, form: Form) -> Literal["row", "wide", "long"]:
    """Choose the shape of a table: the command line before what stands elsewhere.

    Raises:
        UsageError: options of the command line exclude each other.
    """
    given = context.params
    flags = [name for name in ("bom", "wide", "long") if given[name]]
    told = {name: source_of(context, name) for name in flags}
    typed = {name for name, source in told.items() if source == "COMMANDLINE"}
    if source_of(context, "mask") == "COMMANDLINE":
        typed.add("mask")
    if typed and form == "jsonl":
        msg = (
            "--bom, --wide, --long and --mask are for --to csv, xlsx or parquet:"
            " JSON Lines hold the scores whole."
        )
        raise UsageError(msg)
    if {"wide", "long"} <= typed or ("bom" in typed and form != "csv"):
        msg = "--bom is for --to csv, and --wide and --long exclude each other."
        raise UsageError(msg)
    for source in ("COMMANDLINE", "ENVIRONMENT", "DEFAULT_MAP"):
        if told.get("wide") == source:
            return "wide"
        if told.get("long") == source:
            return "long"
    return "row"


@app.command()
def explain(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    files: Files,
    *,
    id_: Annotated[
        str, typer.Option("--id", envvar="JAUGE_ID", help="The one to explain.")
    ],
    format_: From = None,
    scorer: ScorerName = "default",
    before_handoff: BeforeHandoff = False,
    mask: Mask = True,
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
    """Show one conversation with the points beside what caused them, and the sum."""
    from jauge import pipeline, sources
    from jauge.report import terminal

    spoken = language_of(lang)
    chosen = pipeline.scorer_of(spec_of(context, scorer))
    found = sources.find(files, read_options(context, spoken), id_)
    result = chosen.score(found, before_handoff=before_handoff)
    if mask:
        from jauge.redaction.together import masked_together

        found, result = masked_together(found, result, spoken)
    terminal.console().print(terminal.explained(found, result, chosen, spoken))
    return DONE


@app.command()
def doctor(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    files: Files,
    *,
    format_: From = None,
    scorer: ScorerName = "default",
    to: ReportTo = "text",
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
    """Say what files hold and what is missing, in plain words."""
    from jauge import diagnosis, sources
    from jauge.report import as_json
    from jauge.report import doctor as shown

    spoken = language_of(lang)
    options = read_options(context, spoken)
    spec = spec_of(context, scorer)
    rejected = conversations = 0
    needed = sources.needed_of(files)
    for file in sources.files_of(files):
        found = diagnosis.diagnose(file, options, spec, is_needed=file in needed)
        if to == "json":
            put(as_json.diagnosis(found))
        else:
            typer.echo("\n".join(shown.lines(found, spoken)))
        rejected += found.rejected
        conversations += found.conversations
    return UNUSABLE if rejected and not conversations else DONE


@app.command()
def convert(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    files: Files,
    *,
    out: OutFile = None,
    format_: From = None,
    rejected: RejectedFile = None,
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
    """Write any known format as our own, one conversation a line."""
    from jauge import batch

    spoken = language_of(lang)
    options = read_options(context, spoken)
    counts = batch.convert_files(files, options, out=out, rejected=rejected)
    tell(counts, spoken, scored=False)
    return status_of(counts)


@app.command()
def signals(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="One signal.", metavar="NAME")
    ] = None,
    *,
    phrases: Annotated[
        str | None,
        typer.Option(
            envvar="JAUGE_PHRASES", help="Show its phrases in a language: fr or en."
        ),
    ] = None,
    scorer: ScorerName = "default",
    lang: Language = None,
) -> int:
    """List the signals: dimension, sign, weight and meaning; or the phrases of one."""
    from jauge import pipeline
    from jauge.report import catalogue

    chosen = pipeline.scorer_of(spec_of(context, scorer))
    told = catalogue.signals(chosen, language_of(lang), name=name, phrases=phrases)
    typer.echo(safe("\n".join(told)))
    return DONE


@app.command()
def formats(context: typer.Context, *, lang: Language = None) -> int:
    """List the formats that are read."""
    from jauge import sources
    from jauge.importers import envelopes

    spoken = language_of(lang)
    for importer in sources.importers():
        typer.echo(f"{importer.name:15} {importer.words[spoken]}")
    # No format of its own that `--from` could name: it is taken off by itself.
    typer.echo(f"({envelopes.NAME}) {'':1} {envelopes.WORDS[spoken]}")
    return DONE
