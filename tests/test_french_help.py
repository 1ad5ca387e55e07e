"""The help of the command line in French: of every command, and complete."""

import itertools
import os
import subprocess
import sys

import pytest
from typer.main import get_command

from docs.commands import commands_of
from jauge.cli import app
from jauge.cli.helping import help_text
from jauge.report.help_words import HELP

NARROW = "\u202f"
PROGRAM = get_command(app)
NAMES = [name for name, _ in commands_of(PROGRAM)]


def shown(*arguments: str, **environment: str) -> str:
    kept = {
        name: os.environ[name]
        for name in ("PATH", "PYTHONPATH", "HOME")
        if name in os.environ
    }
    done = subprocess.run(
        [sys.executable, "-m", "jauge", *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**kept, "PYTHONUTF8": "1", **environment},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.replace(NARROW, " ")


def texts() -> set[str]:
    """Give all that the help says in English."""
    commands = [PROGRAM, *(command for _, command in commands_of(PROGRAM))]
    told = [command.help for command in commands]
    told += [one.help for command in commands for one in command.params]
    parts = [part for one in told if one for part in one.split("\n\n")]
    return {" ".join(part.split()) for part in parts}


def test_every_text_of_the_help_has_its_french() -> None:
    assert sorted(texts() - HELP.keys()) == []


def test_no_french_is_left_over() -> None:
    assert sorted(HELP.keys() - texts() - {"Show this message and exit."}) == []


@pytest.mark.parametrize("name", NAMES)
def test_help_of_every_command_names_all_its_options(name) -> None:
    command = dict(commands_of(PROGRAM))[name]

    told = help_text(app, [*name.split(), "--help"], "fr")

    assert told.startswith(f"Usage{NARROW}: jauge {name} [OPTIONS]")
    for option in command.params:
        assert all(one in told for one in option.opts if one.startswith("-"))
    for english in (
        "env var",
        "[required]",
        "default:",
        " FILE",
        " COLUMN",
        "x>=",
        "name]",
    ):
        assert english not in told
    assert "-h, --help" in told


def test_lines_fit_a_terminal_of_eighty_columns() -> None:
    for name, lang in itertools.product(NAMES, ("fr", "en")):
        told = help_text(app, name.split(), lang).splitlines()
        assert max(map(len, told)) <= 80, name


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["score", "--help", "--lang", "fr"], {}),
        (["score", "--help"], {"LANG": "fr_CA.UTF-8"}),
        (["score", "-h"], {"JAUGE_LANG": "fr"}),
        (["--lang", "fr", "score", "--help"], {"JAUGE_LANG": "en"}),
        (["--lang", "fr"], {}),
    ],
)
def test_help_speaks_as_it_is_asked_to(arguments, environment) -> None:
    assert "écrire leurs scores" in shown(*arguments, **environment)


def test_program_alone_shows_its_commands_in_french() -> None:
    assert "Commandes :" in shown(LANG="fr_FR.UTF-8")


def test_english_help_speaks_plain_words() -> None:
    told = shown("score", "--help", "--lang", "en", LANG="fr_FR.UTF-8")

    assert told.startswith("Usage: jauge score [OPTIONS] FILE...\n")
    assert "Read conversations, write scores." in told
    assert "--jobs <whole number>" in told
    assert "at least 1]" in told
    for typed in ("<str>", "<int", "x>="):
        assert typed not in told


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_program_alone_says_all_that_its_commands_do(lang) -> None:
    told = " ".join(help_text(app, [], lang).split())

    assert "..." not in told.replace("[ARGS]...", "")
    for name, command in PROGRAM.commands.items():
        whole = str(command.help).split("\n\n", maxsplit=1)[0]
        words = HELP[" ".join(whole.split())] if lang == "fr" else whole
        assert f"{name} " in told
        assert " ".join(words.split()) in told.replace(NARROW, " ")


def test_help_of_what_is_no_command_is_an_error() -> None:
    assert help_text(app, ["zut", "--help"], "en") == ""


def test_what_stands_after_two_hyphens_is_a_name(tmp_path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "jauge", "score", "--lang", "fr", "--", "--help"],
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
    )

    assert done.returncode == 2
    assert done.stdout == ""
    assert "n’existe pas" in done.stderr
