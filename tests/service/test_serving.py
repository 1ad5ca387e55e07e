"""`jauge serve` as a program: where it listens, who may come in, how it ends."""

from __future__ import annotations

import logging
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import UTC, datetime

import pytest

from jauge.service import serving
from jauge.store.database import open_store
from jauge.store.people import people, person_of_token
from jauge.store.sessions import open_session, person_of_session

LINES = {
    "fr": ("Ctrl-C pour arrêter", "Attention\u202f: c’est du HTTP"),
    "en": ("Ctrl-C ends it", "Warning: this is plain HTTP"),
}


class Running:
    """A server process: its lines until it listens, and its address."""

    def __init__(self, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jauge", "serve", "--port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.lines: list[str] = []
        while not (self.lines and "http://" in self.lines[-1]):
            line = self.process.stdout.readline()
            if not line:
                break
            self.lines.append(line.strip())
        found = re.search(r"http://\S+", self.lines[-1]) if self.lines else None
        self.address = found[0] if found else ""

    def end(self, how: int = signal.SIGTERM) -> tuple[int, str]:
        """End it; give the status and all that it wrote to standard error."""
        self.process.send_signal(how)
        _, err = self.process.communicate(timeout=30)
        return self.process.returncode, err


def opened(address: str, **headers: str) -> int:
    asked = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            answer.read()
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


@pytest.mark.parametrize(("how", "lang"), [("SIGTERM", "fr"), ("SIGINT", "en")])
def test_a_site_is_served_until_it_is_told_to_end(here, how, lang):
    running = Running("--lang", lang)
    try:
        statuses = [
            opened(f"{running.address}/{lang}/conversations"),
            opened(f"{running.address}/x?secret=searched"),
            opened(running.address, Host="evil.example"),
        ]
    finally:
        status, err = running.end(getattr(signal, how))

    assert running.address.startswith("http://127.0.0.1:")
    assert LINES[lang][0] in running.lines[-1]
    assert statuses == [200, 404, 421]
    assert status == 0
    assert not [*here.glob("jauge.db-*")], "one file holds all, and may be copied"
    assert "searched" not in err
    assert err.count("\n") == 1
    assert re.match(r"\S+Z WARNING refused: a request for another host, from 127", err)


def test_a_port_that_is_taken_is_one_line(jauge, here):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        run = jauge("serve", "--port", port)

    assert run.status == 2
    assert run.err == (
        f"jauge: --port {port}: another program has it. Try: --port {port + 1}\n"
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--host", "nowhere.invalid"], "no such address"),
        (["--host", "192.0.2.1"], "nobody has a token yet"),
        (["--host", "0.0.0.0"], "nobody has a token yet"),
        (["--host", "::"], "nobody has a token yet"),
        (["--host", "127.0.0.2"], "nobody has a token yet"),
        (["--trust-proxy"], "nobody has a token yet"),
        (["--allowed-host", "jauge.example"], "nobody has a token yet"),
        (["--allowed-host", "http://jauge.example"], "is no name"),
        (["--allowed-host", "*"], "is no name"),
        (["--allowed-host", ""], "is no name"),
        (["--zone", "Nowhere/City"], "no such zone"),
        (["--scorer", "zut"], "zut: no such scorer"),
        (["--role", "read"], "of whom?"),
        (["--users", "--add-user", "Ann"], "one at a time"),
        (["--add-user", "  "], "the name cannot be kept"),
        (["--add-user", "a\nb"], "the name cannot be kept"),
        (["--revoke-user", "Ann"], "no such person"),
        (["--end-sessions", "Ann"], "--end-sessions Ann: no such person"),
        (["--end-sessions", "Ann", "--end-all-sessions"], "one at a time"),
        (["--end-all-sessions", "--revoke-user", "Ann"], "one at a time"),
        (["--port", "65536"], "65536"),
    ],
)
def test_what_cannot_be_served_is_one_line(jauge, here, options, words):
    if {"nowhere.invalid", "--revoke-user", "--end-sessions"} & {*options}:
        jauge("serve", "--add-user", "Somebody")

    run = jauge("serve", *options)

    assert run.status == 2
    assert words in run.err
    assert run.err.count("\n") == 1


def test_a_wide_site_starts_once_somebody_has_a_token(jauge, here):
    jauge("serve", "--add-user", "Ann", "--role", "review")

    running = Running("--host", "0.0.0.0", "--allowed-host", "Jauge.Example")
    try:
        port = running.address.rpartition(":")[2]
        near = f"http://127.0.0.1:{port}/en/conversations"
        statuses = [
            opened(near),
            opened(near, Host="jauge.example"),
            opened(near, Host="other.example"),
        ]
    finally:
        status, _ = running.end()

    assert running.lines[0].startswith(LINES["en"][1])
    assert running.address == f"http://jauge.example:{port}"
    assert statuses == [200, 200, 421]  # the page that asks for a token
    assert status == 0


def test_people_are_added_listed_and_revoked(jauge, here):
    added = jauge("serve", "--add-user", "Ann", "--role", "review")
    reader = jauge("serve", "--add-user", "Léo")
    again = jauge("serve", "--add-user", "Ann")
    listed = jauge("serve", "--users", "--lang", "fr")
    revoked = jauge("serve", "--revoke-user", "Ann")
    later = jauge("serve", "--users")

    token = added.out.decode().strip()
    assert re.fullmatch(r"jauge_[\w-]{43}", token)
    assert token not in added.err
    assert "shown this once" in added.err
    assert reader.err.startswith("Léo may read.")
    assert (again.status, again.out) == (2, b"")
    assert (
        listed.out.decode()
        .splitlines()[0]
        .startswith("Ann\u202f: peut lire et évaluer, depuis le ")
    )
    assert token.encode() not in listed.out + later.out
    assert "Ann can no longer sign in" in revoked.err
    assert later.out.decode().splitlines()[1].startswith("Ann: revoked on ")
    store = open_store("jauge.db")
    assert person_of_token(store, token) is None
    assert [one.name for one in people(store)] == ["Ann", "Léo"]


@pytest.mark.parametrize(
    ("lang", "one", "all_"),
    [
        ("fr", "Ann\u202f: 2 sessions fermées.", "1 session fermée. Chacun entre"),
        ("en", "Ann: 2 sessions ended.", "1 session ended. Everybody signs in"),
    ],
)
def test_sessions_are_ended_for_one_or_for_all_and_tokens_stay(
    jauge, here, lang, one, all_
):
    tokens = {
        name: jauge("serve", "--add-user", name).out.decode().strip()
        for name in ("Ann", "Léo")
    }
    store, now = open_store("jauge.db"), datetime.now(UTC)
    ann, leo = (person_of_token(store, token) for token in tokens.values())
    first, _, other = (open_session(store, who, now) for who in (ann, ann, leo))

    ended = jauge("serve", "--end-sessions", " Ann ", "--lang", lang)
    assert (ended.status, ended.out, ended.err) == (0, b"", f"{one}\n")
    assert person_of_session(store, first, now) is None
    assert person_of_session(store, other, now) == leo

    rest = jauge("serve", "--end-all-sessions", "--lang", lang)
    assert rest.err.startswith(all_)
    assert person_of_session(store, other, now) is None
    assert person_of_token(store, tokens["Ann"]) == ann


def test_a_database_that_is_not_there_has_no_sessions_to_end(jauge, here):
    run = jauge("serve", "--end-all-sessions")

    assert run.status == 2
    assert "no such database" in run.err
    assert not list(here.glob("jauge.db*"))


def test_a_name_comes_back_with_a_new_token(jauge, here):
    first = jauge("serve", "--add-user", "Ann").out
    jauge("serve", "--revoke-user", "Ann")

    second = jauge("serve", "--add-user", "Ann").out

    assert first != second
    assert person_of_token(open_store("jauge.db"), first.decode().strip()) is None


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nobody_is_listed_in_words(jauge, here, lang):
    jauge("serve", "--add-user", "x", "--db", "other.db")
    open_store("jauge.db", create=True)

    out = jauge("serve", "--users", "--lang", lang).out.decode()

    assert out.startswith({"fr": "Personne.", "en": "Nobody."}[lang])


@pytest.mark.parametrize("missing", ["litestar", "uvicorn", "jinja2"])
def test_a_missing_package_is_one_line(jauge, here, monkeypatch, missing):
    from jauge.store import extra

    found = extra.find_spec
    monkeypatch.setattr(
        extra, "find_spec", lambda name: None if name == missing else found(name)
    )

    run = jauge("serve")

    assert run.err == (
        f"jauge: serving pages needs {missing}."
        " Install with: pip install 'jauge[serve]'\n"
    )


def test_a_line_of_the_log_is_one_line_and_tells_no_words_of_an_error():
    try:
        int("what a customer wrote")
    except ValueError:
        info = sys.exc_info()
    text = "a %s"
    arguments = ("\x1b[31m\r\n2026 INFO signed in: root\u202e",)
    record = logging.LogRecord("x", logging.ERROR, "", 1, text, arguments, info)

    serving._as_shown(record)

    told = logging.Formatter("%(message)s").format(record)
    first, _, rest = told.partition("\n")
    assert first == "a �[31m� 2026 INFO signed in: root�"
    assert "ValueError" in rest
    assert "invalid literal" not in rest
