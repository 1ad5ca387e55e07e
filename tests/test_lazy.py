"""What importing and scoring leave alone: heavy packages, and the network."""

import json
import subprocess
import sys

import pytest

HEAVY = (
    "babel",
    "jinja2",
    "numpy",
    "rich",
    "typer",
    "sqlalchemy",
    "sqlite3",
    "zstandard",
    "duckdb",
    "phonenumbers",
    "xlsxwriter",
    "ahocorasick_rs",
    "jauge.pipeline",
)
WATCH = """
import sys
def refuse(event, _):
    if event.startswith("socket."):
        raise SystemExit(f"the network is used: {event}")
sys.addaudithook(refuse)
"""
CHAT = {
    "id": "c-1",
    "events": [
        {"type": "message", "role": "user", "text": "où est mon colis ?"},
        {"type": "message", "role": "bot", "text": "Je n'ai pas compris."},
    ],
}


def python(code: str, *arguments: str) -> str:
    """Run code in a new interpreter; give what it prints."""
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("module", ["jauge", "jauge.__main__"])
def test_import_loads_nothing_heavy(module):
    loaded = python(f"import sys, {module}; print(*sys.modules)").split()

    assert not set(HEAVY).intersection(loaded)


def test_version_loads_nothing_heavy():
    code = (
        "import sys; sys.argv[1:] = ['--version'];"
        "from jauge.__main__ import main; main(); print(*sys.modules)"
    )

    loaded = python(code).split()

    assert not set(HEAVY).intersection(loaded)


def test_one_score_loads_no_command_line():
    code = (
        "import sys, jauge;"
        "jauge.score(jauge.Conversation.of([('user', 'merci'), ('bot', 'ok')]));"
        "print(*sys.modules)"
    )

    loaded = python(code).split()

    assert not {"rich", "typer", "sqlite3"}.intersection(loaded)


def test_a_run_without_an_error_loads_no_words_of_errors(tmp_path):
    path = tmp_path / "chats.jsonl"
    path.write_text(json.dumps(CHAT), encoding="utf-8")
    code = (
        "import sys\nfrom jauge.cli import run\nrun()\n"
        "print(*(one for one in sys.modules if one.startswith('jauge')))"
    )

    loaded = python(code, "score", str(path), "-o", str(tmp_path / "scores")).split()

    assert "jauge.cli.commands" in loaded
    assert not {
        "jauge.cli.misuse",
        "jauge.report.as_json",
        "jauge.report.error_words",
        "jauge.report.usage_words",
    }.intersection(loaded)


def test_watch_notices_a_connection():
    code = f"{WATCH}\nimport socket; socket.create_connection(('127.0.0.1', 9))"

    with pytest.raises(AssertionError, match="the network is used"):
        python(code)


def test_scoring_opens_no_connection():
    code = (
        f"{WATCH}\nimport jauge\n"
        "chat = jauge.Conversation.of([('user', 'merci'), ('bot', 'Avec plaisir !')])\n"
        "live = jauge.LiveScore('c')\n"
        "print(jauge.score(chat).status, live.add(chat.events[0]).status)"
    )

    assert python(code).split() == ["scored", "not_scored"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_command_line_opens_no_connection(tmp_path, jobs):
    path = tmp_path / "chats.jsonl"
    path.write_text(f"{json.dumps(CHAT)}\n" * 200, encoding="utf-8")
    code = f"{WATCH}\nfrom jauge.__main__ import main; main()"

    scores = python(code, "score", str(path), "--jobs", jobs)

    assert scores.count('"scored"') == 200
