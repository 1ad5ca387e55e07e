"""The command line: arguments → one call → print; errors of ours are one line each."""

from __future__ import annotations

import copy
import os
import sys
from contextlib import suppress
from pathlib import Path  # noqa: TC003 - Typer reads it
from typing import TYPE_CHECKING, Annotated, cast

import typer
from typer.main import get_command_name

# Their commands join those of `app`.
from jauge.cli import (  # noqa: F401
    calibrating,
    comparing,
    demonstrating,
    keeping,
    labelling,
    measuring,
    reporting,
    serving,
    streams,
)
from jauge.cli.commands import app
from jauge.cli.locale import locale_asked
from jauge.cli.options import DONE, UNUSABLE, defaults_of
from jauge.cli.placing import placed
from jauge.errors import JaugeError
from jauge.report.printable import safe
from jauge.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer.core import TyperGroup
    from typer.models import CommandInfo

    from jauge.settings import Settings

_BROKEN_PIPE = 141
_INTERRUPTED = 130
_HELP = frozenset(("-h", "--help"))


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.")
    ] = False,
    config: Annotated[
        Path | None,
        typer.Option(
            envvar="JAUGE_CONFIG", help="A settings file instead of ./jauge.toml."
        ),
    ] = None,
) -> None:
    """Score chatbot conversations from 0 to 100, explained in points that add up."""
    if version:
        from jauge.version import __version__

        typer.echo(f"jauge {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(_help([]))
        raise typer.Exit
    context.obj = load_settings(config)
    context.default_map = _defaults(context.obj, cast("TyperGroup", context.command))


def _defaults(settings: Settings, group: TyperGroup) -> dict[str, object]:
    """Give the defaults of all commands of a group, those of its groups inside."""
    return {
        name: {
            **defaults_of(settings, name),
            **(_defaults(settings, cast("TyperGroup", command)) if inside else {}),
        }
        for name, command in group.commands.items()
        for inside in [hasattr(command, "commands")]
    }


def run() -> int:
    """Run the program; give its exit status."""
    streams.prepare()
    try:
        status = _ran(placed(sys.argv[1:]))
    except (JaugeError, OSError) as error:
        return _ended_by(error)
    except SystemExit as stop:
        # So Typer ends when the reader has gone.
        if not isinstance(stop.__context__, BrokenPipeError):
            raise
        return _left_alone()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except typer.Exit as stop:
        return stop.exit_code
    except Exception as error:
        shown = getattr(error, "format_message", None)
        if shown is None:
            raise
        return _misused(shown(), getattr(error, "ctx", None))
    return status if isinstance(status, int) else DONE


def _ran(arguments: Sequence[str]) -> object:
    """Tell the help where it is asked for; else run what is asked."""
    if _HELP.intersection(arguments) and (told := _help(arguments)):
        typer.echo(told)
        return DONE
    return _program(arguments)(args=arguments, standalone_mode=False)


def _left_alone() -> int:
    """End where the reader has gone (`| head`): nothing is wrong."""
    streams.let_go()
    return _BROKEN_PIPE


def _ended_by(error: JaugeError | OSError) -> int:
    """Say in one line what ended the run."""
    if isinstance(error, JaugeError):
        return _unusable(str(error))
    if isinstance(error, BrokenPipeError):
        return _left_alone()
    streams.let_go()
    return _unusable(_failed(error))


def _program(arguments: Sequence[str]) -> typer.Typer:
    """Give the program with the one command that is asked for, else with all.

    Typer looks at every option of every command that it is given: that takes longer
    than to score a conversation.
    """
    asked = [one for one in app.registered_commands if arguments[:1] == [_name(one)]]
    if not asked:
        return app
    program = copy.copy(app)
    program.registered_commands, program.registered_groups = asked, []
    return program


def _help(arguments: Sequence[str]) -> str:
    """Give the help that is asked for, in the language that is; else nothing."""
    # Imported where help is asked for: a run without it does not pay for it.
    from jauge.cli.helping import help_text, is_asked
    from jauge.report.wording import spoken_in

    if arguments and not is_asked(arguments):
        return ""
    lang = spoken_in(locale_asked(sys.argv[1:]))
    return help_text(_program(arguments), arguments, lang)


def _name(command: CommandInfo) -> str:
    return command.name or get_command_name(getattr(command.callback, "__name__", ""))


def _failed(error: OSError) -> str:
    """Say what could not be read or written; no name is that of standard output."""
    if error.filename is None:
        return (
            f"standard output: cannot be written ({error.strerror})."
            " What was written until then is not whole."
        )
    name = os.fsdecode(error.filename) if not isinstance(error.filename, int) else "-"
    return (
        f"{name}: cannot be read or written ({error.strerror})."
        " Check it and its rights."
    )


def _misused(told: str, context: typer.Context | None) -> int:
    """Say what Typer found wrong, and where right use is shown."""
    from jauge.cli.misuse import help_of, sentence_of

    known = [_name(command) for command in app.registered_commands]
    return _unusable(sentence_of(told), help_of(context, sys.argv[1:], known))


def _unusable(message: str, help_: str = "") -> int:
    """Say an error in the language that the command was asked to speak."""
    # Imported where there is an error: a run without one does not pay for it.
    from jauge.report.error_words import error_in_words, help_in_words
    from jauge.report.wording import spoken_in

    lang = spoken_in(locale_asked(sys.argv[1:]))
    # On one line first: the narrow blanks of French are no ends of words.
    told = error_in_words(" ".join(message.split()), lang)
    if help_:
        told = f"{told} {help_in_words(help_, lang)}"
    with suppress(OSError):  # Nobody reads it: the status tells.
        sys.stderr.write(f"jauge: {safe(told)}\n")
        sys.stderr.flush()
    return UNUSABLE
