"""The options that commands share: what they are called, and what they become."""

from __future__ import annotations

import functools
import os
import re
import sys
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
import typer

from jauge.cli.locale import locale_of
from jauge.cli.thread_options import moment_of, seconds_of
from jauge.errors import UsageError
from jauge.mappings import load_mapping
from jauge.settings import ReadOptions, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jauge.report.wording import Lang, Locale
    from jauge.scorer import ScorerSpec

DONE, FAILED, UNUSABLE = 0, 1, 2
SETTABLE = ("bot", "bot_version", "channel", "department", "language", "url", "user_id")

Files = Annotated[
    list[str],
    typer.Argument(
        help="Files, folders, globs, or - for standard input.", metavar="FILE..."
    ),
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        envvar="JAUGE_FROM",
        help="The format, if not recognised by itself (see: jauge formats).",
    ),
]
Columns = Annotated[
    str,
    typer.Option(
        envvar="JAUGE_COLUMNS",
        help="Names of table columns: id=chat,user=from,text=body,…"
        " (user or role: the one that says who speaks).",
    ),
]
Timezone = Annotated[
    str | None,
    typer.Option(
        envvar="JAUGE_TIMEZONE",
        help="The zone of times without one, e.g. Europe/Paris; else UTC.",
    ),
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        envvar="JAUGE_SET",
        help="A fact of all conversations: bot=Lia"
        " (several in the variable: parted by ; or by lines).",
        metavar="FIELD=VALUE",
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(envvar="JAUGE_LIMIT", min=1, help="Read only the first N records."),
]
OutFile = Annotated[
    str | None,
    typer.Option(
        "-o", "--out", envvar="JAUGE_OUT", help="A file; else standard output."
    ),
]
OutFileOrFolder = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--out",
        envvar="JAUGE_OUT",
        help="A file; a folder (with /) gets one part a file; finished ones stay.",
    ),
]
To = Annotated[
    Literal["jsonl", "csv", "xlsx", "parquet"] | None,
    typer.Option(
        envvar="JAUGE_TO",
        help="The form of the scores, else as the file of -o ends (.csv, .xlsx,"
        " .parquet), else jsonl; xlsx and parquet need -o and jauge[tables].",
    ),
]
Strict = Annotated[
    bool,
    typer.Option(
        envvar="JAUGE_STRICT", help="End with status 1 when a record was rejected."
    ),
]
Bom = Annotated[
    bool,
    typer.Option(
        envvar="JAUGE_BOM", help="Start the CSV with a mark that Excel wants."
    ),
]
Wide = Annotated[
    bool,
    typer.Option(
        envvar="JAUGE_WIDE", help="Tables: one more column of points per signal."
    ),
]
Long = Annotated[
    bool,
    typer.Option(envvar="JAUGE_LONG", help="Tables: one row a contribution instead."),
]
Mask = Annotated[
    bool,
    typer.Option(
        envvar="JAUGE_MASK",
        help="Mask e-mail addresses, telephone, card and order numbers"
        " where messages are shown; --no-mask leaves them.",
    ),
]
Jobs = Annotated[
    int, typer.Option(envvar="JAUGE_JOBS", min=1, help="How many processes.")
]
RejectedFile = Annotated[
    str | None,
    typer.Option(
        envvar="JAUGE_REJECTED",
        help="Keep rejected records in this file (JSON Lines).",
    ),
]
ScorerName = Annotated[
    str,
    typer.Option("--scorer", envvar="JAUGE_SCORER", help="A scorer by name or file."),
]
BeforeHandoff = Annotated[
    bool,
    typer.Option(
        envvar="JAUGE_BEFORE_HANDOFF",
        help="Score what came before an agent took over.",
    ),
]
Language = Annotated[
    Literal["fr", "en", "fr-CA", "fr-FR"] | None,
    typer.Option(
        "--lang",
        envvar="JAUGE_LANG",
        case_sensitive=False,
        help="fr, en, and for pages fr-CA or fr-FR; else what the system speaks.",
    ),
]


def defaults_of(settings: Settings, command: str) -> dict[str, object]:
    """Give what `jauge.toml` says as the defaults of a command's options."""
    given = msgspec.to_builtins(settings)
    # No options: they are read from the settings. `phrases` is one of `signals`.
    for name in ("phrases", "limits"):
        given.pop(name, None)
    if command != "score":  # the others write something else
        given.pop("out", None)
        given["to"] = settings.report_to
    if "columns" in given:
        given["columns"] = ",".join(_written(settings.columns))
    return {
        **given,
        "format_": settings.format,
        "set_": _written(settings.set),
    }


def _written(pairs: Mapping[str, str]) -> list[str]:
    return [f"{name}={value}" for name, value in pairs.items()]


def read_options(context: typer.Context, lang: Lang) -> ReadOptions:
    """Make the reading options of those that a command has been given.

    Raises:
        UsageError: one of them cannot be.
    """
    # Importers take their time to load; what is no reading command needs none.
    from jauge.importers.speakers import roles_of

    given = context.params
    settings: Settings = context.obj
    zone = given["timezone"]
    return ReadOptions(
        format=given["format_"],
        columns=_columns(given["columns"]),
        roles=roles_of({one: given[f"{one}_id"] for one in ("bot", "agent", "user")}),
        timezone=_checked_zone(zone or "UTC"),
        on_zoneless=None if zone else functools.partial(_say_zone, lang),
        set=_facts(_set_of(context)),
        limit=given["limit"],
        limits=settings.limits,
        gap=seconds_of(given["gap"]),
        as_of=moment_of(given["as_of"], zone or "UTC"),
        mapping=load_mapping(given["mapping"]),
    )


def _set_of(context: typer.Context) -> list[str]:
    given: list[str] = context.params["set_"] or []
    if source_of(context, "set_") != "ENVIRONMENT":
        return given
    # Typer parts a list in the environment at blanks, which our values hold too.
    parts = re.split(r"[;\n]", os.environ["JAUGE_SET"])
    return [part.strip() for part in parts if part.strip()]


def source_of(context: typer.Context, parameter: str) -> str:
    """Say where an option is from: COMMANDLINE, ENVIRONMENT, DEFAULT or DEFAULT_MAP."""
    source = context.get_parameter_source(parameter)
    return source.name if source else ""


def _columns(given: str) -> dict[str, str]:
    from jauge.importers.columns import columns_of

    return columns_of(_pairs(filter(None, given.split(",")), "--columns"))


def _checked_zone(name: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        msg = f"--timezone {name}: no such zone. Use a name, as Europe/Paris or UTC."
        raise UsageError(msg) from error
    return name


def _facts(given: Iterable[str]) -> dict[str, str]:
    facts = _pairs(given, "--set")
    for field, value in facts.items():
        if field not in SETTABLE:
            msg = f"--set {field}=…: cannot be set. One of: {', '.join(SETTABLE)}."
            raise UsageError(msg)
        if not value.isprintable():
            msg = f"--set {field}=…: not readable text. Write it in UTF-8."
            raise UsageError(msg)
    return facts


def _pairs(parts: Iterable[str], option: str) -> dict[str, str]:
    pairs = {}
    for part in parts:
        name, equals, value = part.partition("=")
        if not equals or not name.strip() or not value:
            msg = f"{option} {part}: write NAME=VALUE."
            raise UsageError(msg)
        pairs[name.strip()] = value
    return pairs


@functools.cache
def _say_zone(lang: Lang) -> None:
    """Say, once a run, how times without a zone were read."""
    from jauge.report.wording import said

    sys.stderr.write(said(lang, "zone", zone="UTC") + "\n")


def spec_of(context: typer.Context, name: str = "default") -> ScorerSpec:
    """Name the scorer, with the phrases that `jauge.toml` adds."""
    from jauge.scorer import ScorerSpec
    from jauge.text.own import own_phrases

    settings: Settings = context.obj
    return ScorerSpec(name, own_phrases(settings.phrases))


def language_of(given: Locale | None) -> Lang:
    """Choose the interface's language: as told, else what the system speaks."""
    from jauge.report.wording import spoken_in

    return spoken_in(locale_of(given))
