"""The command that shows what jauge does, on conversations that come with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jauge.cli.commands import app
from jauge.cli.locale import locale_of
from jauge.cli.options import DONE, Language
from jauge.cli.serving import NEEDED, serve_demo
from jauge.store.extra import check_extra

if TYPE_CHECKING:
    from jauge.report.wording import Locale


@app.command()
def demo(
    context: typer.Context,
    *,
    out: Annotated[
        str,
        typer.Option(
            "-o", "--out", envvar="JAUGE_DEMO_OUT", help="Where the files go."
        ),
    ] = "demo-out",
    serve: Annotated[
        bool,
        typer.Option(
            "--serve",
            envvar="JAUGE_DEMO_SERVE",
            help="Then serve the report of them on this machine, until Ctrl-C.",
        ),
    ] = False,
    lang: Language = None,
) -> int:
    """Score the bundled conversations and show what comes out."""
    from jauge import demonstration
    from jauge.report import terminal

    console = terminal.console()
    for part in demonstration.demo(Path(out), locale_of(lang)):
        console.print(part)
    return _serve_demo(Path(out), lang) if serve else DONE


def _serve_demo(out: Path, lang: Locale | None) -> int:
    """Keep the conversations of the demonstration, and serve their pages."""
    from jauge import keeping

    check_extra("serving pages", NEEDED)
    store = out / "jauge.db"
    # A demonstration of an earlier release may lie there.
    plan = keeping.Plan(replace=True)
    keeping.load_files([str(out / "conversations.jsonl")], str(store), plan)
    return serve_demo(store, lang)
