"""The shape of the source: small files, each says what it is, effects at the edge."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import jauge

SOURCE = Path(jauge.__file__).parent
MODULES = {
    path.relative_to(SOURCE).as_posix(): path for path in sorted(SOURCE.rglob("*.py"))
}
TREES = {name: ast.parse(path.read_bytes()) for name, path in MODULES.items()}
EMPTY_NAMES = {"utils", "util", "helpers", "misc", "common", "base", "manager"}
COMMAND_LINE = {
    name for name in MODULES if name == "__main__.py" or name.startswith("cli")
}
# The demonstration writes the shipped sample file and its scores; plugins are looked
# for in the facts of installed packages. The page carries its style and fonts,
# and reads its words.
TOUCHES_FILES = COMMAND_LINE | {
    "archives.py", "arrow.py", "batch.py", "columnar/parts.py",
    "columnar/questions.py", "demonstration.py", "mappings.py", "outputs.py",
    "plugins.py",
    "report/style.py", "report/translations.py",
    "service/assets.py", "service/spool.py",
    "scoring/scorer_file.py", "settings.py", "sources.py",
    "store/forgetting.py", "store/key.py", "store/sqlite.py", "tables.py",
    "text/heads.py", "text/spellings.py", "text/tables.py", "text/tone.py",
    "text/vectors.py",
}  # fmt: skip
OPENS = {"open", "fdopen", "read_text", "read_bytes", "write_text", "write_bytes"}
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
each_module = pytest.mark.parametrize("name", MODULES)


def calls_in(tree: ast.AST) -> Iterator[str]:
    """Name what is called, without what it is called on."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name):
                yield called.id
            elif isinstance(called, ast.Attribute):
                yield called.attr


@each_module
def test_module_is_short(name):
    assert len(MODULES[name].read_text("utf-8").splitlines()) <= LONGEST_MODULE


@each_module
def test_functions_are_short(name):
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]

    assert long == []


@each_module
def test_first_line_says_what_a_module_is(name):
    first = (ast.get_docstring(TREES[name]) or "").partition("\n")[0]

    assert MODULES[name].read_bytes().startswith(b'"""')
    assert first.endswith((".", "!"))
    assert first[0].isupper() or first.startswith("jauge"), first


@each_module
def test_name_of_a_module_is_its_idea(name):
    assert not EMPTY_NAMES & set(Path(name).with_suffix("").parts)


@pytest.mark.parametrize("name", sorted(MODULES.keys() - TOUCHES_FILES))
def test_files_are_opened_at_the_edge_only(name):
    assert OPENS.isdisjoint(calls_in(TREES[name]))


@pytest.mark.parametrize("name", sorted(MODULES.keys() - COMMAND_LINE))
def test_nothing_below_the_command_line_prints(name):
    assert "print" not in set(calls_in(TREES[name]))


@each_module
def test_own_modules_are_imported_by_their_full_name(name):
    relative = [
        ast.unparse(node)
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert relative == []


def test_public_names_are_sorted_complete_and_there():
    assert jauge.__all__ == sorted(jauge.__all__)
    assert len(jauge.__all__) <= 14
    assert dir(jauge) == jauge.__all__
    assert all(getattr(jauge, name) is not None for name in jauge.__all__)


def test_public_names_are_those_declared_for_type_checkers():
    declared = {
        alias.asname or alias.name
        for node in ast.walk(TREES["__init__.py"])
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("jauge")
        for alias in node.names
    }

    assert declared == set(jauge.__all__)


def test_unknown_public_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        jauge.nothing  # noqa: B018 - looked up


def test_import_loads_nothing_heavy():
    heavy = "{'msgspec', 'rich', 'typer', 'ahocorasick_rs', 'numpy', 'sqlite3'}"
    line = f"import sys, jauge; print(sorted({heavy} & sys.modules.keys()))"

    told = subprocess.run(
        [sys.executable, "-c", line], capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "[]"


def test_importing_anything_prints_nothing():
    names = [
        ".".join(("jauge", *Path(name).with_suffix("").parts))
        for name in MODULES
        if not name.endswith("__.py")
    ]
    lines = "; ".join(f"import {name}" for name in names)

    told = subprocess.run(
        [sys.executable, "-W", "error", "-c", lines],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")


def test_imports_point_down():
    program = Path(sys.executable).with_name("lint-imports")
    if not program.exists():
        pytest.skip("import-linter is not installed")

    told = subprocess.run(
        [program, "--no-logo", "--no-cache"],
        cwd=SOURCE.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stdout
