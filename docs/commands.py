"""The commands with their options, and what `jauge.toml` may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from typer.main import get_command

from jauge.cli.commands import app
from jauge.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docs.page import Page

# What only the file holds, beside the options of the command line.
_OF_FILE = ("limits", "phrases")


def commands(_page: Page, _argument: str, _old: str) -> str:
    """Describe every command with its arguments, options and variables."""
    program = get_command(app)
    lines = [*_table(program), ""]
    for name, command in commands_of(program):
        lines += [f"## jauge {name}", "", str(command.help), "", *_table(command), ""]
    return "\n".join(lines).rstrip()


def commands_of(group: Any, start: str = "") -> Iterator[tuple[str, Any]]:
    """Give every command with its name, those of a group after the group's own."""
    for name, command in group.commands.items():
        yield start + name, command
        if hasattr(command, "commands"):
            yield from commands_of(command, f"{start}{name} ")


# Typer brings a Click of its own, whose types have no public name.
def _table(command: Any) -> Iterator[str]:
    yield "| option | does | variable |"
    yield "|---|---|---|"
    for option in command.params:
        names = ", ".join(f"`{name}`" for name in names_of(option))
        variable = f"`{option.envvar}`" if option.envvar else ""
        yield f"| {names} | {option.help} | {variable} |"


def names_of(option: Any) -> list[str]:
    """Name an option as it is typed; an argument by its place."""
    names = [name for name in option.opts if name.startswith("-")]
    return names or [option.metavar or option.name.upper()]


def settings(_page: Page, _argument: str, _old: str) -> str:
    """List the settings by name, those of the command line first."""
    names = [field.encode_name for field in msgspec.structs.fields(Settings)]
    shown = sorted(name for name in names if name not in _OF_FILE)
    return ", ".join(f"`{name}`" for name in shown)
