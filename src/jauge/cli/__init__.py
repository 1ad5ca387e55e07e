"""The command line: arguments → one call → print; errors of ours are one line each."""

from __future__ import annotations

import copy
import os
import sys
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
)
from jauge.cli.commands import app
from jauge.cli.locale import locale_asked
from jauge.cli.options import DONE, UNUSABLE, defaults_of
from jauge.errors import JaugeError
from jauge.report.printable import safe
from jauge.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from typer.core import TyperGroup
    from typer.models import CommandInfo

    from jauge.settings import Settings

_BROKEN_PIPE = 141
_INTERRUPTED = 130


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
        typer.echo(context.get_help())
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


def run() -> int:  # noqa: PLR0911 - one return an ending
    """Run the program; give its exit status."""
    _use_utf8()
    try:
        status = _program(sys.argv[1:])(standalone_mode=False)
    except JaugeError as error:
        return _unusable(str(error), _in_words)
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except OSError as error:
        return _unusable(f"{error.filename or 'output'}: {error.strerror}.")
    except KeyboardInterrupt:
        return _INTERRUPTED
    except typer.Exit as stop:
        return stop.exit_code
    except Exception as error:
        shown = getattr(error, "format_message", None)
        if shown is None:
            raise
        return _unusable(f"{shown()} Try: jauge --help")
    return status if isinstance(status, int) else DONE


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


def _name(command: CommandInfo) -> str:
    return command.name or get_command_name(getattr(command.callback, "__name__", ""))


def _in_words(message: str) -> str:
    """Say an error in the language that the command was asked to speak."""
    # Imported where there is an error: a run without one does not pay for it.
    from jauge.report.error_words import error_in_words
    from jauge.report.wording import spoken_in

    return error_in_words(message, spoken_in(locale_asked(sys.argv[1:])))


def _unusable(message: str, words: Callable[[str], str] = str) -> int:
    # On one line first: the narrow blanks of French are no ends of words.
    told = words(" ".join(message.split()))
    sys.stderr.write(f"jauge: {safe(told)}\n")
    return UNUSABLE


def _use_utf8() -> None:
    """Write UTF-8 whatever the locale says: the same bytes everywhere."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
