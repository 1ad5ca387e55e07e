"""Sessions: commands and Python lines with what they really print."""

from __future__ import annotations

import ast
import contextlib
import doctest
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from docs.page import ROOT

if TYPE_CHECKING:
    from docs.page import Page


def console(page: Page, argument: str, old: str) -> str:
    """Run the `$` lines that stand there in the page's folder, and show what they say.

    The argument names a folder inside it. Blanks at the ends of lines are dropped.
    """
    shown = []
    for line in old.splitlines():
        if line.startswith("$ "):
            said = _run(line[2:], page.folder / argument, page.lang)
            lines = "\n".join(map(str.rstrip, said.splitlines())).strip("\n")
            shown.append(f"{line}\n{lines}".rstrip("\n"))
    return "\n".join(["```console", *shown, "```"])


def _run(command: str, folder: Path, lang: str) -> str:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {
        "PATH": path,
        "LC_ALL": "C.UTF-8",
        "NO_COLOR": "1",
        "JAUGE_LANG": lang,
    }
    return subprocess.run(  # noqa: S602 - the commands of our own pages
        command,
        shell=True,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    ).stdout


def python(page: Page, argument: str, old: str) -> str:
    """Run the `>>>` lines that stand there, and show what they give."""
    lines = ["```python\n"]
    names: dict[str, object] = {}
    with contextlib.chdir(page.folder / argument):
        for example in doctest.DocTestParser().get_examples(_inside(old)):
            first, *rest = example.source.rstrip("\n").split("\n")
            lines += [f">>> {first}\n", *(f"... {line}\n" for line in rest)]
            code = compile(example.source, str(page.file), "single")
            with contextlib.redirect_stdout(io.StringIO()) as said:
                exec(code, names)  # noqa: S102 - the examples of our own pages
            lines.append(said.getvalue())
    return "".join(lines) + "```"


def _inside(fenced: str) -> str:
    return "\n".join(line for line in fenced.splitlines() if "```" not in line)


def file(_page: Page, argument: str, _old: str) -> str:
    """Show a file of the repository, or objects of it: `PATH` or `PATH NAME NAME`."""
    path, *names = argument.split()
    text = (ROOT / path).read_text("utf-8")
    shown = "\n\n\n".join(_object(text, name) for name in names) or text.strip()
    kind = {".py": "python", ".toml": "toml", ".csv": "text"}.get(Path(path).suffix, "")
    return f"```{kind}\n{shown}\n```"


def _object(text: str, name: str) -> str:
    """Cut a top-level class or function out of Python, with its decorators."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name:
            start = min([node.lineno, *(mark.lineno for mark in node.decorator_list)])
            return "\n".join(text.splitlines()[start - 1 : node.end_lineno])
    msg = f"no class or function {name}"
    raise LookupError(msg)
