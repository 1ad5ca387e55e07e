"""`jauge explain`: which conversation it finds, what it says of one it cannot show."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from jauge.batch import Counts
from jauge.pipeline import scorer_of
from jauge.report import terminal
from jauge.report.summary import count_lines
from jauge.report.terminal import WIDTH
from jauge.report.wording import WORDS
from jauge.testing import conversation

GOOD = (
    '{"id": "good", "events": [{"type": "message", "role": "bot", "text": "Hello!"},'
    ' {"type": "message", "role": "user", "text": "where is my parcel"}]}\n'
)
TABLE = "id;role;texte;date\n1;Lia;Bonjour;02/11/2026 14:00\n2;Lia;Bonjour;demain\n"


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ('{"id": "c-1", "events": 7}', "$.events: Expected `array`, got `int`"),
        ('{"id": "c-1", "events": [', "not JSON"),
    ],
)
def test_explain_says_why_a_conversation_was_rejected(jauge, here, record, reason):
    (here / "chats.jsonl").write_text(f"{GOOD}{record}\n")

    run = jauge("explain", "chats.jsonl", "--id", "c-1")

    assert run.status == 2
    assert run.err.startswith(f"jauge: c-1: was rejected: {reason}")
    assert run.err.endswith(" (chats.jsonl:2)\n")


def test_explain_tells_of_a_rejected_conversation_in_a_table(jauge, here):
    (here / "chats.csv").write_text(TABLE)

    run = jauge("explain", "chats.csv", "--id", "2")

    assert run.err.endswith(
        "jauge: 2: was rejected: 'demain' is not a time that is known (chats.csv:3)\n"
    )


def test_an_event_that_has_the_id_is_no_conversation(jauge, here):
    (here / "chats.jsonl").write_text('{"events": [{"id": "e-1"}]}\n')

    run = jauge("explain", "chats.jsonl", "--id", "e-1")

    assert "e-1: no such conversation among 1" in run.err


def test_a_dimension_that_nothing_touched_is_a_plain_zero(jauge, here):
    (here / "good.jsonl").write_text(GOOD)

    shown = jauge("explain", "good.jsonl", "--id", "good").out.decode()

    assert "+0.0" not in shown
    assert "response time" in shown


def test_a_good_one_goes_before_a_rejected_one_of_the_same_id(jauge, here):
    (here / "chats.jsonl").write_text('{"id": "good", "events": 7}\n' + GOOD)

    run = jauge("explain", "chats.jsonl", "--id", "good")

    assert (run.status, run.err) == (0, "")


def explained(chat, lang="en"):
    """Lay out a conversation as `jauge explain` does, 80 columns wide."""
    scorer = scorer_of()
    console = Console(file=io.StringIO(), width=WIDTH, highlight=False, markup=False)
    console.print(terminal.explained(chat, scorer.score(chat), scorer, lang))
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("line", "french", "english"),
    [
        ({"action": "purchase"}, "└ achète  achat\n", "└ buys  purchase\n"),
        ({"action": "thumbs_up"}, "└ pouce levé\n", "└ thumbs up\n"),
        ({"handoff": "refused"}, "une personne est refusée\n", "person is refused\n"),
        ({"bot": "Hm.", "confidence": 0.45}, "confiance 0,45\n", "confidence 0.45\n"),
        ({"bot": "Hm.", "fallback": True}, "le bot le dit\n", "the bot says so\n"),
    ],
)
def test_what_nobody_wrote_is_told_in_words_not_quoted(line, french, english):
    chat = conversation("bot: Hello!", "user: where is my parcel", line)

    for lang, ending in (("fr", french), ("en", english)):
        told = [row.rstrip() + "\n" for row in explained(chat, lang).splitlines()]
        reasons = [row for row in told if "└" in row and row.endswith(ending)]
        assert len(reasons) == 1, lang
        assert not set("«»“”") & set(reasons[0])


def test_actions_of_the_transcript_are_in_the_readers_language():
    chat = conversation(
        {"bot": "Ça va ?", "choices": ["Oui", "Non"]},
        {"action": "quick_reply", "target": "Oui"},
        {"action": "waved"},
    )

    assert "[choix] Oui" in explained(chat, "fr")
    assert "[choice] Oui" in explained(chat, "en")
    assert "[waved]" in explained(chat, "fr")


def test_ratings_have_the_decimal_sign_of_the_language():
    chat = conversation("bot: Hello!", "user: where is my parcel", {"rating": 4.5})

    assert "4,5" in explained(chat, "fr")
    assert "4.5" in explained(chat, "en")


def test_what_a_source_cannot_show_says_who_and_what():
    chat = conversation("bot: Hello!", "user: where is my parcel")

    shown = " ".join(explained(chat).split())
    assert "does not show it, so it is not counted: The bot answers without" in shown
    assert "Le bot répond sans être sûr" in " ".join(explained(chat, "fr").split())
    assert "bot_unsure" not in shown


def test_missing_signals_do_not_make_words_unread():
    chat = conversation(
        "bot: Hello!", "user: where is my parcel", unavailable=("user_thanks",)
    )

    assert "Words were not read" not in explained(chat)
    assert "The customer says thank you" in " ".join(explained(chat).split())


def test_another_language_is_told_beside_what_the_source_lacks():
    chat = conversation("bot: Hallo!", "user: wo ist mein Paket", language="de")

    shown = explained(chat)

    assert "Words were not read (language: de)" in shown
    assert "The bot answers without being sure" in " ".join(shown.split())
    assert "says thank you" not in shown


@pytest.mark.parametrize(
    "between", [{"handoff": "requested"}, {"rating": 2}, {"action": "widget_open"}]
)
def test_a_wait_is_shown_across_what_answers_nothing(between):
    chat = conversation(
        {"user": "where is my parcel", "at": 0},
        {**between, "at": 30},
        {"bot": "On its way.", "at": 42},
        {"bot": "Anything else?", "at": 90},
    )

    waits = [row.split() for row in explained(chat).splitlines() if "⋮" in row]

    assert waits == [["⋮", "42", "s"]]


def test_a_new_day_is_shown_where_it_begins():
    chat = conversation(
        {"user": "where is my parcel", "at": 0},
        {"bot": "On its way.", "at": 24 * 3600},
        {"user": "fine", "at": 24 * 3600 + 5},
    )
    day = f"{chat.events[1].at:%Y-%m-%d}"

    rows = [row.strip() for row in explained(chat).splitlines()]

    assert rows.count(day) == 1
    assert rows[rows.index(day) + 1] == "⋮ 24 h 00 min"


@pytest.mark.parametrize(
    ("lang", "start", "words"),
    [
        (
            "fr",
            "− bot_fallback (compréhension)\u202f: ",
            r"  \d,\d\d par fois.*\u202f: ",
        ),
        ("en", "− bot_fallback (understanding): ", r"  \d\.\d\d a hit.*: "),
    ],
)
def test_a_signal_is_described_as_the_language_writes(jauge, lang, start, words):
    first, second = (
        jauge("signals", "bot_fallback", "--lang", lang).out.decode().splitlines()
    )

    assert first.startswith(start)
    assert re.match(words, second)


@pytest.mark.parametrize(
    ("lang", "count", "line"),
    [
        ("en", 1, "Warning: 1 conversation repeats an id already read: s-1."),
        (
            "en",
            2,
            "Warning: 2 conversations repeat an id already read, s-1 among them.",
        ),
        ("fr", 2, "Attention\u202f: identifiants déjà lus\u202f: 2, dont s-1."),
    ],
)
def test_repeated_ids_are_told_in_words(lang, count, line):
    counts = Counts()
    counts.twice, counts.twice_example = count, "s-1"

    assert next(count_lines(counts, lang)) == line


def test_english_writes_percentages_without_a_blank():
    assert [words for words in WORDS["en"].values() if " %" in words] == []
