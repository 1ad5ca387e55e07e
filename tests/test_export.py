"""Exports: the columns of the contract, and cells that no spreadsheet will run."""

from __future__ import annotations

import csv
import io

import jauge
from jauge.report import export
from jauge.testing import conversation

CONTRACT = (
    "conversation_id, status, reason, part, value, band, range_low, range_high, logit,"
    " base, engagement, sentiment, understanding, ease, response_time, top_reasons,"
    " language, channel, department, bot, bot_version, started_at, duration_seconds,"
    " messages_user, messages_bot, rating, handoff, unavailable, scorer"
)
CHAT = conversation(
    {"bot": "Bonjour!", "at": 0},
    {"user": "où est mon colis", "at": 5},
    {"bot": "Je n'ai pas compris.", "at": 7, "fallback": True},
    {"user": "merci", "at": 9},
    {"handoff": "requested", "at": 10},
    {"rating": 4, "at": 12.5},
    id="=1+1",
    language="fr",
    bot="@Lia",
    department="-x",
    channel="\tsms",
)


def cells_of(line: bytes) -> list[str]:
    (cells,) = csv.reader(io.StringIO(line.decode(), newline=""))
    return cells


def row_of(chat, **facts) -> dict[str, str]:
    score = jauge.score(chat, **facts)
    cells = cells_of(export.csv_line(export.row(chat, score)))
    return dict(zip(export.COLUMNS, cells, strict=True))


def test_the_columns_are_those_of_the_contract():
    assert ", ".join(export.COLUMNS) == CONTRACT


def test_a_row_tells_the_facts_of_the_conversation():
    row = row_of(CHAT)

    assert row["started_at"] == "2026-11-02T14:00:00+00:00"
    assert row["duration_seconds"] == "12.5"
    assert (row["messages_user"], row["messages_bot"]) == ("2", "2")
    assert (row["rating"], row["handoff"]) == ("4", "requested")


def test_text_cells_are_guarded_and_numbers_never():
    row = row_of(CHAT)

    guarded = [
        row[name] for name in ("conversation_id", "bot", "department", "channel")
    ]
    assert guarded == ["'=1+1", "'@Lia", "'-x", "'\tsms"]
    assert any(float(row[name]) < 0 for name in ("understanding", "ease", "logit"))


def test_the_points_of_a_row_add_up():
    row = row_of(CHAT)

    dimensions = export.COLUMNS[10:15]
    points = sum(round(float(row[name]) * 10) for name in dimensions)
    assert int(row["base"]) * 10 + points == int(row["value"]) * 10


def test_top_reasons_are_the_three_strongest_with_their_sign():
    score = jauge.score(CHAT)

    reasons = export.top_reasons(score).split("; ")

    points = [abs(float(reason.split(" ")[1])) for reason in reasons]
    assert len(reasons) == min(3, len(score.contributions))
    assert points == sorted(points, reverse=True)
    assert all(reason.split(" ")[1][0] in "+-" for reason in reasons)


def test_not_scored_is_never_zero():
    row = row_of(conversation("bot: hello"))

    assert (row["status"], row["reason"]) == ("not_scored", "not_engaged")
    assert row["value"] == row["base"] == row["logit"] == row["sentiment"] == ""


def test_long_rows_are_one_a_contribution_with_their_words_guarded():
    score = jauge.score(CHAT)

    rows = [cells_of(export.csv_line(row)) for row in export.long_rows(score)]

    assert len(rows) == len(score.contributions) > 0
    assert {row[0] for row in rows} == {"'=1+1"}


def test_wide_points_are_those_of_all_events_of_a_signal():
    score = jauge.score(CHAT)
    names = sorted({part.signal for part in score.contributions})

    wide = export.row(CHAT, score, names)[len(export.COLUMNS) :]

    tenths = sum(round(points * 10) for points in wide)
    assert tenths == sum(part.tenths for part in score.contributions)
