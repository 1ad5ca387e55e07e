"""The command for what people say: judge conversations, list labels, use objections."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from jauge.cli.asking import ask_all
from jauge.cli.commands import app
from jauge.cli.endings import say
from jauge.cli.keeping import Database  # noqa: TC001 - Typer reads it
from jauge.cli.options import DONE, Language, Mask, OutFile, language_of, source_of
from jauge.errors import UsageError
from jauge.store.extra import check_extra

if TYPE_CHECKING:
    from jauge.model.label import Label, Stars
    from jauge.report.wording import Lang
    from jauge.store.database import Store

_CANNOT_TELL = frozenset({"cannot-tell", "?"})
_MODES = ("sample", "id_", "list_", "precision", "cases")

Sample = Annotated[
    int | None,
    typer.Option(
        envvar="JAUGE_SAMPLE",
        min=1,
        help="Judge N scored conversations drawn at random, without their scores.",
        metavar="N",
    ),
]
Seed = Annotated[
    int | None,
    typer.Option(
        envvar="JAUGE_SEED",
        help="Draw the same ones again: goes on where it was left, for anybody.",
        metavar="N",
    ),
]
By = Annotated[
    str | None,
    typer.Option(envvar="JAUGE_BY", help="Who judges.", metavar="NAME"),
]
Id = Annotated[
    str | None,
    typer.Option("--id", envvar="JAUGE_LABEL_ID", help="Judge one, without asking."),
]
StarsText = Annotated[
    str | None,
    typer.Option(
        envvar="JAUGE_STARS",
        help="How happy the customer was at its end: 1 to 5, or cannot-tell.",
    ),
]
Reason = Annotated[
    str, typer.Option(envvar="JAUGE_REASON", help="Why. It may stay empty.")
]
Blind = Annotated[
    bool,
    typer.Option(envvar="JAUGE_BLIND", help="It was judged without its score."),
]
List = Annotated[
    bool,
    typer.Option(
        "--list",
        envvar="JAUGE_LIST",
        help="Write the labels as JSON Lines, of all people or --by one.",
    ),
]
PrecisionOf = Annotated[
    bool,
    typer.Option(
        envvar="JAUGE_PRECISION",
        help="How often the points of each signal are right, by objections.",
    ),
]
Cases = Annotated[
    bool,
    typer.Option(envvar="JAUGE_CASES", help="Write objections as test cases (YAML)."),
]


# Most options of a command are taken from its context, as in `commands`.
@app.command()
def label(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    *,
    db: Database = "jauge.db",
    sample: Sample = None,
    seed: Seed = None,
    by: By = None,
    id_: Id = None,
    stars: StarsText = None,
    reason: Reason = "",
    blind: Blind = False,
    list_: List = False,
    precision: PrecisionOf = False,
    cases: Cases = False,
    out: OutFile = None,
    mask: Mask = True,
    lang: Language = None,
) -> int:
    """Judge conversations as a person, and make use of what people judged."""
    check_extra()
    from jauge.store.database import open_store

    mode, spoken = _mode(context), language_of(lang)
    _check_out(db, out)
    who = _who(by, is_needed=mode in ("sample", "id_"))
    told = _label_of(stars, reason, who, is_blind=blind) if mode == "id_" else None
    store = open_store(db)
    if told is not None:
        _keep_one(store, id_ or "", told, spoken)
    elif mode == "sample":
        _ask_about_sample(context, store, who, spoken)
    elif mode == "list_":
        _list(store, out, who or None, spoken)
    elif mode == "precision":
        _show_precision(store, spoken)
    else:
        _write_cases(store, out, spoken, is_masked=mask)
    return DONE


def _mode(context: typer.Context) -> str:
    """Say what is asked for.

    Raises:
        UsageError: nothing, or several things.
    """
    given = [name for name in _MODES if context.params[name] not in (None, False)]
    if len(given) != 1:
        msg = (
            "what is asked for? Give one of --sample N, --id ID, --list, --precision"
            " and --cases."
        )
        raise UsageError(msg)
    (mode,) = given
    is_typed = source_of(context, "out") == "COMMANDLINE"
    if is_typed and mode not in ("list_", "cases"):
        msg = "-o is for --list and --cases. Leave it out."
        raise UsageError(msg)
    return mode


def _check_out(db: str, out: str | None) -> None:
    """Refuse to write over the database.

    Raises:
        UsageError: it would be.
    """
    from pathlib import Path

    from jauge import outputs
    from jauge.store.key import key_path
    from jauge.store.sqlite import files_of

    path = Path(db)
    outputs.check_distinct(map(str, [*files_of(path), key_path(path)]), [out])


def _who(by: str | None, *, is_needed: bool) -> str:
    from jauge.store.given import checked_name

    if by is None and is_needed:
        msg = "who judges? Say it: --by NAME."
        raise UsageError(msg)
    return "" if by is None else checked_name(by, "--by")


def _ask_about_sample(
    context: typer.Context, store: Store, who: str, lang: Lang
) -> None:
    """Draw conversations, and ask about each."""
    from jauge.report.review_words import review_words
    from jauge.reviewing.drawing import draw

    given = context.params
    ids = draw(store, given["sample"], who, given["seed"])
    if 0 < len(ids) < given["sample"]:
        say([review_words(lang, "fewer", count=len(ids))])
    ask_all(store, ids, who, lang, is_masked=given["mask"])


def _label_of(stars: str | None, reason: str, who: str, *, is_blind: bool) -> Label:
    from jauge.model.label import Label

    return Label(
        stars=_stars(stars),
        reason=reason,
        who=who,
        at=datetime.now(UTC),
        blind=is_blind,
    )


def _stars(told: str | None) -> Stars | None:
    from jauge.model.label import STARS

    if told in _CANNOT_TELL:
        return None
    found = {str(one): one for one in STARS}.get(told or "")
    if found is None:
        msg = f"--stars {told or ''}: write 1 to 5, or cannot-tell."
        raise UsageError(msg)
    return found


def _keep_one(store: Store, id_: str, told: Label, lang: Lang) -> None:
    """Keep a label that was given on the command line, with the score then shown."""
    from msgspec.structs import replace

    from jauge.report.printable import one_line
    from jauge.report.review_words import review_words
    from jauge.report.reviews import stars_in_words
    from jauge.store.labels import put_label

    history = store.conversation(id_)
    score = history.kept.score if history and not told.blind else None
    if score is not None and score.status == "scored":
        told = replace(told, scorer=score.scorer, value=score.value)
    if not put_label(store, id_, told):
        msg = f"{id_}: no such conversation in {store.path}. Correct --id."
        raise UsageError(msg)
    stars = stars_in_words(told.stars, lang)
    say([review_words(lang, "kept_one", id=one_line(id_), who=told.who, stars=stars)])


def _list(store: Store, out: str | None, who: str | None, lang: Lang) -> None:
    import msgspec

    from jauge import outputs
    from jauge.report.review_words import review_words
    from jauge.reviewing.written import label_lines

    people, count = set[str](), 0
    with outputs.writing(out or outputs.STDOUT) as stream:
        for line in label_lines(store, who):
            stream.write(line)
            people.add(msgspec.json.decode(line)["who"])
            count += 1
    say([review_words(lang, "listed", count=count, people=len(people))])


def _show_precision(store: Store, lang: Lang) -> None:
    from jauge.report import terminal
    from jauge.report.reviews import precision_table
    from jauge.reviewing.precision import precision_of

    console = terminal.console()
    for part in precision_table(precision_of(store), lang):
        console.print(part)


def _write_cases(store: Store, out: str | None, lang: Lang, *, is_masked: bool) -> None:
    from jauge import outputs
    from jauge.report.review_words import review_words
    from jauge.reviewing.cases import cases_of
    from jauge.reviewing.written import case_lines

    cases, left_out = cases_of(store, lang, masked=is_masked)
    with outputs.writing(out or outputs.STDOUT) as stream:
        for line in case_lines(cases, lang):
            stream.write(f"{line}\n".encode())
    say([review_words(lang, "cases", count=len(cases), left_out=left_out)])
    if not is_masked:
        say([review_words(lang, "not_masked")])
