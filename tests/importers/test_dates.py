"""Dates as people and spreadsheets write them, in French and English."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jauge.importers.dates import written_by_people
from jauge.importers.habits import Habits
from jauge.importers.moments import moment
from jauge.model.rejected import Rejected
from jauge.report.refusals import refusal_in_words
from jauge.settings import ReadOptions
from jauge.sources import read

AT_10 = "2025-04-03T10:00:00+00:00"


def times(tmp_path, *cells, header="id;de;texte;date", options=None):
    """Read one conversation a cell of a table; give its times, or why it is refused."""
    path = tmp_path / "t.csv"
    rows = [f"{number};client;oui;{cell}" for number, cell in enumerate(cells)]
    path.write_text("\n".join([header, *rows]), "utf-8")
    return [
        one.reason if isinstance(one, Rejected) else one.events[0].at.isoformat()
        for one in read(path, options or ReadOptions())
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "03/04/25 10:00", "03.04.25 10:00", "03/04/2025 10h", "03/04/2025 10h00",
        "03/04/2025 10 h 00", "3 avril 2025 10:00", "3 avr. 2025 à 10h",
        "jeu. 3 avr. 2025 10:00", "le 03/04/2025 à 10:00", "jeudi 03/04/2025 10:00",
        "le jeudi 3 avril 2025 à 10:00:00", "03-avr-25 10:00", "2025-04-03 10h00",
        "April 3, 2025 10:00 AM", "Thursday, April 3, 2025 at 10:00 AM",
        "3 Apr 2025 10:00", "3rd April 2025 10 a.m.", "Apr 3, 2025, 10:00:00\u202fAM",
        "2025-04-03 10:00 AM", "3 avril 2025 12:00 +02:00", "03/04/2025 - 10:00",
        "3\u00a0avril\u00a02025 10\u202fh\u202f00", "3 AVRIL 2025 10:00 UTC",
    ],
)  # fmt: skip
def test_a_date_that_can_be_read_one_way_is_read(tmp_path, cell):
    path = tmp_path / "t.csv"
    path.write_text(f'id,role,text,date\n1,user,oui,"{cell}"\n', "utf-8")

    (chat,) = read(path)

    assert chat.events[0].at.astimezone(UTC).isoformat() == AT_10


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize(
    "names",
    [
        "janvier février mars avril mai juin juillet août septembre octobre novembre"
        " décembre",
        "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
        "January February March April May June July August September October November"
        " December",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    ],
)
def test_every_month_has_its_words(month, names):
    word = names.split()[month - 1]

    for text in (f"mar. 7 {word} 2025 9:05", f"{word} 7, 2025 9:05"):
        found = written_by_people(text, UTC, days_first=True)
        assert found == datetime(2025, month, 7, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell",
    [
        "25-04-03 10:00", "31/02/2025", "03/04/2025 25:00", "03/04/2025 10", "3 avril",
        "10:00", "hier", "33 avril 2025", "03/04/05", "3 brumaire 2025", "45750,4166 x",
        "123456", "0", "3 avril 2025 10:00 heure de Paris",
    ],
)  # fmt: skip
def test_what_is_doubtful_or_none_is_refused_with_forms_that_are_read(tmp_path, cell):
    (reason,) = times(tmp_path, cell)

    assert reason == f"{cell!r} is not a time that is known"
    for lang, forms in (("fr", "3 avril 2025 10:00"), ("en", "April 3, 2025 10:00")):
        told = refusal_in_words(reason, lang)
        assert cell in told
        assert forms in told


def test_the_numbers_of_excel_are_read_where_a_column_has_nothing_else(tmp_path):
    assert times(tmp_path, "45750,416666667", "45750.5", "45751") == [
        "2025-04-03T10:00:00+00:00",
        "2025-04-03T12:00:00+00:00",
        "2025-04-04T00:00:00+00:00",
    ]


@pytest.mark.parametrize(
    "cells",
    [
        ("45750,4166", "03/04/2025 10:00"),
        ("45750,4166", "2025-04-03T10:00:00Z"),
        # They may be seconds of a day, or numbers of tickets.
        ("45750", "45751"),
        ("35000,5", "45750,5"),
        ("45750,5", "80000,5"),
        ("45750,5", "1743674400"),
    ],
)
def test_numbers_that_may_be_something_else_are_no_dates(tmp_path, cells):
    found = times(tmp_path, *cells)

    assert any("not a time that is known" in one for one in found)


def test_seconds_since_1970_stay_what_they_are(tmp_path):
    assert times(tmp_path, "1743674400", "1743674400,5", "1743674400000") == [
        AT_10, "2025-04-03T10:00:00.500000+00:00", AT_10,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("date", "hour"),
    [
        ("45750", "0,416666667"),
        *itertools.product(
            ("45750", "03/04/25", "3 avril 2025", "2025-04-03"), ("10:00", "10h")
        ),
    ],
)
def test_a_day_and_an_hour_may_have_a_column_each(tmp_path, date, hour):
    header = "id;de;texte;date;heure"

    assert times(tmp_path, f"{date};{hour}", header=header) == [AT_10]


def test_the_order_of_day_and_month_is_that_of_the_file_with_short_years_too(tmp_path):
    assert times(tmp_path, "4/3/25 10:00", "4/13/25 10:00")[0] == AT_10
    assert times(tmp_path, "3/4/25 10:00", "13/4/25 10:00")[0] == AT_10
    assert times(tmp_path, "4/3/25 10:00 AM")[0] == AT_10
    assert times(tmp_path, "le 3/4/25 10:00", "4/5/25 10:00 AM")[0] == AT_10


def test_two_figures_that_change_like_days_are_no_years(tmp_path):
    found = times(tmp_path, *(f"25/04/{day} 10:00" for day in range(11, 20)))

    assert all("not a time that is known" in one for one in found)


def test_times_without_a_zone_are_those_of_the_zone_that_is_told(tmp_path):
    options = ReadOptions(timezone="Europe/Paris")

    for cell in ("3 avril 2025 12h", "45750,5", "03/04/25 12:00"):
        assert times(tmp_path, cell, options=options) == ["2025-04-03T12:00:00+02:00"]


@pytest.mark.parametrize(
    "value", ["April 3, 2025 10:01 PM", "3 Apr 2025 10:01 PM", "3 avril 2025 à 22h01"]
)
def test_json_of_platforms_may_write_so_too(value):
    assert moment(value, zone=UTC).isoformat() == "2025-04-03T22:01:00+00:00"


@given(st.text(alphabet="0123456789/.-: ,hàapmAvril", max_size=30), st.booleans())
def test_no_text_breaks_the_reader(text, days_first):
    try:
        found = written_by_people(text, UTC, days_first=days_first)
    except ValueError:
        return
    assert found is None or found.tzinfo is not None


@given(st.lists(st.text(max_size=20), max_size=50))
def test_habits_of_any_column_can_be_told(cells):
    habits = Habits()
    for cell in cells:
        habits.notice(cell.strip())

    assert habits.habit().serials in (True, False)
