"""The commands that keep: load files into a store, score them again, forget."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from jauge.cli.commands import app
from jauge.cli.endings import say, status_of
from jauge.cli.mapping_options import MappingFile  # noqa: TC001 - typer reads it
from jauge.cli.options import (
    DONE,
    FAILED,
    Columns,
    Files,
    From,
    Jobs,
    Language,
    Limit,
    ScorerName,
    Set,
    Strict,
    Timezone,
    language_of,
    read_options,
    spec_of,
)
from jauge.cli.rating_options import (
    On,
    RatingColumn,
    RatingsFile,
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
from jauge.store.extra import check_extra

if TYPE_CHECKING:
    from jauge.keeping import Plan
    from jauge.report.wording import Lang

Database = Annotated[
    str,
    typer.Option(
        "--db",
        envvar="JAUGE_DB",
        help="The database; its key lies beside it, as PATH.key.",
        metavar="PATH",
    ),
]
Again = Annotated[
    bool,
    typer.Option(envvar="JAUGE_AGAIN", help="Take what was erased before, too."),
]
Replace = Annotated[
    bool,
    typer.Option(
        envvar="JAUGE_REPLACE",
        help="Take conversations that are read otherwise than they are kept:"
        " other times, roles or fields; the events stay as many.",
    ),
]
Use = Annotated[
    bool, typer.Option(envvar="JAUGE_USE", help="Let reports show this scorer.")
]
User = Annotated[
    str | None,
    typer.Option(
        envvar="JAUGE_USER", help="A customer: the user_id as sources tell it."
    ),
]
ConversationId = Annotated[
    str | None,
    typer.Option("--conversation", envvar="JAUGE_CONVERSATION", help="One by its id."),
]


# Most options of a command are taken from its context, as in `commands`.
@app.command()
def load(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    files: Files,
    *,
    db: Database = "jauge.db",
    ratings: RatingsFile = None,
    on: On = None,
    rating: RatingColumn = None,
    scale: ScaleText = "1-5",
    again: Again = False,
    replace: Replace = False,
    strict: Strict = False,
    format_: From = None,
    scorer: ScorerName = "default",
    jobs: Jobs = 1,
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
    """Keep conversations in a database with their scores; what is there stays."""
    check_extra()
    from jauge import keeping, outputs, sources
    from jauge.report import keeping as shown

    spoken = language_of(lang)
    plan = _plan(context, spoken)
    read = [*sources.files_of(files), *filter(None, [plan.origin.table])]
    outputs.check_distinct(read, [db])
    counts = keeping.load_files(files, db, plan)
    say(shown.load_lines(counts, spoken))
    return status_of(counts, strict=strict)


def _plan(context: typer.Context, lang: Lang) -> Plan:
    """Make a plan of the options of `load`."""
    from jauge.keeping import Plan

    given = context.params
    # A field of the source is no rating that can be kept beside it.
    given.setdefault("label", None)
    return Plan(
        options=read_options(context, lang),
        spec=spec_of(context, given["scorer"]),
        origin=origin_of(context),
        jobs=given["jobs"],
        again=given["again"],
        replace=given["replace"],
    )


@app.command()
def rescore(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    *,
    db: Database = "jauge.db",
    scorer: ScorerName = "default",
    use: Use = False,
    jobs: Jobs = 1,
    lang: Language = None,
) -> int:
    """Add scores by another scorer, and say what it would change; none is lost."""
    check_extra()
    from jauge import pipeline
    from jauge.keeping.rescoring import rescore as run
    from jauge.report import keeping as shown
    from jauge.store.database import open_store

    spoken = language_of(lang)
    spec = spec_of(context, scorer)
    words = pipeline.scorer_of(spec)
    found = run(open_store(db), spec, jobs=jobs, use=use)
    say(shown.preview_lines(found, words, spoken), sys.stdout)
    say(shown.rescored_lines(found, spoken))
    return DONE


@app.command()
def forget(
    context: typer.Context,
    *,
    db: Database = "jauge.db",
    user: User = None,
    conversation: ConversationId = None,
    lang: Language = None,
) -> int:
    """Erase a customer or a conversation everywhere, and prove it."""
    check_extra()
    from jauge.columnar.forgetting import forget_in_copy
    from jauge.report import keeping as shown
    from jauge.store.database import open_store
    from jauge.store.forgetting import forget as run
    from jauge.store.lookup import is_text
    from jauge.store.needles import SHORTEST, SHORTEST_ID

    told = [one for one in (user, conversation) if one is not None]
    if len(told) != 1 or not told[0] or not is_text(told[0]):
        msg = "whom or what? Give one of --user ID and --conversation ID, in UTF-8."
        raise UsageError(msg)
    shortest = SHORTEST_ID, SHORTEST
    found = run(
        open_store(db),
        user=user,
        conversation=conversation,
        in_copy=forget_in_copy,
    )
    say(shown.forgotten_lines(found, shortest, language_of(lang)), sys.stdout)
    # Who mistyped an id should not take it for erased.
    is_missing = found.is_nothing and not found.was_asked
    return FAILED if found.left or is_missing else DONE
