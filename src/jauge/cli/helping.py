"""The help of the command line, in French and English, whole on eighty columns.

Typer's own cuts what commands do, and speaks English only. Loaded only where help is
asked for.
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

    from jauge.report.wording import Lang

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


def help_text(program: typer.Typer, arguments: Sequence[str], lang: Lang) -> str:
    """Give the help of the command that is named: of the program where none is.

    Empty where what is named is no command: that is for Typer to say.
    """
    context = _named(program, arguments)
    if context.parent is None and arguments and not arguments[0].startswith("-"):
        return ""
    command = cast("TyperCommand | TyperGroup", context.command)
    words = _Words(lang)
    usage = " ".join([context.command_path, *_pieces(command, context, words)])
    lines = [words.label("Usage") + usage, ""]
    for paragraph in (command.help or "").split("\n\n"):
        lines += [*_wrapped(words.said(paragraph), "  "), ""]
    for title, rows in _sections(command, context, words):
        if rows:
            lines += [words.label(title).rstrip(), *_table(rows), ""]
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


def _pieces(
    command: TyperCommand | TyperGroup, context: typer.Context, words: _Words
) -> list[str]:
    """Say what a command takes; a braced name is one that must be there."""
    told = [one.strip("{}") for one in command.collect_usage_pieces(context)]
    return [words.placed(one) for one in told if one != "[ARGS]..."]


def _sections(
    command: TyperCommand | TyperGroup, context: typer.Context, words: _Words
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
        right = f"{words.said(told)} {words.bracketed(extra)}".rstrip()
        kinds[kind].append((words.left(left), right))
    yield from kinds.items()
    inside = getattr(command, "commands", {})
    yield (
        "Commands",
        [
            (name, words.said(str(one.help or "").split("\n\n", maxsplit=1)[0]))
            for name, one in inside.items()
        ],
    )


class _Words:
    """Says in the language of the reader what Typer says in English."""

    def __init__(self, lang: Lang) -> None:
        self._is_french = lang == "fr"

    def label(self, title: str) -> str:
        """Say a title before its colon."""
        return spaced(f"{LABELS[title]} : ") if self._is_french else f"{title}: "

    def said(self, english: str) -> str:
        """Say a text; that of a package of its own stays as it is."""
        plain = " ".join(english.split())
        return spaced(HELP.get(plain, plain)) if self._is_french else plain

    def left(self, names: str) -> str:
        """Say names of options, with what they take."""

        def typed(found: re.Match[str]) -> str:
            french, english = TYPES.get(found[1], (found[1], found[1]))
            return f"<{french if self._is_french else english}>"

        return self.placed(_TYPE.sub(typed, names))

    def placed(self, text: str) -> str:
        """Say what stands for a name of the reader's."""
        if not self._is_french:
            return text
        return _PLACEHOLDER.sub(lambda found: PLACEHOLDERS[found[0]], text)

    def bracketed(self, told: str) -> str:
        """Say what stands in brackets: [env var: JAUGE_TO; default: jsonl]."""
        if not told.startswith("["):
            return told
        parts = [self._part(part) for part in told.strip("[]").split("; ")]
        between = spaced(" ; ") if self._is_french else "; "
        return f"[{between.join(parts)}]"

    def _part(self, told: str) -> str:
        name, colon, value = told.partition(": ")
        words = EXTRA.get(name, name) if self._is_french else name
        if colon:
            return (spaced(f"{words} : ") if self._is_french else f"{words}: ") + value
        return _range(words, is_french=self._is_french)


def _range(told: str, *, is_french: bool) -> str:
    """Say a range as people do: x>=1, 0<=x<=100."""
    if found := re.fullmatch(r"x>=(\S+)", told):
        return f"au moins {found[1]}" if is_french else f"at least {found[1]}"
    if found := re.fullmatch(r"(\S+)<=x<=(\S+)", told):
        low, high = found.groups()
        return f"de {low} à {high}" if is_french else f"from {low} to {high}"
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
