"""Options that stand on the other side of the command: put where Typer takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_CONFIG, _LANG = "--config", "--lang"


def placed(arguments: Sequence[str]) -> list[str]:
    """Put `--config` before the command, and `--lang` that stands there behind it.

    >>> placed(["--lang", "fr", "score", "a.csv", "--config=own.toml"])
    ['--config=own.toml', 'score', 'a.csv', '--lang', 'fr']
    >>> placed(["--lang", "fr"]), placed(["score", "--", "--config", "a"])
    ([], ['score', '--', '--config', 'a'])
    """
    end = arguments.index("--") if "--" in arguments else len(arguments)
    config, rest = _cut(arguments[:end], _CONFIG)
    lang: list[str] = []
    if rest and rest[0].partition("=")[0] == _LANG:
        lang, rest = _cut(rest, _LANG)
    # Without a command only the help speaks, and looks for its language itself.
    has_command = bool(rest) and not rest[0].startswith("-")
    return [*config, *rest, *(lang if has_command else ()), *arguments[end:]]


def _cut(arguments: Sequence[str], name: str) -> tuple[list[str], list[str]]:
    """Take an option with its value out; one without a value stays for Typer."""
    for at, one in enumerate(arguments):
        size = 2 if one == name else 1
        if one.partition("=")[0] == name and at + size <= len(arguments):
            taken = arguments[at : at + size]
            return list(taken), [*arguments[:at], *arguments[at + size :]]
    return [], list(arguments)
