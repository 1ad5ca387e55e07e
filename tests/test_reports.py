"""Report exports: no messages in them, said so, and offered as ratings."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from jauge.cli import app
from jauge.errors import ReportError, UnknownFormatError
from jauge.sources import read

REPORTS = {
    "French": (
        "N° conversation;Canal;Durée;Messages;Score de conversation;Note du client\n"
        "1;Messenger;00:03:10;8;71;5\n2;Site web;00:01:00;3;22;1\n",
        "Note du client",
    ),
    "English": (
        "Conversation ID,Channel,Duration,Messages,Conversation score,Customer rating\n"
        "1,Messenger,190,8,71,5\n2,Web chat,60,3,22,1\n",
        "Customer rating",
    ),
    "without ratings": ("Conversation ID,Channel,Duration\n1,sms,3\n", ""),
    "our own scores": (
        "conversation_id,status,value,rating\na,scored,31,2\n",
        "rating",
    ),
}


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_refused_in_plain_words(name, tmp_path):
    text, column = REPORTS[name]
    path = tmp_path / "report.csv"
    path.write_text(text, "utf-8")

    with pytest.raises(ReportError, match="one row a conversation and no mess") as one:
        list(read(path))

    assert one.value.rating == column
    assert (f"--ratings {path}" in str(one.value)) == bool(column)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", "aucun message, donc rien à noter"),
        ("en", "so there is nothing to score"),
    ],
)
@pytest.mark.parametrize("name", REPORTS)
def test_the_doctor_says_it_in_both_languages(name, lang, words, tmp_path):
    text, column = REPORTS[name]
    path = tmp_path / "report.csv"
    path.write_text(text, "utf-8")

    told = CliRunner().invoke(app, ["doctor", str(path), "--lang", lang]).output

    assert words in " ".join(told.split())
    assert column in told


def test_a_report_serves_as_ratings(tmp_path):
    report, chats = tmp_path / "report.csv", tmp_path / "chats.jsonl"
    report.write_text(REPORTS["French"][0], "utf-8")
    chats.write_text(
        "".join(
            f'{{"id": "{id_}", "events": [{{"type": "message", "role": "bot", "text":'
            ' "ok"}, {"type": "message", "role": "user", "text": "merci"}]}\n'
            for id_ in (1, 2)
        )
    )

    told = CliRunner().invoke(
        app, ["evaluate", str(chats), "--ratings", str(report), "--lang", "en"]
    )

    assert "2" in told.output
    assert told.exit_code in (0, 1)


@pytest.mark.parametrize(
    "text",
    ["a,b\n1,2\n", "id\n1\n", "hello\nworld\n", "id,author\n1,x\n", "id,x\n1,a\n1,b\n"],
)
def test_other_tables_are_no_reports(text, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(text)

    with pytest.raises(UnknownFormatError) as raised:
        list(read(path))

    assert not isinstance(raised.value, ReportError)
