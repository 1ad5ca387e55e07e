"""The help of the command line in French; in English Typer writes it.

Loaded only where help is asked for in French.
"""

from __future__ import annotations

import re
import shutil
import textwrap
from typing import TYPE_CHECKING, cast

import typer
from typer.main import get_command

from jauge.report.help_words import EXTRA, HELP, LABELS, TYPES
from jauge.report.usage_words import PLACEHOLDERS
from jauge.report.wording import spaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from typer.core import TyperCommand, TyperGroup

    Row = tuple[str, str]

_NAMES = ("-h", "--help")
_WIDEST, _LEFT = 80, 30
# Names that stand for the reader's own, but not those of variables: JAUGE_OUT.
_PLACEHOLDER = re.compile(rf"(?<![\w-])(?:{'|'.join(PLACEHOLDERS)})(?![\w])")
_TYPE = re.compile(r"<([\w ]+)>")


def is_asked(arguments: Sequence[str]) -> bool:
    """Say whether help is asked for; what stands after -- is a name.

    >>> is_asked(["score", "--help"]), is_asked(["score", "--", "--help"])
    (True, False)
    """
    end = arguments.index("--") if "--" in arguments else len(arguments)
    return any(one in _NAMES for one in arguments[:end])


def french_help(program: typer.Typer, arguments: Sequence[str]) -> str:
    """Give the help of the command that is named: of the program where none is."""
    context = _named(program, arguments)
    command = cast("TyperCommand | TyperGroup", context.command)
    usage = " ".join([context.command_path, *_pieces(command, context)])
    lines = [_label("Usage") + usage, ""]
    for paragraph in (command.help or "").split("\n\n"):
        lines += [*_wrapped(_said(paragraph), "  "), ""]
    for title, rows in _sections(command, context):
        if rows:
            lines += [_label(title).rstrip(), *_table(rows), ""]
    return "\n".join(lines)


def _named(program: typer.Typer, arguments: Sequence[str]) -> typer.Context:
    """Find the command that is named, through the groups that it is in."""
    context = typer.Context(
        get_command(program), info_name="jauge", help_option_names=list(_NAMES)
    )
    for name in arguments:
        inside = getattr(context.command, "commands", {})
        if name in inside:
            context = typer.Context(inside[name], info_name=name, parent=context)
    return context


def _pieces(command: TyperCommand | TyperGroup, context: typer.Context) -> list[str]:
    """Say what a command takes; a braced name is one that must be there."""
    told = [one.strip("{}") for one in command.collect_usage_pieces(context)]
    return [_placed(one) for one in told if one != "[ARGS]..."]


def _sections(
    command: TyperCommand | TyperGroup, context: typer.Context
) -> Iterator[tuple[str, list[Row]]]:
    kinds: dict[str, list[Row]] = {"Arguments": [], "Options": []}
    for one in command.get_params(context):
        record = one.get_help_record(context)
        if record is None:
            continue
        left, right = record
        told = str(getattr(one, "help", None) or "")
        extra = right.removeprefix(told).strip()
        kind = "Arguments" if one.param_type_name == "argument" else "Options"
        kinds[kind].append((_left(left), f"{_said(told)} {_extra(extra)}".rstrip()))
    yield from kinds.items()
    inside = getattr(command, "commands", {})
    yield (
        "Commands",
        [
            (name, _said(str(one.help or "").split("\n\n", maxsplit=1)[0]))
            for name, one in inside.items()
        ],
    )


def _label(title: str) -> str:
    return spaced(f"{LABELS[title]} : ")


def _said(english: str) -> str:
    """Say a text in French; that of a package of its own stays as it is."""
    plain = " ".join(english.split())
    return spaced(HELP.get(plain, plain))


def _left(names: str) -> str:
    told = _TYPE.sub(lambda found: f"<{TYPES.get(found[1], found[1])}>", names)
    return _placed(told)


def _placed(text: str) -> str:
    return _PLACEHOLDER.sub(lambda found: PLACEHOLDERS[found[0]], text)


def _extra(told: str) -> str:
    """Say what stands in brackets: [env var: JAUGE_TO; default: jsonl]."""
    if not told.startswith("["):
        return told
    parts = []
    for part in told.strip("[]").split("; "):
        name, colon, value = part.partition(": ")
        words = EXTRA.get(name) or _range(name)
        parts.append(spaced(f"{words} : ") + value if colon else words)
    return spaced(f"[{' ; '.join(parts)}]")


def _range(told: str) -> str:
    """Say a range as people do: x>=1, 0<=x<=100."""
    if found := re.fullmatch(r"x>=(\S+)", told):
        return f"au moins {found[1]}"
    if found := re.fullmatch(r"(\S+)<=x<=(\S+)", told):
        return f"de {found[1]} à {found[2]}"
    return told


def _table(rows: Sequence[Row]) -> Iterator[str]:
    """Set names beside what they are; a long name has a line of its own."""
    left = min(_LEFT, max(len(name) for name, _ in rows)) + 2
    for name, told in rows:
        lines = _wrapped(told, " " * (left + 2))
        if len(name) > _LEFT:
            yield f"  {name}"
            yield from lines
        else:
            first, *others = lines or [""]
            yield f"  {name:{left}}{first.strip()}"
            yield from others


def _wrapped(text: str, indent: str) -> list[str]:
    width = min(_WIDEST, shutil.get_terminal_size().columns)
    return textwrap.wrap(
        text,
        max(width, len(indent) + 20),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
