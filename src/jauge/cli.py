"""The command line: arguments → one call → print."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from jauge.errors import JaugeError, UsageError
from jauge.settings import ReadOptions, Settings, load_settings

if TYPE_CHECKING:
    from jauge.batch import Counts
    from jauge.pipeline import ScorerSpec
    from jauge.report.wording import Lang

DONE, FAILED, UNUSABLE = 0, 1, 2
_BROKEN_PIPE = 141

app = typer.Typer(
    name="jauge",
    help="Score chatbot conversations from 0 to 100, explained in points that add up.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Files = Annotated[
    list[str], typer.Argument(help="Files, folders, globs, or - for standard input.", metavar="FILE...")
]
From = Annotated[
    str | None, typer.Option("--from", envvar="JAUGE_FROM", help="The format, if not recognised by itself (see: jauge formats).")
]
Columns = Annotated[
    str, typer.Option(envvar="JAUGE_COLUMNS", help="Names of table columns: role=from,text=body,…")
]
Timezone = Annotated[
    str, typer.Option(envvar="JAUGE_TIMEZONE", help="The zone of times without one, e.g. Europe/Paris.")
]
Set = Annotated[
    list[str] | None, typer.Option("--set", help="A fact of all conversations: bot=Lia.", metavar="FIELD=VALUE")
]
Limit = Annotated[int | None, typer.Option(envvar="JAUGE_LIMIT", min=1, help="Read only the first N records.")]
ScorerName = Annotated[str, typer.Option("--scorer", envvar="JAUGE_SCORER", help="A scorer by name or file.")]
Language = Annotated[
    str | None, typer.Option("--lang", envvar="JAUGE_LANG", help="fr or en; else what the system speaks.")
]
SETTABLE = ("bot", "bot_version", "channel", "department", "language", "url", "user_id")


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
    config: Annotated[
        Path | None, typer.Option(envvar="JAUGE_CONFIG", help="A settings file instead of ./jauge.toml.")
    ] = None,
) -> None:
    """Score chatbot conversations from 0 to 100, explained in points that add up."""
    if version:
        from jauge.version import __version__  # noqa: PLC0415

        typer.echo(f"jauge {__version__}")
        raise typer.Exit
    settings = load_settings(config)
    context.obj = settings
    defaults = {
        "scorer": settings.scorer,
        "jobs": settings.jobs,
        "timezone": settings.timezone,
        "columns": ",".join(f"{field}={name}" for field, name in settings.columns.items()),
        "lang": settings.lang,
    }
    context.default_map = {command: defaults for command in ("score", "explain", "doctor", "convert", "signals", "scorers", "formats", "demo")}  # noqa: E501


@app.command()
def score(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    files: Files,
    *,
    format_: From = None,
    to: Annotated[Literal["jsonl", "csv"], typer.Option(envvar="JAUGE_TO", help="The form of the scores.")] = "jsonl",
    out: Annotated[str | None, typer.Option("-o", "--out", envvar="JAUGE_OUT", help="A file; a folder (with /) gets one part a file, finished parts are skipped.")] = None,
    rejected: Annotated[str | None, typer.Option(envvar="JAUGE_REJECTED", help="Keep rejected records in this file (JSON Lines).")] = None,
    strict: Annotated[bool, typer.Option(envvar="JAUGE_STRICT", help="End with status 1 when a record was rejected.")] = False,
    bom: Annotated[bool, typer.Option(envvar="JAUGE_BOM", help="Start the CSV with a mark that Excel wants.")] = False,
    wide: Annotated[bool, typer.Option(envvar="JAUGE_WIDE", help="CSV: one more column of points per signal.")] = False,
    long: Annotated[bool, typer.Option(envvar="JAUGE_LONG", help="CSV: one row per contribution instead.")] = False,
    scorer: ScorerName = "default",
    jobs: Annotated[int, typer.Option(envvar="JAUGE_JOBS", min=1, help="How many processes.")] = 1,
    before_handoff: Annotated[bool, typer.Option(envvar="JAUGE_BEFORE_HANDOFF", help="Score what came before an agent took over.")] = False,
    columns: Columns = "",
    timezone: Timezone = "UTC",
    set_: Set = None,
    limit: Limit = None,
    lang: Language = None,
) -> int:
    """Read conversations, write scores."""
    from jauge import batch  # noqa: PLC0415

    if (wide or long or bom) and to != "csv" or (wide and long):
        msg = "--bom, --wide and --long are for --to csv, and --wide and --long exclude each other."
        raise UsageError(msg)
    plan = batch.Plan(
        options=_options(context, format_, columns, timezone, set_, limit),
        spec=_spec(context, scorer),
        to=to,
        shape="wide" if wide else "long" if long else "row",
        before_handoff=before_handoff,
    )
    counts = batch.score_files(files, plan, out=out, rejected=rejected, jobs=jobs, bom=bom)
    _tell(counts, _lang(lang))
    if counts.rejected and counts.rejected == counts.read:
        return UNUSABLE
    return FAILED if strict and counts.rejected else DONE


@app.command()
def explain(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    files: Files,
    *,
    id_: Annotated[str, typer.Option("--id", help="The conversation to explain.")],
    format_: From = None,
    scorer: ScorerName = "default",
    before_handoff: Annotated[bool, typer.Option(envvar="JAUGE_BEFORE_HANDOFF", help="Score what came before an agent took over.")] = False,
    columns: Columns = "",
    timezone: Timezone = "UTC",
    lang: Language = None,
) -> int:
    """Show one conversation with the points beside what caused them, and the sum."""
    from jauge import pipeline, sources  # noqa: PLC0415
    from jauge.model.rejected import Rejected  # noqa: PLC0415
    from jauge.report import terminal  # noqa: PLC0415

    options = _options(context, format_, columns, timezone, None, None)
    chosen = pipeline.scorer_of(_spec(context, scorer))
    seen = 0
    for found in sources.read_all(files, options):
        seen += 1
        if not isinstance(found, Rejected) and found.id == id_:
            result = chosen.score(found, before_handoff=before_handoff)
            shown = terminal.explained(found, result, chosen, _lang(lang))
            terminal.console().print(shown)
            return DONE
    msg = f"{id_}: no such conversation among {seen} in {', '.join(files)}. Check --id."
    raise UsageError(msg)


@app.command()
def doctor(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    files: Files,
    *,
    format_: From = None,
    columns: Columns = "",
    timezone: Timezone = "UTC",
    limit: Limit = None,
    lang: Language = None,
) -> int:
    """Say what files hold and what is missing, in plain words."""
    from jauge import diagnosis, sources  # noqa: PLC0415
    from jauge.report import doctor as shown  # noqa: PLC0415

    options = _options(context, format_, columns, timezone, None, limit)
    all_rejected = False
    for file in sources.files_of(files):
        found = diagnosis.diagnose(file, options, _spec(context, "default"))
        typer.echo("\n".join(shown.lines(found, _lang(lang))))
        all_rejected = bool(found.rejected) and not found.conversations
    return UNUSABLE if all_rejected else DONE


@app.command()
def convert(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    files: Files,
    *,
    out: Annotated[str | None, typer.Option("-o", "--out", help="A file; else standard output.")] = None,
    format_: From = None,
    rejected: Annotated[str | None, typer.Option(help="Keep rejected records in this file (JSON Lines).")] = None,
    columns: Columns = "",
    timezone: Timezone = "UTC",
    set_: Set = None,
    limit: Limit = None,
    lang: Language = None,
) -> int:
    """Write any known format as our own, one conversation a line."""
    from jauge import batch  # noqa: PLC0415

    options = _options(context, format_, columns, timezone, set_, limit)
    counts = batch.convert_files(files, options, out=out, rejected=rejected)
    _tell(counts, _lang(lang), scored=False)
    return UNUSABLE if counts.rejected and counts.rejected == counts.read else DONE


@app.command()
def signals(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="One signal.")] = None,
    *,
    phrases: Annotated[str | None, typer.Option(help="Show its phrases in a language: fr or en.")] = None,
    scorer: ScorerName = "default",
    lang: Language = None,
) -> int:
    """List the signals: dimension, sign, weight and meaning; or the phrases of one."""
    from jauge import pipeline  # noqa: PLC0415
    from jauge.report import catalogue  # noqa: PLC0415

    chosen = pipeline.scorer_of(_spec(context, scorer))
    typer.echo("\n".join(catalogue.signals(chosen, _lang(lang), name=name, phrases=phrases)))
    return DONE


@app.command()
def formats(context: typer.Context, *, lang: Language = None) -> int:
    """List the formats that are read."""
    from jauge import sources  # noqa: PLC0415

    spoken = _lang(lang)
    for importer in sources.importers():
        typer.echo(f"{importer.name:10} {importer.words[spoken]}")
    return DONE


@app.command()
def scorers(
    context: typer.Context, *, scorer: ScorerName = "default", lang: Language = None
) -> int:
    """List the scorers: name, version, hash, and whose judgement they foretell."""
    from jauge import pipeline  # noqa: PLC0415
    from jauge.report import catalogue  # noqa: PLC0415

    chosen = pipeline.scorer_of(_spec(context, scorer))
    typer.echo("\n".join(catalogue.scorers(chosen, _lang(lang))))
    return DONE


@app.command()
def demo(
    context: typer.Context,
    *,
    out: Annotated[str, typer.Option("-o", "--out", help="Where the files go.")] = "demo-out",
    lang: Language = None,
) -> int:
    """Score the bundled conversations and show what comes out."""
    from jauge import demonstration  # noqa: PLC0415
    from jauge.report import terminal  # noqa: PLC0415

    console = terminal.console()
    for part in demonstration.demo(Path(out), _lang(lang)):
        console.print(part)
    return DONE


def run() -> int:
    """Run the program; give its exit status. Errors of ours are one line each."""
    _use_utf8()
    try:
        status = app(standalone_mode=False)
    except JaugeError as error:
        sys.stderr.write(f"jauge: {error}\n")
        return UNUSABLE
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except KeyboardInterrupt:
        return 130
    except typer.Exit as stop:
        return stop.exit_code
    except Exception as error:
        shown = getattr(error, "format_message", None)
        if shown is None:
            raise
        sys.stderr.write(f"jauge: {shown()} Try: jauge --help\n")
        return UNUSABLE
    return status if isinstance(status, int) else DONE


def _use_utf8() -> None:
    """Write UTF-8 whatever the locale says: the same bytes everywhere."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _options(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    format_: str | None,
    columns: str,
    timezone: str,
    set_: list[str] | None,
    limit: int | None,
) -> ReadOptions:
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    settings: Settings = context.obj
    try:
        ZoneInfo(timezone)
    except (ValueError, OSError, KeyError) as error:
        msg = f"--timezone {timezone}: no such zone. Use a name such as Europe/Paris or UTC."
        raise UsageError(msg) from error
    facts = _pairs(set_ or [], "--set")
    for field in facts:
        if field not in SETTABLE:
            msg = f"--set {field}=…: cannot be set. One of: {', '.join(SETTABLE)}."
            raise UsageError(msg)
    return ReadOptions(
        format=format_,
        columns=_pairs([part for part in columns.split(",") if part], "--columns"),
        timezone=timezone,
        set=facts,
        limit=limit,
        limits=settings.limits,
    )


def _pairs(parts: list[str], option: str) -> dict[str, str]:
    pairs = {}
    for part in parts:
        name, equals, value = part.partition("=")
        if not equals or not name.strip() or not value:
            msg = f"{option} {part}: write NAME=VALUE."
            raise UsageError(msg)
        pairs[name.strip()] = value
    return pairs


def _spec(context: typer.Context, name: str) -> ScorerSpec:
    from jauge.pipeline import ScorerSpec  # noqa: PLC0415
    from jauge.text.own import own_phrases  # noqa: PLC0415

    settings: Settings = context.obj
    return ScorerSpec(name, own_phrases(settings.phrases))


def _lang(given: str | None) -> Lang:
    """Choose the interface's language: as told, else what the system speaks."""
    if given not in (None, "fr", "en"):
        msg = f"--lang {given}: one of fr, en."
        raise UsageError(msg)
    spoken = given or next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    return "fr" if spoken.lower().startswith("fr") else "en"


def _tell(counts: Counts, lang: Lang, *, scored: bool = True) -> None:
    from jauge.report import summary  # noqa: PLC0415

    for line in summary.count_lines(counts, lang, scored=scored):
        sys.stderr.write(line + "\n")
